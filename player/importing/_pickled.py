"""Read Quod Libet's pickles: dicts, lists, texts and numbers, and nothing is run.

The pickle machine calls any function that a file names, and takes gigabytes for a file of twelve bytes (a memo index).
Here the standard library splits the file into opcodes, and only those that build plain values are obeyed. Each adds
one value at most, so that memory grows with the size of the file and no faster.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

MAX_OPCODES = 20_000_000
"""An opcode takes up to 100 bytes of memory; a song of a real list has 120 of them."""
MAX_INT_BITS = 64


class _Name(Enum):
    """What a file may name."""

    MARK = auto()
    SONG = auto()
    DICT = auto()
    ENCODE = auto()


def read_plain(data: bytes) -> Any:
    """Return the value in a pickle. Instances of Quod Libet's song classes become dicts.

    Raises:
        ValueError: it is damaged, too large, or holds anything but plain values.
    """
    machine = _Machine(len(data))
    try:
        for number, (opcode, argument, _position) in enumerate(pickletools.genops(data)):
            if number >= MAX_OPCODES:
                raise ValueError("it is far too large for a list of songs")
            machine.obey(opcode.name, argument)
        return machine.result()
    except (IndexError, KeyError, TypeError, AttributeError, UnicodeError) as error:
        raise ValueError("it is damaged") from error


class _Machine:
    """The stack and the memo of one pickle.

    Args:
        size: Bytes of the file.
    """

    def __init__(self, size: int) -> None:
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._encodable = size  # the bytes that a file spells as text are part of it

    def result(self) -> Any:
        """Return what is left on the stack."""
        (value,) = self._stack
        return value

    def obey(self, name: str, argument: Any) -> None:
        """Carry one opcode out.

        Raises:
            ValueError: it is none that a list of songs needs.
        """
        if name in _VALUES:
            if isinstance(argument, int) and argument.bit_length() > MAX_INT_BITS:
                raise ValueError("it holds an absurdly large number")
            self._stack.append(argument)
        elif name in _PUTS:
            self._memo[len(self._memo) if argument is None else argument] = self._stack[-1]
        elif name in _GETS:
            self._stack.append(self._memo[argument])
        elif name in _CONSTANTS:
            self._stack.append(_CONSTANTS[name]())
        elif name in _STEPS:
            _STEPS[name](self)
        elif name == "GLOBAL":
            self._stack.append(_named(*argument.split(" ", 1)))
        elif name not in _IGNORED:
            raise ValueError(f"it holds {name}, which no song list holds")

    def marked(self) -> list[Any]:
        """Take what stands above the last mark off the stack, and the mark."""
        start = len(self._stack) - 1 - self._stack[::-1].index(_Name.MARK)
        above = self._stack[start + 1 :]
        del self._stack[start:]
        return above

    def taken(self, count: int) -> tuple[Any, ...]:
        """Take so many values off the stack."""
        values = tuple(self._stack[len(self._stack) - count :])
        if len(values) != count or _Name.MARK in values:
            raise ValueError("it is damaged")
        del self._stack[len(self._stack) - count :]
        return values

    def tuple_of(self, values: list[Any] | tuple[Any, ...]) -> None:
        """Put a tuple on the stack."""
        self._stack.append(tuple(values))

    def append(self, values: list[Any] | tuple[Any, ...]) -> None:
        """Append to the list on top of the stack."""
        if not isinstance(self._stack[-1], list):
            raise ValueError("it is damaged")
        self._stack[-1].extend(values)

    def set_items(self, pairs: list[Any] | tuple[Any, ...]) -> None:
        """Set keys and values, one after the other, in the dict on top of the stack."""
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            if not isinstance(key, str | bytes):
                raise ValueError("it holds a key that is no text")
            self._stack[-1][key] = value

    def name_from_stack(self) -> None:
        """Replace a module's and a class's name by what they mean."""
        self._stack.append(_named(*self.taken(2)))

    def make(self) -> None:
        """Call what stands below its arguments: a song or a dict without any, or bytes spelt as text."""
        function, arguments = self.taken(2)
        if function in (_Name.SONG, _Name.DICT) and arguments == ():
            self._stack.append({})
        elif function is _Name.ENCODE:
            text, encoding = arguments
            self._encodable -= len(text)
            if encoding != "latin1" or self._encodable < 0:
                raise ValueError("it spells bytes as no song list does")
            self._stack.append(text.encode("latin-1"))
        else:
            raise ValueError("it makes something that no song list holds")

    def pop(self) -> None:
        """Take the top value off the stack."""
        self.taken(1)

    def mark(self) -> None:
        """Put a mark on the stack."""
        self._stack.append(_Name.MARK)


def _named(module: str, name: str) -> _Name:
    if module.split(".", maxsplit=1)[0] == "formats" or module.startswith("quodlibet.formats"):
        return _Name.SONG
    if (module, name) in {("builtins", "dict"), ("__builtin__", "dict")}:
        return _Name.DICT
    if (module, name) == ("_codecs", "encode"):
        return _Name.ENCODE
    raise ValueError(f"it names {module}.{name}, which no song list holds")


_VALUES = frozenset(
    {
        *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"),
        *("BINSTRING", "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8"),
        *("UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"),
    }
)
_PUTS = frozenset({"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"})
_GETS = frozenset({"GET", "BINGET", "LONG_BINGET"})
_IGNORED = frozenset({"PROTO", "FRAME", "STOP"})
_CONSTANTS: dict[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_LIST": list,
    "EMPTY_DICT": dict,
    "EMPTY_TUPLE": tuple,
}
_STEPS: dict[str, Callable[[_Machine], None]] = {
    "MARK": _Machine.mark,
    "POP": _Machine.pop,
    "TUPLE": lambda machine: machine.tuple_of(machine.marked()),
    "TUPLE1": lambda machine: machine.tuple_of(machine.taken(1)),
    "TUPLE2": lambda machine: machine.tuple_of(machine.taken(2)),
    "TUPLE3": lambda machine: machine.tuple_of(machine.taken(3)),
    "APPEND": lambda machine: machine.append(machine.taken(1)),
    "APPENDS": lambda machine: machine.append(machine.marked()),
    "SETITEM": lambda machine: machine.set_items(machine.taken(2)),
    "SETITEMS": lambda machine: machine.set_items(machine.marked()),
    "STACK_GLOBAL": _Machine.name_from_stack,
    "REDUCE": _Machine.make,
    "NEWOBJ": _Machine.make,
    "BUILD": _Machine.pop,  # attributes of a song, of which it has none
}

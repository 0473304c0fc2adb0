"""Text of unknown origin, made fit to be printed."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, among them the escape that begins a terminal's commands
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of the line
    "\u2028\u2029\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]"  # line ends and invisible marks
)
_LINE_PARTS = re.compile("[\t\n]")


def printable(text: str, *, one_line: bool = False) -> str:
    r"""Return the text with everything escaped that commands a terminal, or turns or hides what stands beside it.

    Letters of all scripts stay, with the joiners that some need. Escapes look as in Python: `\x1b`, `\u202e`.

    Args:
        text: Names from tags and files, messages that hold them.
        one_line: Ends of lines and tabs are escaped as well.
    """
    text = _UNPRINTABLE.sub(_escape, text)
    return _LINE_PARTS.sub(_escape, text) if one_line else text


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")

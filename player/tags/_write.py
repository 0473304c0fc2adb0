"""Writing tags: on a copy, checked, then put in place of the file. An error leaves the file as it was."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import mutagen

from player.domain import FileError
from player.tags._errors import PARSER_ERRORS, os_words
from player.tags._read import read
from player.tags._write_families import EDITABLE, FAMILIES, Values

_COPY = re.compile(r"\..*\.segue-\d+(?:\.[^.]*)?\Z", re.DOTALL)
_LEFTOVER_S = 3_600.0
"""So old no copy is that is still being written."""

_NO_TAGS = "Tags of this kind of file cannot be written."


def write(path: str, changes: Mapping[str, Sequence[str]]) -> dict[str, Values]:
    """Change tags of one file.

    Args:
        path: The file.
        changes: New values by word (`EDITABLE`); an empty sequence removes the field.

    Returns:
        What the words said before, in the same form: writing that back undoes the change.

    Raises:
        FileError: the file cannot be written, is of a kind whose tags cannot be, or would not read back as wanted. It
            is as it was.
        ValueError: a word that is not editable.
    """
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
    target = os.path.realpath(path)
    stem, suffix = os.path.splitext(os.path.basename(target))
    copy = os.path.join(os.path.dirname(target), f".{stem[:100]}.segue-{os.getpid()}{suffix}")
    try:
        _remove_leftovers(os.path.dirname(target))
        sound = read(target).audio_key
        shutil.copy2(target, copy)
        before = _change(copy, path, {word: tuple(filter(None, values)) for word, values in changes.items()})
        if read(copy).audio_key != sound:
            raise FileError(path, "Its sound would have changed; the file is as it was.")
        os.utime(copy)
        _sync(copy)
        os.replace(copy, target)
    except FileError as error:
        raise FileError(path, error.why) from error
    except OSError as error:
        raise FileError(path, f"Its tags cannot be written: {error.strerror or os_words(error)}.") from error
    except PARSER_ERRORS as error:
        raise FileError(path, f"Its tags cannot be written: {error or type(error).__name__}.") from error
    finally:
        with suppress(OSError):
            os.unlink(copy)
    return before


def _remove_leftovers(folder: str) -> None:
    """Remove copies of a program that was killed while it wrote: nobody else ever would."""
    with os.scandir(folder) as entries:
        old = [entry.path for entry in entries if _COPY.match(entry.name) and _age_s(entry) > _LEFTOVER_S]
    for path in old:
        with suppress(OSError):
            os.unlink(path)


def _age_s(entry: os.DirEntry[str]) -> float:
    return time.time() - entry.stat(follow_symlinks=False).st_ctime


def _sync(path: str) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _change(copy: str, path: str, changes: dict[str, Values]) -> dict[str, Values]:
    media = mutagen.File(copy)
    if media is None:
        raise FileError(path, _NO_TAGS)
    if media.tags is None:
        media.add_tags()
    names = {base.__name__ for base in type(media.tags).__mro__}
    for name, (collect, put) in FAMILIES.items():
        if name in names:
            bag = collect(media.tags)
            bag.settle()
            before = {word: tuple(bag.words().get(word, ())) for word in changes}
            put(media.tags, changes, bag)
            _save(media)
            return before
    raise FileError(path, _NO_TAGS)


def _save(media: Any) -> None:
    """Save; an ID3v2.3 tag stays one, for players that know no other."""
    if getattr(media.tags, "version", (2, 4))[:2] == (2, 3) and hasattr(media.tags, "update_to_v23"):
        media.tags.update_to_v23()
        media.save(v2_version=3)
    else:
        media.save()

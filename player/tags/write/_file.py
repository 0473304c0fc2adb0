"""Writing tags: on a copy, checked, then put in place of the file. An error leaves the file as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import mutagen

from player.domain import FileError
from player.tags._bag import Bag
from player.tags._bounds import sound_bounds
from player.tags._copies import copy_path, put_in_place, tidy_folder
from player.tags._errors import PARSER_ERRORS, os_words
from player.tags._formats import HEADER_BYTES, WAV, kind_of, mutagen_class
from player.tags.read import collect_riff, read_track
from player.tags.write._families import FAMILIES, WRITABLE, Values, expanded, put, said

_NO_TAGS = "Tags of this kind of file cannot be written."


def write_tags(path: str, changes: Mapping[str, Sequence[str]]) -> dict[str, Values]:
    """Change tags of one file.

    Args:
        path: The file.
        changes: New values by word (`EDITABLE`); an empty sequence removes the field.

    Returns:
        What the words said before, in the same form: writing that back undoes the change.

    Raises:
        FileError: the file cannot be written, is of a kind whose tags cannot be, or would not read back as wanted. It
            is as it was.
        UsageError: a rating that is none.
        ValueError: a word that is not editable.
    """
    if unknown := set(changes) - WRITABLE:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
    target = os.path.realpath(path)
    copy = copy_path(target)
    try:
        tidy_folder(os.path.dirname(target))
        sound = read_track(target).audio_key
        shutil.copy2(target, copy)
        before = _change(copy, path, {word: tuple(filter(None, values)) for word, values in changes.items()})
        if read_track(copy).audio_key != sound:
            raise FileError(path, "Its sound would have changed; the file is as it was.")
        os.utime(copy)
        _sync(copy)
        put_in_place(copy, target)
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


def _sync(path: str) -> None:
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _change(copy: str, path: str, changes: dict[str, Values]) -> dict[str, Values]:
    media = mutagen.File(copy)
    if media is None:
        raise FileError(path, _NO_TAGS)
    family = _family(media.tags)
    tags = _other_tags(copy, family)
    if media.tags is None and not tags:
        media.add_tags()
        family = _family(media.tags)
    if family is not None:
        tags = {family: media.tags} | tags
    elif media.tags is not None:
        raise FileError(path, _NO_TAGS)
    bags = {name: _settled(name, each) for name, each in tags.items()}
    together = Bag()
    for bag in bags.values():
        together.fill_from(bag)
    changes = expanded(changes, together)
    _check_removable(copy, path, changes)
    before = said(together, changes)
    for name, each in tags.items():
        put(name, each, changes, bags[name])
        _save(media if each is media.tags else each, each, copy)
    return before


def _family(tags: Any) -> str | None:
    names = {base.__name__ for base in type(tags).__mro__}
    return next((name for name in FAMILIES if name in names), None)


def _settled(family: str, tags: Any) -> Bag:
    bag = FAMILIES[family][0](tags)
    bag.settle()
    return bag


def _other_tags(copy: str, family: str | None) -> dict[str, Any]:
    """Tags of a second kind around the sound: they would contradict the edit, or bring back what it removed."""
    with open(copy, "rb") as file:
        bounds = sound_bounds(file, os.path.getsize(copy))
    present = {"APEv2": bounds.ape, "ID3": bounds.id3}
    classes = {"APEv2": ("apev2", "APEv2"), "ID3": ("id3", "ID3")}
    return {name: mutagen_class(*classes[name])(copy) for name in present if present[name] and name != family}


def _check_removable(copy: str, path: str, changes: Mapping[str, Values]) -> None:
    """Refuse to remove what the older tag of a WAV file, which cannot be written, would still say."""
    with open(copy, "rb") as file:
        if kind_of(copy, file.read(HEADER_BYTES)) is WAV:
            still = collect_riff(file).words().keys() & {word for word, texts in changes.items() if not texts}
            if still:
                raise FileError(
                    path, f"Its LIST INFO chunk says {', '.join(sorted(still))} too, and cannot be changed."
                )


def _save(holder: Any, tags: Any, copy: str) -> None:
    """Save; an ID3v2.3 tag stays one, for players that know no other."""
    if getattr(tags, "version", (2, 4))[:2] == (2, 3) and hasattr(tags, "update_to_v23"):
        tags.update_to_v23()
        holder.save(copy, v2_version=3)
    else:
        holder.save(copy)

"""Reading one file: its tags, its facts, the key of its sound, its cover."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any, BinaryIO

import mutagen

from player.domain import FileError, ScannedTrack
from player.media import ogg_links, open_file
from player.tags import _ape, _asf, _id3, _mp4, _picture, _vorbis
from player.tags._bag import Bag
from player.tags._bounds import Bounds, sound_bounds
from player.tags._errors import EMPTY, NO_SOUND, NOT_A_FILE, PARSER_ERRORS, VIDEO, os_words
from player.tags._formats import (
    AAC,
    AUDIO_SUFFIXES,
    DFF,
    FLAC,
    HEADER_BYTES,
    MIXED_SUFFIXES,
    MP3,
    MUSEPACK,
    TTA,
    WAV,
    Kind,
    kind_of,
    mutagen_class,
    suffix_of,
)
from player.tags._mojibake import encoding_of, needs_others
from player.tags._picture import Picture
from player.tags.read import _dsdiff, _flac_cue, _id3_quick, _names, _riff
from player.tags.read._assemble import fields
from player.tags.read._key import audio_key
from player.tags.read._probe import Probe, probe
from player.tags.read._stream import duration_ms, facts, probed_facts
from player.tags.read._video import holds_video
from player.tags.read._view import TailView

_FAMILIES: dict[str, ModuleType] = {"id3": _id3, "vorbis": _vorbis, "mp4": _mp4, "ape": _ape, "asf": _asf}
_SKIP_ID3 = (MP3, FLAC, TTA, MUSEPACK, AAC)
"""Kinds whose class in mutagen expects an ID3v2 tag in front."""

MAX_TOGETHER = 60
"""Files of a folder that are read to tell their encoding."""

_NAMING = frozenset({"title", "artists", "album"})


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file being read."""

    path: str
    file: BinaryIO
    size: int
    mtime_ns: int
    kind: Kind | None
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class _Content:
    """What was found in a file: words, pictures, and facts as fields of `ScannedTrack`."""

    bag: Bag
    pictures: list[Picture]
    facts: dict[str, Any]
    container: str = "frames"


def read_track(path: str, *, root: str | None = None) -> ScannedTrack:
    """Everything one audio file says about itself.

    Args:
        path: The file, decoded with `os.fsdecode`.
        root: Music folder it was found in; lets folder names speak for files without tags.

    Raises:
        FileError: it cannot be read or holds no sound; `why` says so in words.
    """
    try:
        with _open(path) as file:
            status = os.fstat(file.fileno())
            if status.st_size == 0:
                raise FileError(path, EMPTY)
            return _track(_opened(path, file, status), root)
    except OSError as error:
        raise FileError(path, os_words(error)) from error


def cover(path: str) -> bytes | None:
    """The cover of an audio file: embedded, else the picture in its folder; or `path` itself if it is a picture.

    Raises:
        FileError: the file cannot be opened.
    """
    try:
        with _open(path) as file:
            opened = _opened(path, file, os.fstat(file.fileno()))
            file.seek(0)
            if opened.kind is None and _picture.is_picture(file.read(HEADER_BYTES)):
                file.seek(0)
                return file.read() if opened.size <= _picture.MAX_PICTURE_BYTES else None
            content = _by_mutagen(opened)
            embedded = _picture.front(content.pictures) if content is not None else None
            if embedded is not None:
                return embedded
        beside, _ = _picture.picture_beside(path)
        return cover(beside) if beside else None
    except OSError as error:
        raise FileError(path, os_words(error)) from error


def _open(path: str) -> BinaryIO:
    try:
        return open_file(path)
    except FileError as error:
        raise FileError(path, NOT_A_FILE) from error


def _opened(path: str, file: BinaryIO, status: os.stat_result) -> _Opened:
    header = file.read(HEADER_BYTES)
    bounds = sound_bounds(file, status.st_size)
    if bounds.id3:
        file.seek(bounds.start)
        header = file.read(HEADER_BYTES)
    return _Opened(path, file, status.st_size, status.st_mtime_ns, kind_of(path, header), bounds)


def _track(opened: _Opened, root: str | None) -> ScannedTrack:
    path = opened.path
    if suffix_of(path) in MIXED_SUFFIXES and opened.kind is not None and holds_video(opened.file, opened.kind):
        raise FileError(path, VIDEO)
    content = _by_mutagen(opened) or _by_ffmpeg(opened)
    if content is None:
        raise FileError(path, NO_SOUND)
    if needs_others(content.bag.legacy_texts()):
        folder = os.path.dirname(path)
        content.bag.settle(_encoding_of_folder(folder, os.stat(folder).st_mtime_ns))
    found = fields(content.bag) | content.facts
    _name_untagged(found, path, root)
    cover_path, cover_key = _cover(path, content.pictures)
    container = opened.kind.container if opened.kind is not None else content.container
    if container == "ogg" and (links := ogg_links(opened.file)):  # mutagen knows the first or the last of a chain
        found["duration_ms"] = duration_ms(sum(link.seconds for link in links), opened.size)
    return ScannedTrack(
        path,
        opened.size,
        opened.mtime_ns,
        audio_key=audio_key(opened.file, container, opened.bounds),
        cover_path=cover_path,
        cover_key=cover_key or None,
        **found,
    )


@lru_cache(maxsize=16)
def _encoding_of_folder(folder: str, _changed: int) -> str | None:
    """The undeclared encoding that the tags of a folder's files tell together; None where they tell none."""
    texts: list[str] = []
    with os.scandir(folder) as entries:
        paths = sorted(entry.path for entry in entries if suffix_of(entry.name) in AUDIO_SUFFIXES)
    for path in paths[:MAX_TOGETHER]:
        with suppress(OSError, FileError), _open(path) as file:
            content = _by_mutagen(_opened(path, file, os.fstat(file.fileno())))
            if content is not None:
                texts += content.bag.legacy_texts()
    return encoding_of(texts)


def _cover(path: str, pictures: list[Picture]) -> tuple[str, str]:
    embedded = _picture.front(pictures)
    return (path, _picture.picture_key(embedded)) if embedded is not None else _picture.picture_beside(path)


def _name_untagged(found: dict[str, Any], path: str, root: str | None) -> None:
    """Let file and folder names speak where tags are silent: all of it without tags, else only title and disc."""
    if "disc_no" not in found and (disc_no := _names.disc_of_folder(path)) is not None:
        found["disc_no"] = disc_no
    if "title" in found:
        return
    guess = _names.guess(path, root)
    found["title"] = guess.title or _names.title_of(path)
    if guess.track_no is not None:
        found.setdefault("track_no", guess.track_no)
    if _NAMING.isdisjoint(found.keys() - {"title"}):
        if guess.artist:
            found["artists"] = (guess.artist,)
        for name in ("album", "date", "disc_no"):
            if value := getattr(guess, name):
                found.setdefault(name, value)


def _by_mutagen(opened: _Opened) -> _Content | None:
    """What mutagen finds; None where it finds nothing or stumbles."""
    try:
        if (quick := _quickly(opened)) is not None:
            return quick
        media = _load(opened)
        if media is None or media.info is None:
            return None
        kind = opened.kind
        family = _family_of(media, kind)
        bag = family.collect(media.tags) if family and media.tags is not None else Bag()
        pictures = family.pictures(media.tags) if family and media.tags is not None else []
        pictures += [Picture(picture.data, picture.type) for picture in getattr(media, "pictures", ())]
        if getattr(media, "cuesheet", None) is not None and "cue_sheet" not in bag.words():
            bag.add("cue_sheet", _flac_cue.sheet_text(media.cuesheet, media.info.sample_rate))
    except PARSER_ERRORS:
        return None
    with suppress(*PARSER_ERRORS):  # a damaged second tag does not cost the first
        _add_other_tags(opened, bag, family)
    if kind is None:
        kind = Kind(type(media).__name__.lower(), "", "", "")
    return _Content(bag, pictures, facts(kind, media.info, opened.size))


def _quickly(opened: _Opened) -> _Content | None:
    """An MP3 file with an ordinary tag, without mutagen's objects for its frames; None for all others."""
    if opened.kind is not MP3 or not opened.bounds.id3:
        return None
    with suppress(*PARSER_ERRORS):
        found = _id3_quick.collect(opened.file, opened.bounds)
        if found is not None:
            bag, pictures = found
            info = mutagen_class("mp3", "MPEGInfo")(opened.file, opened.bounds.start)
            with suppress(*PARSER_ERRORS):
                _add_other_tags(opened, bag, _id3)
            return _Content(bag, pictures, facts(MP3, info, opened.size))
    return None


def _load(opened: _Opened) -> Any:
    if opened.kind is not None:
        with suppress(*PARSER_ERRORS):  # it is not what it seemed to be: mutagen may know better
            if opened.bounds.id3 and opened.kind not in _SKIP_ID3:
                return opened.kind.reader(TailView(opened.file, opened.bounds.start))
            opened.file.seek(0)
            return opened.kind.reader(opened.file)
    opened.file.seek(0)
    return mutagen.File(opened.file)


def _family_of(media: Any, kind: Kind | None) -> ModuleType | None:
    if kind is not None and isinstance(media, kind.reader):
        return _FAMILIES[kind.tags]
    names = {base.__name__ for base in type(media.tags).__mro__}
    return next((module for name, module in _TAG_CLASSES.items() if name in names), None)


_TAG_CLASSES = {"ID3": _id3, "VComment": _vorbis, "MP4Tags": _mp4, "APEv2": _ape, "ASFTags": _asf}


def _add_other_tags(opened: _Opened, bag: Bag, family: ModuleType | None) -> None:
    """Tags of a second kind around the sound, and what a container says by its own means."""
    file, bounds, kind = opened.file, opened.bounds, opened.kind
    if bounds.ape and family is not _ape:
        file.seek(0)
        bag.fill_from(_ape.collect(mutagen_class("apev2", "APEv2")(file)))
    if (bounds.id3 or bounds.id3v1) and (family is not _id3 or kind is AAC):
        file.seek(0)
        bag.fill_from(_id3.collect(mutagen_class("id3", "ID3")(file)))
    if kind in _OWN:
        own = _OWN[kind](file)
        own.settle()
        bag.fill_from(own)


_OWN = {WAV: _riff.collect, DFF: _dsdiff.collect}


def _by_ffmpeg(opened: _Opened) -> _Content | None:
    found: Probe | None = probe(opened.file)
    if found is None:
        return None
    if found.video:
        raise FileError(opened.path, VIDEO)
    return _Content(found.tags, [], probed_facts(found, opened.size), found.container)

"""Writing words into each family of tags: the reverse of the mapping tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from player.tags import _ape, _asf, _id3, _mp4, _vorbis
from player.tags import _values as values
from player.tags._bag import FREE, Bag, plain_name
from player.tags._formats import mutagen_class
from player.tags.write._ratings import RATE, stars_in, stars_of

Values: TypeAlias = tuple[str, ...]
Changes: TypeAlias = dict[str, Values]

_NAMES = {
    "title": "TITLE",
    "title_sort": "TITLESORT",
    "artist": "ARTIST",
    "artist_sort": "ARTISTSORT",
    "album": "ALBUM",
    "album_sort": "ALBUMSORT",
    "album_artist": "ALBUMARTIST",
    "album_artist_sort": "ALBUMARTISTSORT",
    "composer": "COMPOSER",
    "conductor": "CONDUCTOR",
    "remixer": "REMIXER",
    "genre": "GENRE",
    "mood": "MOOD",
    "disc": "DISCNUMBER",
    "disc_total": "DISCTOTAL",
    "disc_title": "DISCSUBTITLE",
    "track": "TRACKNUMBER",
    "track_total": "TRACKTOTAL",
    "date": "DATE",
    "original_date": "ORIGINALDATE",
    "compilation": "COMPILATION",
    "label": "LABEL",
    "isrc": "ISRC",
    "bpm": "BPM",
    "key": "KEY",
    "lyrics": "LYRICS",
    "comment": "COMMENT",
}
EDITABLE: tuple[str, ...] = (*_NAMES, "year", "rating")
"""What can be edited. "year" is the year that a list shows: the original release's where a file names that one, and
the release's. "rating" is stars, "0" to "5"."""

_RESTORED = {"artists": "ARTISTS", "album_artists": "ALBUMARTISTS", "release_date": "RELEASEDATE"}
"""What goes with an edit and comes back when it is undone."""

WRITABLE = frozenset({*EDITABLE, *_RESTORED})
_NAMES |= _RESTORED
_APE_NAMES = _NAMES | {"album_artist": "Album Artist", "track": "Track", "disc": "Disc", "date": "Year"}
_ASF_NAMES = {
    "title": "Title",
    "title_sort": "WM/TitleSortOrder",
    "artist": "Author",
    "artist_sort": "WM/ArtistSortOrder",
    "album": "WM/AlbumTitle",
    "album_sort": "WM/AlbumSortOrder",
    "album_artist": "WM/AlbumArtist",
    "album_artist_sort": "WM/AlbumArtistSortOrder",
    "composer": "WM/Composer",
    "conductor": "WM/Conductor",
    "remixer": "WM/ModifiedBy",
    "genre": "WM/Genre",
    "mood": "WM/Mood",
    "disc": "WM/PartOfSet",
    "disc_title": "WM/SetSubTitle",
    "track": "WM/TrackNumber",
    "date": "WM/Year",
    "original_date": "WM/OriginalReleaseTime",
    "compilation": "WM/IsCompilation",
    "label": "WM/Publisher",
    "isrc": "WM/ISRC",
    "bpm": "WM/BeatsPerMinute",
    "key": "WM/InitialKey",
    "lyrics": "WM/Lyrics",
    "comment": "Description",
    "disc_total": "TotalDiscs",
    "track_total": "TotalTracks",
    "artists": "WM/ARTISTS",
    "album_artists": "WM/ALBUMARTISTS",
    "release_date": "WM/ReleaseDate",
}
_FRAME_OF = {word: frame for frame, word in _id3.FRAMES.items()} | {"genre": "TCON"}
_USER_TEXTS = frozenset({"artists", "album_artists"})
_ATOM_OF = {word: atom for atom, word in _mp4.ATOMS.items()}
_TOTAL_OF = {"track": "track_total", "disc": "disc_total"}
_ALSO_REMOVED = {"artist": ("artists",), "album_artist": ("album_artists",), "date": ("release_date",)}
"""Words that say the same in another way and would contradict the edit."""


def expanded(changes: Changes, bag: Bag) -> Changes:
    """Changes with each word that stands for others replaced by them."""
    words = dict(changes)
    if "year" in words:
        year = words.pop("year")
        words.setdefault("date", year)
        if "original_date" in bag.words():
            words.setdefault("original_date", year)
    return words


def said(bag: Bag, changes: Changes) -> Changes:
    """What tags say now of all that these changes touch."""
    words = bag.words()
    touched = [*changes, *(other for word in changes for other in _ALSO_REMOVED.get(word, ()) if other in words)]
    return {word: stars_of(bag) if word == "rating" else tuple(words.get(word, ())) for word in touched}


def put(name: str, tags: Any, changes: Changes, bag: Bag) -> None:
    """Write changes into a tag.

    Args:
        name: Of its family, a key of `FAMILIES`.
        tags: The tag as mutagen holds it.
        changes: New texts by word, `expanded`.
        bag: What the tag says now.
    """
    texts = {word: values for word, values in changes.items() if word != "rating"}
    if texts:
        FAMILIES[name][1](tags, texts, bag)
    if "rating" in changes:
        RATE[name](tags, stars_in(changes["rating"]))


def _is_word(name: str, words: set[str]) -> bool:
    return FREE.get(plain_name(name.removeprefix("WM/"))) in words


def _doomed(changes: Changes) -> set[str]:
    return set(changes) | {other for word in changes for other in _ALSO_REMOVED.get(word, ())}


def _put_named(names: dict[str, str]) -> Callable[[Any, Changes, Bag], None]:
    """Writer for tags of free names: all spellings of a word go, one is written."""

    def put(tags: Any, changes: Changes, bag: Bag) -> None:
        _keep_totals(changes, bag)
        doomed = _doomed(changes)
        for name in [name for name in dict.fromkeys(tags.keys()) if _is_word(name, doomed)]:
            del tags[name]
        for word, texts in changes.items():
            if texts:
                tags[names[word]] = list(texts)

    return put


def _keep_totals(changes: Changes, bag: Bag) -> None:
    """A total inside the number ("3/12") gets a field of its own, so that editing one keeps the other."""
    for word, total in _TOTAL_OF.items():
        if word in changes or total in changes:
            number, _, inside = next(iter(bag.words().get(word, [""]))).partition("/")
            changes.setdefault(word, (number.strip(),) if number.strip() else ())
            changes.setdefault(
                total, tuple(bag.words().get(total, ())) or ((inside.strip(),) if inside.strip() else ())
            )


def _put_id3(tags: Any, changes: Changes, bag: Bag) -> None:
    _keep_totals(changes, bag)
    _join_totals(changes)
    doomed = _doomed(changes) | {total for word, total in _TOTAL_OF.items() if word in changes}
    for frame in tags.getall("TXXX"):
        if _is_word(frame.desc, doomed):
            del tags[frame.HashKey]
    if "date" in changes:
        tags.delall("TDRL")
    for word, texts in changes.items():
        if word in _USER_TEXTS:
            if texts:
                tags.add(mutagen_class("id3", "TXXX")(encoding=3, desc=_NAMES[word], text=list(texts)))
            continue
        for frame in tags.getall(_FRAME_OF[word]):
            if getattr(frame, "desc", "") in ("", "ID3v1 Comment"):  # comments with a description are others' data
                del tags[frame.HashKey]
        if texts:
            tags.add(_frame(_FRAME_OF[word], texts))


def _frame(name: str, texts: Values) -> Any:
    frame = mutagen_class("id3", name)
    if name == "COMM":
        return frame(encoding=3, lang="eng", desc="", text=list(texts))
    if name == "USLT":
        return frame(encoding=3, lang="eng", desc="", text="\n".join(texts))
    if name in ("TDRC", "TDOR", "TDRL"):
        return frame(encoding=3, text=[mutagen_class("id3", "ID3TimeStamp")(text) for text in texts])
    return frame(encoding=3, text=list(texts))


def _join_totals(changes: Changes) -> None:
    for word, total in _TOTAL_OF.items():
        if word in changes:
            joined = "/".join(part for part in (*(changes[word] or ("0",)), *changes.pop(total, ())) if part)
            changes[word] = (joined,) if joined != "0" else ()


def _put_mp4(tags: Any, changes: Changes, bag: Bag) -> None:
    _keep_totals(changes, bag)
    doomed = _doomed(changes)
    for name in [name for name in tags if name.startswith("----:") and _is_word(name.split(":", 2)[-1], doomed)]:
        del tags[name]
    for atom, word, total in (("trkn", "track", "track_total"), ("disk", "disc", "disc_total")):
        if word in changes:
            number, inside = values.pair(next(iter(changes.pop(word)), ""))
            numbers = (number or 0, values.pair(next(iter(changes.pop(total)), ""))[0] or inside or 0)
            tags.pop(atom, None)
            if any(numbers):
                tags[atom] = [numbers]
    for word, texts in changes.items():
        name = "cpil" if word == "compilation" else _ATOM_OF.get(word, f"----:com.apple.iTunes:{_NAMES[word]}")
        tags.pop(name, None)
        if texts:
            tags[name] = _mp4_value(name, texts)


def _mp4_value(name: str, texts: Values) -> Any:
    if name == "cpil":
        return values.flag(texts[0])
    if name == "tmpo":
        return [round(values.number(texts[0]) or 0)]
    return [text.encode() for text in texts] if name.startswith("----:") else list(texts)


FAMILIES: dict[str, tuple[Callable[[Any], Bag], Callable[[Any, Changes, Bag], None]]] = {
    "ID3": (_id3.collect, _put_id3),
    "MP4Tags": (_mp4.collect, _put_mp4),
    "APEv2": (_ape.collect, _put_named(_APE_NAMES)),
    "ASFTags": (_asf.collect, _put_named(_ASF_NAMES)),
    "VComment": (_vorbis.collect, _put_named(_NAMES)),
}
"""How to read and to write a tag, by the name of its class (or a base of it) in mutagen."""

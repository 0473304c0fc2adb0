"""Writing words into each family of tags: the reverse of the mapping tables."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
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
    "composer_sort": "COMPOSERSORT",
    "lyricist": "LYRICIST",
    "conductor": "CONDUCTOR",
    "performer": "PERFORMER",
    "remixer": "REMIXER",
    "work": "WORK",
    "movement": "MOVEMENTNAME",
    "grouping": "GROUPING",
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
    "catalog_number": "CATALOGNUMBER",
    "barcode": "BARCODE",
    "media": "MEDIA",
    "country": "RELEASECOUNTRY",
    "isrc": "ISRC",
    "bpm": "BPM",
    "key": "KEY",
    "lyrics": "LYRICS",
    "comment": "COMMENT",
}
EDITABLE: tuple[str, ...] = (*_NAMES, "year", "rating")
"""What can be edited. "year" is the year that a list shows: the original release's where a file names that one, else
the release's; the other one, month and day stay. "rating" is stars, "0" to "5"."""

_RESTORED = {
    "artists": "ARTISTS",
    "album_artists": "ALBUMARTISTS",
    "release_date": "RELEASEDATE",
    "mb_artist_ids": "MUSICBRAINZ_ARTISTID",
    "mb_album_artist_ids": "MUSICBRAINZ_ALBUMARTISTID",
}
"""What goes with an edit and comes back when it is undone."""
_IDS = {"artist": "mb_artist_ids", "album_artist": "mb_album_artist_ids"}
_SAME_NAME = 0.6
"""Names at least as similar (difflib's ratio) are one that was corrected, whose MusicBrainz id stays."""
_YEAR_ONLY = frozenset({"year", "originalyear", "originalreleaseyear"})
"""Fields that hold the year of a date that stands in another field; they follow it."""

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
    "composer_sort": "WM/ComposerSortOrder",
    "lyricist": "WM/Writer",
    "conductor": "WM/Conductor",
    "performer": "PERFORMER",
    "work": "WM/Work",
    "movement": "MOVEMENTNAME",
    "grouping": "WM/ContentGroupDescription",
    "catalog_number": "WM/CatalogNo",
    "barcode": "WM/Barcode",
    "media": "WM/Media",
    "country": "MusicBrainz/Album Release Country",
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
    "mb_artist_ids": "MusicBrainz/Artist Id",
    "mb_album_artist_ids": "MusicBrainz/Album Artist Id",
}
_FRAMES_OF: dict[str, tuple[str, ...]] = {"genre": ("TCON",), "performer": ("TMCL",)}
"""The frames that say a word; the last one is written."""
for _frame_name, _word in _id3.FRAMES.items():
    _FRAMES_OF[_word] = (*_FRAMES_OF.get(_word, ()), _frame_name)
_USER_TEXTS = {
    "artists": "ARTISTS",
    "album_artists": "ALBUMARTISTS",
    "work": "WORK",
    "catalog_number": "CATALOGNUMBER",
    "barcode": "BARCODE",
    "country": "MusicBrainz Album Release Country",
    "mb_artist_ids": "MusicBrainz Artist Id",
    "mb_album_artist_ids": "MusicBrainz Album Artist Id",
}
_MP4_NAMES = _NAMES | {
    "country": "MusicBrainz Album Release Country",
    "mb_artist_ids": "MusicBrainz Artist Id",
    "mb_album_artist_ids": "MusicBrainz Album Artist Id",
}
_ATOM_OF = {word: atom for atom, word in _mp4.ATOMS.items()}
_TOTAL_OF = {"track": "track_total", "disc": "disc_total"}
_ALSO_REMOVED = {"artist": ("artists",), "album_artist": ("album_artists",)}
"""Words that say the same in another way and would contradict the edit."""


def expanded(changes: Changes, bag: Bag) -> Changes:
    """Changes with each word that stands for others replaced by them, and with what they make untrue."""
    words = dict(changes)
    if "year" in words:
        shown = next((word for word in ("original_date", "date", "release_date") if word in bag.words()), "date")
        words.setdefault(shown, tuple(_with_year(_exact(bag, shown), year) for year in words.pop("year")))
    if words.get("date") == () and "release_date" in bag.words():
        words.setdefault("release_date", ())  # it would be shown instead
    for word, ids in _IDS.items():
        if word in words and ids in bag.words() and not _same_people(bag, word, words[word]):
            words.setdefault(ids, ())
            if f"{word}_sort" in bag.words():
                words.setdefault(f"{word}_sort", ())
    return words


def _with_year(date: str, year: str) -> str:
    return year + date[4:] if date[:4].isdecimal() and len(year) == 4 else year


def _exact(bag: Bag, word: str) -> str:
    """The most exact of the dates that say a word; "" without one."""
    return max((values.date(text) for text in bag.words().get(word, ())), key=len, default="")


def _same_people(bag: Bag, word: str, new: Values) -> bool:
    """Whether new names are the old ones, corrected, in the same places."""
    words = bag.words()
    old = [name for text in words.get(f"{word}s") or words.get(word, []) for name in re.split(r"\s*;\s*", text)]
    pairs = zip(old, new, strict=False)
    return len(old) == len(new) and all(
        difflib.SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _SAME_NAME for one, other in pairs
    )


def said(bag: Bag, changes: Changes) -> Changes:
    """What tags say now of all that these changes touch."""
    words = bag.words()
    touched = [*changes, *(other for word in changes for other in _ALSO_REMOVED.get(word, ()) if other in words)]
    dates = {word: (date,) for word in _DATES if word in touched and (date := _exact(bag, word))}
    return {
        word: stars_of(bag) if word == "rating" else dates.get(word) or tuple(words.get(word, ())) for word in touched
    }


_DATES = ("date", "original_date", "release_date")


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
        present = list(dict.fromkeys(tags.keys()))
        years = _years_beside(present, changes, names)
        for name in [name for name in present if _is_word(name, doomed)]:
            del tags[name]
        for word, texts in changes.items():
            if texts and not _said_by_year(word, texts, years, present, names):
                tags[names[word]] = list(texts)
        for name, year in years.items():
            tags[name] = [year]

    return put


def _years_beside(names: Iterable[str], changes: Changes, main: dict[str, str]) -> dict[str, str]:
    """Fields of a tag that hold the year of a date that is changed and stands in its main field; and the new year."""
    found: dict[str, str] = {}
    for name in names:
        plain = _plain(name)
        word = FREE.get(plain, "")
        if plain in _YEAR_ONLY and changes.get(word) and plain != _plain(main[word]):
            found[name] = changes[word][0][:4]
    return found


def _said_by_year(
    word: str, texts: Values, years: dict[str, str], present: Iterable[str], main: dict[str, str]
) -> bool:
    """Whether a year is all that is to be said of a date, and stands where it stood before."""
    beside = any(FREE.get(_plain(name)) == word for name in years)
    return beside and len(texts[0]) == len("YYYY") and _plain(main[word]) not in map(_plain, present)


def _plain(name: str) -> str:
    return plain_name(name.removeprefix("WM/").rsplit(":", 1)[-1])


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
    years = _years_beside([frame.desc for frame in tags.getall("TXXX")], changes, _NAMES)
    for frame in tags.getall("TXXX"):
        if _is_word(frame.desc, doomed):
            del tags[frame.HashKey]
    for desc, year in years.items():
        tags.add(_user_text(desc, (year,)))
    for word, texts in changes.items():
        if word in _USER_TEXTS:
            if texts:
                tags.add(_user_text(_USER_TEXTS[word], texts))
            continue
        for name in _FRAMES_OF[word]:
            for frame in tags.getall(name):
                if getattr(frame, "desc", "") in ("", "ID3v1 Comment"):  # comments with a description are others' data
                    del tags[frame.HashKey]
        if texts:
            tags.add(_frame(_FRAMES_OF[word][-1], texts))


def _user_text(desc: str, texts: Values) -> Any:
    return mutagen_class("id3", "TXXX")(encoding=3, desc=desc, text=list(texts))


def _frame(name: str, texts: Values) -> Any:
    frame = mutagen_class("id3", name)
    if name == "COMM":
        return frame(encoding=3, lang="eng", desc="", text=list(texts))
    if name == "USLT":
        return frame(encoding=3, lang="eng", desc="", text="\n".join(texts))
    if name == "TMCL":
        return frame(encoding=3, people=[_instrument_and_name(text) for text in texts])
    if name in ("TDRC", "TDOR", "TDRL"):
        return frame(encoding=3, text=[mutagen_class("id3", "ID3TimeStamp")(text) for text in texts])
    return frame(encoding=3, text=list(texts))


def _instrument_and_name(text: str) -> list[str]:
    """The instrument and the player of "Name (instrument)"."""
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", text)
    return [match[2], match[1]] if match is not None else ["", text]


def _join_totals(changes: Changes) -> None:
    for word, total in _TOTAL_OF.items():
        if word in changes:
            joined = "/".join(part for part in (*(changes[word] or ("0",)), *changes.pop(total, ())) if part)
            changes[word] = (joined,) if joined != "0" else ()


def _put_mp4(tags: Any, changes: Changes, bag: Bag) -> None:
    _keep_totals(changes, bag)
    doomed = _doomed(changes)
    free = [name for name in tags if name.startswith("----:")]
    years = _years_beside(free, changes, _MP4_NAMES)
    for name in free:
        if _is_word(name.split(":", 2)[-1], doomed):
            del tags[name]
    for name, year in years.items():
        tags[name] = [year.encode()]
    for atom, word, total in (("trkn", "track", "track_total"), ("disk", "disc", "disc_total")):
        if word in changes:
            number, inside = values.pair(next(iter(changes.pop(word)), ""))
            numbers = (number or 0, values.pair(next(iter(changes.pop(total)), ""))[0] or inside or 0)
            tags.pop(atom, None)
            if any(numbers):
                tags[atom] = [numbers]
    for word, texts in changes.items():
        name = "cpil" if word == "compilation" else _ATOM_OF.get(word, f"----:com.apple.iTunes:{_MP4_NAMES[word]}")
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

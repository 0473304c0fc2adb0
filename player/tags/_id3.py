"""ID3 frames (MP3, AAC, AIFF, WAV, TTA, DSF, DSDIFF) to words."""

from __future__ import annotations

from typing import Any

from mutagen.id3 import TCON

from player.tags._bag import Bag
from player.tags._picture import Picture

FRAMES = {
    "TIT2": "title",
    "TSOT": "title_sort",
    "TPE1": "artist",
    "TSOP": "artist_sort",
    "TALB": "album",
    "TSOA": "album_sort",
    "TPE2": "album_artist",
    "TSO2": "album_artist_sort",
    "TCOM": "composer",
    "TSOC": "composer_sort",
    "TEXT": "lyricist",
    "TPE3": "conductor",
    "TPE4": "remixer",
    "TMOO": "mood",
    "TPOS": "disc",
    "TSST": "disc_title",
    "TRCK": "track",
    "TDRC": "date",
    "TDRL": "release_date",
    "TDOR": "original_date",
    "TCMP": "compilation",
    "GRP1": "grouping",
    "TIT1": "grouping",
    "MVNM": "movement",
    "TMED": "media",
    "TPUB": "label",
    "TSRC": "isrc",
    "TBPM": "bpm",
    "TKEY": "key",
    "COMM": "comment",
    "USLT": "lyrics",
}
MUSICBRAINZ = "http://musicbrainz.org"
_LATIN1 = 0
_STANDARD_GENRES = frozenset(TCON.GENRES)

STARS_OF_BYTE = {1: 1.0, 13: 0.5, 54: 1.5, 64: 2.0, 118: 2.5, 128: 3.0, 186: 3.5, 196: 4.0, 242: 4.5, 255: 5.0}
"""Stars that Windows and MediaMonkey mean by a POPM byte; not monotone. Other programs' bytes are linear."""


def collect(tags: Any) -> Bag:
    """Everything an ID3 tag says, in words. Accepts mutagen's `ID3`, translated to version 2.4."""
    bag = Bag(joined=tags.version[:2] < (2, 4))
    for frame in tags.values():
        name = frame.FrameID
        word = FRAMES.get(name)
        if word is not None:
            add_text(bag, word, frame)
        elif (special := _SPECIAL.get(name)) is not None:
            special(bag, frame)
    return bag


def pictures(tags: Any) -> list[Picture]:
    """The attached pictures of an ID3 tag."""
    return [Picture(frame.data, int(frame.type)) for frame in tags.getall("APIC") if frame.mime != "-->"]


def add_text(bag: Bag, word: str, frame: Any) -> None:
    """Add the texts of a frame, comments with a description of another's left out."""
    legacy = frame.encoding == _LATIN1
    if word == "comment":
        description = frame.desc
        if description == "iTunNORM":
            bag.add("sound_check", str(frame))
        if description and description != "ID3v1 Comment":
            return
    texts = [frame.text] if isinstance(frame.text, str) else frame.text
    for text in texts:
        bag.add(word, str(text), legacy=legacy)


def add_genres(bag: Bag, frame: Any) -> None:
    """Add the genres of a TCON frame, numbers as names."""
    for genre in frame.genres:
        add_genre(bag, genre, legacy=frame.encoding == _LATIN1)


def add_genre(bag: Bag, genre: str, *, legacy: bool) -> None:
    """Add a genre, or several that version 2.3 joins by "/"."""
    parts = [genre] if not bag.joined or genre in _STANDARD_GENRES else genre.split("/")
    for part in parts:
        bag.add("genre", part, legacy=legacy)


def _add_user_text(bag: Bag, frame: Any) -> None:
    for text in frame.text:
        bag.add_free(frame.desc, str(text), legacy=frame.encoding == _LATIN1)


def _add_identifier(bag: Bag, frame: Any) -> None:
    add_identifier(bag, frame.owner, frame.data)


def add_identifier(bag: Bag, owner: str, data: bytes) -> None:
    """Add a UFID frame."""
    if owner.rstrip("/") == MUSICBRAINZ:
        bag.add("mb_recording_id", data.decode("ascii", "replace"))


def _add_performers(bag: Bag, frame: Any) -> None:
    for instrument, name in frame.people:
        bag.add("performer", f"{name} ({instrument})" if instrument else name, legacy=frame.encoding == _LATIN1)


def _add_popularity(bag: Bag, frame: Any) -> None:
    add_popularity(bag, frame.rating, getattr(frame, "count", 0))  # Windows Media Player leaves the count out


def add_popularity(bag: Bag, rating: int, count: int) -> None:
    """Add a POPM frame: its byte, and how often played."""
    if rating:
        bag.add("rating_fraction", str(STARS_OF_BYTE.get(rating, rating / 51) / 5))
    if count:
        bag.add("play_count", str(count))


def _add_play_count(bag: Bag, frame: Any) -> None:
    bag.add("play_count", str(frame.count))


def _add_volume(bag: Bag, frame: Any) -> None:
    """RVA2, as normalize and Quod Libet wrote it: channel 1 is the master volume."""
    kind = frame.desc.lower()
    if frame.channel == 1 and kind in ("track", "album"):
        bag.add(f"rg_{kind}_gain", str(frame.gain))
        bag.add(f"rg_{kind}_peak", str(frame.peak))


_SPECIAL = {
    "TCON": add_genres,
    "TXXX": _add_user_text,
    "UFID": _add_identifier,
    "TMCL": _add_performers,
    "POPM": _add_popularity,
    "PCNT": _add_play_count,
    "RVA2": _add_volume,
}

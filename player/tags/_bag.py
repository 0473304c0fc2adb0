"""What a file's tags say, in words that are the same for every format."""

from __future__ import annotations

from functools import lru_cache

from player.tags._mojibake import repaired

FREE: dict[str, str] = {
    "title": "title",
    "titlesort": "title_sort",
    "titlesortorder": "title_sort",
    "artist": "artist",
    "author": "artist",
    "artists": "artists",
    "artistsort": "artist_sort",
    "artistsortorder": "artist_sort",
    "album": "album",
    "albumtitle": "album",
    "albumsort": "album_sort",
    "albumsortorder": "album_sort",
    "albumartist": "album_artist",
    "albumartists": "album_artists",
    "ensemble": "album_artist",
    "albumartistsort": "album_artist_sort",
    "albumartistsortorder": "album_artist_sort",
    "composer": "composer",
    "composersort": "composer_sort",
    "composersortorder": "composer_sort",
    "lyricist": "lyricist",
    "writer": "lyricist",
    "conductor": "conductor",
    "performer": "performer",
    "work": "work",
    "movementname": "movement",
    "grouping": "grouping",
    "contentgroup": "grouping",
    "contentgroupdescription": "grouping",
    "remixer": "remixer",
    "mixartist": "remixer",
    "modifiedby": "remixer",
    "genre": "genre",
    "mood": "mood",
    "disc": "disc",
    "discnumber": "disc",
    "partofset": "disc",
    "disk": "disc",
    "disctotal": "disc_total",
    "totaldiscs": "disc_total",
    "discc": "disc_total",
    "discsubtitle": "disc_title",
    "setsubtitle": "disc_title",
    "track": "track",
    "tracknumber": "track",
    "tracknum": "track",
    "tracktotal": "track_total",
    "totaltracks": "track_total",
    "trackc": "track_total",
    "date": "date",
    "year": "date",
    "recorddate": "date",
    "releasedate": "release_date",
    "originaldate": "original_date",
    "originalyear": "original_date",
    "originalreleasetime": "original_date",
    "originalreleaseyear": "original_date",
    "compilation": "compilation",
    "iscompilation": "compilation",
    "itunescompilation": "compilation",
    "label": "label",
    "organization": "label",
    "publisher": "label",
    "catalognumber": "catalog_number",
    "catalogno": "catalog_number",
    "catalog": "catalog_number",
    "barcode": "barcode",
    "upc": "barcode",
    "ean": "barcode",
    "eanupn": "barcode",
    "media": "media",
    "sourcemedia": "media",
    "releasecountry": "country",
    "musicbrainzalbumreleasecountry": "country",
    "isrc": "isrc",
    "musicbrainztrackid": "mb_recording_id",
    "musicbrainzreleasetrackid": "mb_track_id",
    "musicbrainzalbumid": "mb_album_id",
    "musicbrainzreleasegroupid": "mb_release_group_id",
    "musicbrainzartistid": "mb_artist_ids",
    "musicbrainzalbumartistid": "mb_album_artist_ids",
    "replaygaintrackgain": "rg_track_gain",
    "replaygaintrackpeak": "rg_track_peak",
    "replaygainalbumgain": "rg_album_gain",
    "replaygainalbumpeak": "rg_album_peak",
    "r128trackgain": "r128_track_gain",
    "r128albumgain": "r128_album_gain",
    "itunnorm": "sound_check",
    "bpm": "bpm",
    "tempo": "bpm",
    "beatsperminute": "bpm",
    "key": "key",
    "initialkey": "key",
    "lyrics": "lyrics",
    "unsyncedlyrics": "lyrics",
    "cuesheet": "cue_sheet",
    "comment": "comment",
    "description": "comment",
    "fmpsrating": "rating_fraction",
    "fmpsplaycount": "play_count",
    "playcount": "play_count",
    "rating": "rating",
    "shareduserrating": "rating_windows",
}
"""Names of free text fields (Vorbis comments, APE items, `TXXX` descriptions, MP4 free-form names, ASF attributes) as
`plain_name` gives them, and the word each stands for. After the mapping tables of MusicBrainz Picard 2.13's manual."""

LONG = frozenset({"lyrics", "comment"})


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """A field's name without case and punctuation: "MusicBrainz/Album Id" is "musicbrainzalbumid"."""
    return "".join(filter(str.isalnum, name)).lower()


class Bag:
    """Texts by word, in the order in which they were found.

    Texts of undeclared 8-bit encodings (`legacy`) are held as Latin-1 until `settled`, because only all of them
    together tell which encoding they are really in.

    Attributes:
        joined: Whether several values may be joined by "/" in one text (ID3v2.3).
    """

    def __init__(self, *, joined: bool = False) -> None:
        self.joined = joined
        self._texts: dict[str, list[str]] = {}
        self._legacy: list[tuple[str, int]] = []

    def add(self, word: str, text: str, *, legacy: bool = False) -> None:
        """Add one text; blank ones are dropped."""
        if not text or text.isspace():
            return
        texts = self._texts.setdefault(word, [])
        if not text.isascii():
            if legacy:
                self._legacy.append((word, len(texts)))
            else:
                text = repaired([text], legacy=False)[0]
        texts.append(text)

    def add_free(self, name: str, text: str, *, legacy: bool = False) -> None:
        """Add a text under a free field name of any spelling; unknown names are dropped."""
        word = FREE.get(plain_name(name))
        if word is not None:
            self.add(word, text, legacy=legacy)

    def legacy_texts(self) -> list[str]:
        """The texts whose encoding is not declared, as Latin-1; until `settle`."""
        return [self._texts[word][index] for word, index in self._legacy]

    def settle(self, of_folder: str | None = None) -> None:
        """Find out the real encoding of the legacy texts; call once, after the last `add`.

        Args:
            of_folder: The encoding that all files of the folder together tell, None where they tell none.
        """
        if self._legacy:
            texts = repaired(self.legacy_texts(), legacy=True, of_folder=of_folder)
            for (word, index), text in zip(self._legacy, texts, strict=True):
                self._texts[word][index] = text
            self._legacy.clear()

    def fill_from(self, other: Bag) -> None:
        """Take from `other` the words that are absent here (a file with two kinds of tags)."""
        for word, texts in other._texts.items():
            if word not in self._texts:
                self._texts[word] = texts

    def words(self) -> dict[str, list[str]]:
        """The texts of each word present, as found; never an empty list."""
        return self._texts

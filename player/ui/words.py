"""Numbers, lengths of time and dates as words, by the locale."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject

from player.domain import Settings, Track, is_name
from player.ui.covers import CoverArt

MS_PER_HOUR = 3_600_000


def translate(context: str, text: str) -> str:
    """A text in the language of the window."""
    return QCoreApplication.translate(context, text)


class Plurals(QObject):
    """Texts with a count; lupdate finds plurals in `tr` only."""

    def minutes(self, count: int) -> str:
        """A length of time."""
        return self.tr("%Ln min", "", count)

    def minutes_left(self, count: int) -> str:
        """How long something will take."""
        return self.tr("%Ln minute(s) left", "", count)

    def tracks(self, count: int) -> str:
        """How many tracks."""
        return self.tr("%Ln track(s)", "", count)

    def albums(self, count: int) -> str:
        """How many albums."""
        return self.tr("%Ln album(s)", "", count)

    def plays(self, count: int) -> str:
        """How many plays."""
        return self.tr("%Ln play(s)", "", count)


PLURALS = Plurals()


def clock(ms: int) -> str:
    """A position or length as 3:07 or 1:02:09."""
    seconds = max(0, ms) // 1000
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02d}"
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def number(value: int) -> str:
    """A count with the locale's separators."""
    return QLocale().toString(value)


def long_time(ms: int) -> str:
    """The length of an album or a queue: "42 min", "3 h 5 min"."""
    minutes = round(ms / 60_000)
    if ms < MS_PER_HOUR:
        return PLURALS.minutes(minutes)
    return translate("Words", "{0} h {1} min").format(number(minutes // 60), minutes % 60)


def tracks(count: int) -> str:
    """Such as "1 track" or "12 tracks"."""
    return PLURALS.tracks(count)


def albums(count: int) -> str:
    """Such as "1 album" or "12 albums"."""
    return PLURALS.albums(count)


def plays(count: int) -> str:
    """Such as "1 play" or "12 plays"."""
    return PLURALS.plays(count)


def day(at_ms: int) -> str:
    """A date, short, by the locale."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(at_ms).date(), QLocale.FormatType.ShortFormat)


def moment(at_ms: int) -> str:
    """A date and time, short, by the locale."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(at_ms), QLocale.FormatType.ShortFormat)


def time_of_day(at_ms: int) -> str:
    """A time of the day, by the locale."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(at_ms).time(), QLocale.FormatType.ShortFormat)


def sends_plays(settings: Settings) -> bool:
    """Whether the user chose that what they play is told to a service."""
    return settings.listenbrainz or settings.lastfm


def unknown_album() -> str:
    """What stands for a missing album title."""
    return translate("Words", "Unknown album")


def unknown_artist() -> str:
    """What stands for a missing artist."""
    return translate("Words", "Unknown artist")


def about(track: Track) -> str:
    """What a track is from, in a few words: its album, else its genre; empty where neither has a name."""
    return next(filter(is_name, (track.album, *track.genres)), "")


def cover_of(track: Track) -> CoverArt:
    """The cover of a track: its album's, drawn from the same name as the album's card."""
    name = album_name(track.album, track.album_artist or track.artist) if track.album else track.title
    return CoverArt(track.cover_key, name)


def album_name(title: str, artist: str) -> str:
    """What an album's drawn cover is made from."""
    return f"{title}\n{artist}"

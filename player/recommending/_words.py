"""Reasons in plain sentences, with names instead of numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from player.domain import ReasonKind, ReasonText, Track, is_name
from recommender import Reason, day_part

FEW = 3
"""An artist with fewer tracks gives no share worth saying ("1 of 1")."""

LONG_S = 240
"""Seconds that no short track has."""

MANY = 2
MOST_TAGS = 2

_NEW = ("new", "explore")
"""Kinds whose sentence names the track that the suggestion is close to."""

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Named:
    """What a sentence may refer to.

    Attributes:
        track: The suggested track.
        other: The track a reason refers to; None without, or where it has gone.
        finished: How many different tracks by the artist were listened to.
        by_artist: How many tracks by the artist there are.
    """

    track: Track
    other: Track | None = None
    finished: int = 0
    by_artist: int = 0


def sentence(reason: Reason, named: Named) -> str:
    """One reason as a sentence without a full stop; empty where it would only repeat the row."""
    return _SENTENCES[ReasonKind(str(reason.kind))](reason, named)


def sentences(reasons: Sequence[Reason], named: Callable[[Reason], Named]) -> tuple[ReasonText, ...]:
    """All reasons, strongest first; what would be said twice is said once."""
    said: dict[str, ReasonText] = {}
    close_to = {reason.other for reason in reasons if reason.kind in _NEW and reason.other is not None}
    for reason in reasons:
        text = sentence(reason, named(reason))
        again = str(reason.kind) == ReasonKind.SIMILAR and reason.other in close_to
        if text and text not in said and not again:
            said[text] = ReasonText(ReasonKind(str(reason.kind)), text, float(reason.share))
    return tuple(said.values())


def span(days: float) -> str:
    """A length of time as people say it: "3 months"."""
    for size, one, many in (
        (365.25, translate("Reasons", "a year"), translate("Reasons", "{n} years")),
        (30.44, translate("Reasons", "a month"), translate("Reasons", "{n} months")),
        (7.0, translate("Reasons", "a week"), translate("Reasons", "{n} weeks")),
    ):
        # A little short of the next unit is said as that unit: 30 days are a month.
        number = int(days / size + 0.05)
        if number >= 1:
            return one if number == 1 else many.format(n=number)
    number = int(days)
    return translate("Reasons", "a day") if number <= 1 else translate("Reasons", "{n} days").format(n=number)


def isolated(text: str) -> str:
    """A name inside a sentence: one written from right to left stands between isolates, so that it moves nothing."""
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        return f"\u2068{text}\u2069"
    return text


def _name(track: Track) -> str:
    return f"“{isolated(track.title)}”"


def _follows(reason: Reason, named: Named) -> str:
    if named.other is None:
        return translate("Reasons", "Has followed this before")
    if reason.count is None or reason.count < MANY:
        return translate("Reasons", "Followed {name} before").format(name=_name(named.other))
    return translate("Reasons", "Followed {name} {n} times").format(name=_name(named.other), n=reason.count)


def _similar(reason: Reason, named: Named) -> str:
    tags = ", ".join(reason.tags[:MOST_TAGS])
    tags = tags[:1].upper() + tags[1:]
    if named.other is None:
        return tags or translate("Reasons", "Like what you play now")
    if tags:
        return translate("Reasons", "{tags}, like {name}").format(tags=tags, name=_name(named.other))
    return translate("Reasons", "Close to {name}").format(name=_name(named.other))


def _new(reason: Reason, named: Named) -> str:
    if named.track.play_count:
        # Counted by another program, or before what was learned about the artist was forgotten.
        return translate("Reasons", "No plays to go by yet")
    if named.other is not None:
        return translate("Reasons", "New to you, like {name}").format(name=_name(named.other))
    if reason.tags:
        return translate("Reasons", "New to you: {tags}").format(tags=", ".join(reason.tags[:MOST_TAGS]))
    return translate("Reasons", "New to you")


def _liked(reason: Reason, named: Named) -> str:
    if named.track.thumb > 0:
        return translate("Reasons", "You gave it a thumb up")
    if reason.count is not None and reason.count >= MANY:
        return translate("Reasons", "Played {n} times").format(n=reason.count)
    return translate("Reasons", "Played before")


def _kin(_reason: Reason, named: Named) -> str:
    if named.other is None:
        return translate("Reasons", "Because of what you liked")
    return translate("Reasons", "Because you liked {name}").format(name=_name(named.other))


def _artist(reason: Reason, named: Named) -> str:
    artist = named.track.artist
    if not is_name(artist):
        return translate("Reasons", "More by this artist")
    if named.finished and named.by_artist >= FEW:
        text = translate("Reasons", "You've played {n} of {all} by {artist}")
        return text.format(n=named.finished, all=named.by_artist, artist=isolated(artist))
    return translate("Reasons", "You play {artist}").format(artist=isolated(artist))


def _album(_reason: Reason, named: Named) -> str:
    album = named.track.album if is_name(named.track.album) else ""
    return (
        translate("Reasons", "Next on “{album}”").format(album=isolated(album))
        if album
        else translate("Reasons", "Next on the album")
    )


def _session(_reason: Reason, named: Named) -> str:
    if named.other is None:
        return translate("Reasons", "Goes with this session")
    return translate("Reasons", "Played around {name}").format(name=_name(named.other))


def _long_ago(reason: Reason, _named: Named) -> str:
    if reason.days is None:
        return translate("Reasons", "Not played in a while")
    return translate("Reasons", "Not played for {span}").format(span=span(reason.days))


def _recent(reason: Reason, _named: Named) -> str:
    if reason.count is not None and reason.count >= MANY:
        return translate("Reasons", "Played lately, {n} times in all").format(n=reason.count)
    return translate("Reasons", "Played lately")


def _time_of_day(reason: Reason, _named: Named) -> str:
    part = day_part(reason.hour) if reason.hour is not None else -1
    return {
        0: translate("Reasons", "Often in the morning"),
        1: translate("Reasons", "Often in the afternoon"),
        2: translate("Reasons", "Often in the evening"),
        3: translate("Reasons", "Often at night"),
    }.get(part, translate("Reasons", "Often at this time of day"))


def _genre(reason: Reason, named: Named) -> str:
    genre = next(filter(is_name, named.track.genres), "")
    if not genre:
        return ""
    if reason.count is not None and reason.count >= MANY:
        text = translate("Reasons", "{genre}: {n} tracks to explore")
        return text.format(genre=isolated(genre), n=reason.count)
    return translate("Reasons", "{genre}: your only track").format(genre=isolated(genre))


def _sound(reason: Reason, _named: Named) -> str:
    tags = ", ".join(reason.tags[:MOST_TAGS])
    return tags[:1].upper() + tags[1:]


def _opener(_reason: Reason, named: Named) -> str:
    if not is_name(named.track.album):
        return ""
    return translate("Reasons", "Opens “{album}”").format(album=isolated(named.track.album))


def _collection(reason: Reason, named: Named) -> str:
    if not is_name(named.track.artist):
        return ""
    text = translate("Reasons", "You have {n} tracks by {artist}")
    return text.format(n=reason.count, artist=isolated(named.track.artist))


def _source(_reason: Reason, named: Named) -> str:
    album, beside = named.track.album, (named.track.artist.casefold(), named.track.title.casefold())
    if not is_name(album) or album.casefold() in beside:
        return ""
    return translate("Reasons", "From “{album}”").format(album=isolated(album))


def _length(_reason: Reason, named: Named) -> str:
    seconds = round(named.track.duration_ms / 1000)
    if seconds < LONG_S:
        text = translate("Reasons", "A short one, {m}:{s}")
        return text.format(m=seconds // 60, s=f"{seconds % 60:02d}")
    return translate("Reasons", "A long one, {m} minutes").format(m=seconds // 60)


def _decade(_reason: Reason, named: Named) -> str:
    if named.track.year is None:
        return ""
    return translate("Reasons", "From {year}").format(year=named.track.year)


_SENTENCES: dict[ReasonKind, Callable[[Reason, Named], str]] = {
    ReasonKind.FOLLOWS: _follows,
    ReasonKind.SIMILAR: _similar,
    ReasonKind.LIKED: _liked,
    ReasonKind.KIN: _kin,
    ReasonKind.ARTIST: _artist,
    ReasonKind.ALBUM: _album,
    ReasonKind.SESSION: _session,
    ReasonKind.LONG_AGO: _long_ago,
    ReasonKind.RECENT: _recent,
    ReasonKind.TIME_OF_DAY: _time_of_day,
    ReasonKind.ADDED: lambda _reason, _named: translate("Reasons", "New in your library"),
    ReasonKind.NEW: _new,
    ReasonKind.EXPLORE: _new,
    ReasonKind.VARIETY: lambda _reason, _named: translate("Reasons", "For a change"),
    ReasonKind.SOUND: _sound,
    ReasonKind.GENRE: _genre,
    ReasonKind.OPENER: _opener,
    ReasonKind.COLLECTION: _collection,
    ReasonKind.DECADE: _decade,
    ReasonKind.SOURCE: _source,
    ReasonKind.LENGTH: _length,
}

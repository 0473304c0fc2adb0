"""Reasons in plain sentences, with names instead of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from player.domain import ReasonKind, ReasonText, Track
from recommender import Reason

FEW = 3
"""An artist with fewer tracks gives no share worth saying ("1 of 1")."""

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
        hour: Local hour of the day at which it would play, 0 to 23.
    """

    track: Track
    other: Track | None = None
    finished: int = 0
    by_artist: int = 0
    hour: int = 12


def sentence(reason: Reason, named: Named) -> str:
    """One reason as a sentence without a full stop."""
    return _SENTENCES[ReasonKind(str(reason.kind))](reason, named)


def sentences(reasons: Sequence[Reason], named: Callable[[Reason], Named]) -> tuple[ReasonText, ...]:
    """All reasons, strongest first; what would be said twice is said once."""
    said: dict[str, ReasonText] = {}
    close_to = {reason.other for reason in reasons if reason.kind in _NEW and reason.other is not None}
    for reason in reasons:
        text = sentence(reason, named(reason))
        again = str(reason.kind) == ReasonKind.SIMILAR and reason.other in close_to
        if text not in said and not again:
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


def _name(track: Track) -> str:
    return f"“{track.title}”"


def _follows(reason: Reason, named: Named) -> str:
    if named.other is None:
        return translate("Reasons", "Usually follows what plays now")
    text = (
        translate("Reasons", "Followed {name} before")
        if reason.count == 1
        else translate("Reasons", "Usually follows {name}")
    )
    return text.format(name=_name(named.other))


def _similar(reason: Reason, named: Named) -> str:
    return _close(
        reason,
        named,
        alone=translate("Reasons", "Like what you play now"),
        close=translate("Reasons", "Close to {name}"),
        sound="{tags}",
    )


def _new(reason: Reason, named: Named) -> str:
    return _close(
        reason,
        named,
        alone=translate("Reasons", "New to you"),
        close=translate("Reasons", "New to you, close to {name}"),
        sound=translate("Reasons", "New to you: {tags}"),
    )


def _close(reason: Reason, named: Named, *, alone: str, close: str, sound: str) -> str:
    tags = ", ".join(reason.tags[:MOST_TAGS])
    if named.other is not None:
        text = close.format(name=_name(named.other))
        return f"{text} ({tags})" if tags else text
    if tags:
        text = sound.format(tags=tags)
        return text[:1].upper() + text[1:]
    return alone


def _liked(reason: Reason, named: Named) -> str:
    if named.track.thumb > 0:
        return translate("Reasons", "You gave it a thumb up")
    if reason.count is not None and reason.count > 1:
        return translate("Reasons", "You have played it {n} times").format(n=reason.count)
    return translate("Reasons", "You have played it before")


def _artist(reason: Reason, named: Named) -> str:
    artist = named.track.artist
    if not artist:
        return translate("Reasons", "More by this artist")
    if named.finished and named.by_artist >= FEW:
        text = translate("Reasons", "Because you finished {n} of {all} tracks by {artist}")
        return text.format(n=named.finished, all=named.by_artist, artist=artist)
    return translate("Reasons", "Because you play {artist}").format(artist=artist)


def _album(_reason: Reason, named: Named) -> str:
    album = named.track.album
    return (
        translate("Reasons", "“{album}” goes on").format(album=album)
        if album
        else translate("Reasons", "The album goes on")
    )


def _long_ago(reason: Reason, _named: Named) -> str:
    if reason.days is None:
        return translate("Reasons", "Not heard for long")
    return translate("Reasons", "Not heard for {span}").format(span=span(reason.days))


def _recent(reason: Reason, _named: Named) -> str:
    if reason.count is not None and reason.count > 1:
        return translate("Reasons", "On repeat these days: {n} times so far").format(n=reason.count)
    return translate("Reasons", "You have played it lately")


def _time_of_day(_reason: Reason, named: Named) -> str:
    if 5 <= named.hour < 11:
        return translate("Reasons", "Often played in the morning")
    if 11 <= named.hour < 17:
        return translate("Reasons", "Often played in the afternoon")
    if 17 <= named.hour < 22:
        return translate("Reasons", "Often played in the evening")
    return translate("Reasons", "Often played at night")


_SENTENCES: dict[ReasonKind, Callable[[Reason, Named], str]] = {
    ReasonKind.FOLLOWS: _follows,
    ReasonKind.SIMILAR: _similar,
    ReasonKind.LIKED: _liked,
    ReasonKind.ARTIST: _artist,
    ReasonKind.ALBUM: _album,
    ReasonKind.SESSION: lambda _reason, _named: translate("Reasons", "Goes with what you have been playing"),
    ReasonKind.LONG_AGO: _long_ago,
    ReasonKind.RECENT: _recent,
    ReasonKind.TIME_OF_DAY: _time_of_day,
    ReasonKind.NEW: _new,
    ReasonKind.EXPLORE: _new,
    ReasonKind.VARIETY: lambda _reason, _named: translate("Reasons", "For a change"),
}

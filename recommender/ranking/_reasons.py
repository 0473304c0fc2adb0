"""Why a track is in the queue: the largest contributions to its score, with the evidence behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from recommender._api import Reason, ReasonKind

SAID = 3
"""Reasons kept, at most."""
LEAST_SHARE = 0.08
"""A smaller part of the positive contributions is not worth saying."""
LEAST_OF_ALL = 0.05
"""Likewise, a thumb among them."""
LARGEST = 5
"""Only so many contributions, the largest, are reasons."""
RANKS = {"thumb": 0.2, "kin": 3.0}
"""A thumb is something the listener knows already: what else speaks for a track is said first, unless it is smaller.
What a thumb has just done to other tracks is what the listener looks for: it is said before what always speaks for
them, unless that is much larger."""
OFTEN = 1 / 3
"""Part of a track's plays that must lie in a part of the day (of four) to be often."""
RECENT_DAYS = 7.0
LONG_AGO_DAYS = 90.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about one candidate, in numbers worth saying.

    Attributes:
        plays: Times listened to.
        days: Days since it was last listened to; None when never.
        silent_days: Days since it was last begun, listened to or not; None when it was never listened to.
        follows: The item it usually follows here (what plays now); None without.
        follows_count: Times it followed that.
        together: In an earlier session it was played with what is played in this one.
        artist_plays: Times tracks of its artist were listened to.
        same_album: It is on the album of what plays now.
        hour: The listener's hour of the day, 0 to 23.
        at_this_time: Times it was listened to in that part of the day (`day_part`).
        alike: The recently played item it is most alike, and more so than any two tracks are; None without.
        tags: Words for how it sounds, the fittest first.
        liked: It has a thumb up.
        kin: An item that was given a thumb up lately and is by the same artist, or more like it than any two are.
    """

    plays: int = 0
    days: float | None = None
    silent_days: float | None = None
    follows: int | None = None
    follows_count: int = 0
    together: bool = False
    artist_plays: int = 0
    same_album: bool = False
    hour: int = 12
    at_this_time: int = 0
    alike: int | None = None
    tags: tuple[str, ...] = ()
    liked: bool = False
    kin: int | None = None


def reasons_for(
    contributions: Mapping[str, float], evidence: Evidence, why: ReasonKind | None = None
) -> tuple[Reason, ...]:
    """The reasons of one suggestion, strongest first; never empty.

    Args:
        contributions: What each group of features (`FeatureGroup` value: "memory", "sequence", …) added to the score,
            compared with an average candidate, and what the rules of the queue added ("thumb", "added", …).
        evidence: What is known about the candidate. A contribution without evidence for its words is not said.
        why: What the rules of the queue add (`Choice.why`): the album and discovery come first, variety last.
    """
    total = sum(value for value in contributions.values() if value > 0)
    said: dict[ReasonKind, Reason] = {}
    if why is not None and why is not ReasonKind.VARIETY:
        said[why] = _worded(why, 0.0, evidence)
    for group, value in _ordered(contributions):
        kind = _kind(group, evidence)
        if kind is None:
            continue
        share = value / total
        if kind in said:
            said[kind] = replace(said[kind], share=said[kind].share + share)
        elif len(said) < SAID:
            said[kind] = _worded(kind, share, evidence)
    if why is ReasonKind.VARIETY:
        said[why] = _worded(why, 0.0, evidence)
    if not said:
        return (_worded(_fallback(evidence), 1.0, evidence),)
    if evidence.liked and list(said) == [ReasonKind.LIKED]:
        return (*_beside_thumb(evidence), *said.values())
    return tuple(said.values())


def _ordered(contributions: Mapping[str, float]) -> list[tuple[str, float]]:
    """The contributions worth saying, in the order in which to say them."""
    positive = sorted((pair for pair in contributions.items() if pair[1] > 0), key=lambda pair: -pair[1])
    total = sum(value for _, value in positive)
    rest = total - max(0.0, contributions.get("thumb", 0.0))
    least = max(LEAST_SHARE * rest, LEAST_OF_ALL * total)
    worth = [(group, value) for group, value in positive[:LARGEST] if value >= least]
    return sorted(worth, key=lambda pair: -pair[1] * RANKS.get(pair[0], 1.0))


def _beside_thumb(evidence: Evidence) -> tuple[Reason, ...]:
    """What is true besides of a track for which only its thumb speaks."""
    kind = _memory(evidence)
    if kind in (ReasonKind.RECENT, ReasonKind.LONG_AGO):
        return (_worded(kind, 0.0, evidence),)
    return ()


def _kind(group: str, evidence: Evidence) -> ReasonKind | None:
    """The kind of reason a group's contribution is, or None when nothing true can be said about it."""
    if group == "memory":
        return _memory(evidence)
    if group == "sequence" and evidence.follows is not None and evidence.follows_count:
        return ReasonKind.FOLLOWS
    often = evidence.at_this_time > 1 and evidence.at_this_time >= OFTEN * evidence.plays
    conditions = {
        "sequence": (evidence.together, ReasonKind.SESSION),  # never right after this one, but among what is around it
        "session": (evidence.together, ReasonKind.SESSION),
        "artist": (evidence.artist_plays > 0, ReasonKind.ARTIST),
        "album": (evidence.same_album, ReasonKind.ALBUM),
        "skip": (evidence.plays > 1, ReasonKind.LIKED),
        "time": (often, ReasonKind.TIME_OF_DAY),
        "thumb": (evidence.liked, ReasonKind.LIKED),
        "kin": (evidence.kin is not None, ReasonKind.KIN),
        "added": (not evidence.plays, ReasonKind.ADDED),
        "content": (evidence.alike is not None, ReasonKind.SIMILAR),
    }
    true, kind = conditions.get(group, (False, ReasonKind.LIKED))
    return kind if true else None


def _memory(evidence: Evidence) -> ReasonKind:
    if evidence.days is None or not evidence.plays:
        return ReasonKind.NEW
    if evidence.days <= RECENT_DAYS:
        return ReasonKind.RECENT
    silent = evidence.days if evidence.silent_days is None else evidence.silent_days
    return ReasonKind.LONG_AGO if silent >= LONG_AGO_DAYS else ReasonKind.LIKED


def _fallback(evidence: Evidence) -> ReasonKind:
    return ReasonKind.LIKED if evidence.liked else _memory(evidence)


def _worded(kind: ReasonKind, share: float, evidence: Evidence) -> Reason:
    """A reason with those numbers that belong to its kind."""
    played: dict[str, Any] = {"count": evidence.plays, "days": evidence.days}
    sound: dict[str, Any] = {"other": evidence.alike, "tags": evidence.tags}
    numbers: dict[ReasonKind, dict[str, Any]] = {
        ReasonKind.FOLLOWS: {"other": evidence.follows, "count": evidence.follows_count},
        ReasonKind.KIN: {"other": evidence.kin},
        ReasonKind.ARTIST: {"count": evidence.artist_plays},
        ReasonKind.RECENT: played,
        ReasonKind.LONG_AGO: played,
        ReasonKind.LIKED: {"count": evidence.plays},
        ReasonKind.TIME_OF_DAY: {"count": evidence.at_this_time, "hour": evidence.hour},
        ReasonKind.SIMILAR: sound,
        ReasonKind.NEW: sound,
        ReasonKind.EXPLORE: sound,
    }
    return Reason(kind, share, **numbers.get(kind, {}))

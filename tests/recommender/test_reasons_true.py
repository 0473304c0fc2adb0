"""What reasons say is so, counted once more from the events, and is what the score owes most to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

import recommender._recommender as module
from recommender import (
    Artefact,
    Event,
    EventKind,
    PlaySource,
    Reason,
    ReasonKind,
    Recommender,
    Snapshot,
    Suggestion,
    SuggestRequest,
)
from recommender.ranking import Evidence, reasons_for
from tests.recommender.models.listening import HOUR, MONDAY
from tests.recommender.witness import PlainWitness

BASE = Path(__file__).parents[2] / "resources/models/base"
SIZE, DAYS = 200, 130
DAY = 24 * HOUR
GROUPS = {
    ReasonKind.FOLLOWS: {"sequence"},
    ReasonKind.SESSION: {"sequence", "session"},
    ReasonKind.ARTIST: {"artist"},
    ReasonKind.ALBUM: {"album"},
    ReasonKind.LIKED: {"memory", "skip", "thumb"},
    ReasonKind.RECENT: {"memory"},
    ReasonKind.LONG_AGO: {"memory"},
    ReasonKind.NEW: {"memory"},
    ReasonKind.TIME_OF_DAY: {"time"},
    ReasonKind.ADDED: {"added"},
    ReasonKind.SIMILAR: {"content"},
    ReasonKind.KIN: {"kin"},
}


def library() -> Snapshot:
    """Forty artists with an album of five tracks each that sound a little alike; the last two albums are new."""
    random = np.random.default_rng(5)
    sound = np.repeat(random.normal(size=(SIZE // 5, 12)), 5, axis=0) + random.normal(0, 0.4, (SIZE, 12))
    return Snapshot.build(
        np.arange(SIZE),
        artist=np.arange(SIZE) // 5,
        album=np.arange(SIZE) // 5,
        track_no=np.arange(SIZE) % 5 + 1,
        added_at=np.where(np.arange(SIZE) < SIZE - 10, MONDAY, MONDAY + (DAYS - 1) * DAY),
        content=sound.astype(np.float32),
        tags=random.random((SIZE, 6)),
        tag_names=("piano", "mellow", "rock", "jazz", "slow", "loud"),
    )


def life() -> list[Event]:
    """Four months: a habit every morning, favourites and strays in the evening, skips; some left behind early on."""
    random = np.random.default_rng(7)
    events = []
    for day in range(DAYS):
        morning = [0, 7, 14, 21, 28]
        evening = random.choice(120, 6, p=np.r_[np.full(20, 2.0), np.full(100, 0.4)] / 80).tolist()
        if day < 20:
            evening += random.choice(np.arange(120, 140), 3).tolist()
        for begin, items in ((6.5, morning), (20.0, evening)):
            at = MONDAY + day * DAY + int(begin * HOUR)
            for item in items:
                skipped = random.random() < 0.15
                kind = EventKind.SKIPPED if skipped else EventKind.PLAYED
                heard = 9_000 if skipped else 200_000
                events.append(Event(int(item), kind, at, heard, PlaySource.PICKED, 60))
                at += heard + 1_000
                if not skipped and random.random() < 0.04:
                    thumb = EventKind.THUMB_UP if random.random() < 0.9 else EventKind.THUMB_CLEARED
                    events.append(Event(int(item), thumb, at))
    return events


@dataclass(frozen=True)
class Told:
    """One suggestion.

    Attributes:
        witness: Who knows the truth at that moment.
        now: The moment.
        item: What was suggested.
        parts: What its score was made of.
        why: What the rules added.
        evidence: What was said to be known.
        reasons: What was said.
    """

    witness: PlainWitness
    now: int
    item: int
    parts: Mapping[str, float]
    why: ReasonKind | None
    evidence: Evidence
    reasons: tuple[Reason, ...]


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """Suggestions at moments all through that life."""
    made: list[tuple[Mapping[str, float], ReasonKind | None, Evidence, tuple[Reason, ...]]] = []

    def listen_in(parts: Mapping[str, float], evidence: Evidence, why: ReasonKind | None = None) -> tuple[Reason, ...]:
        made.append((dict(parts), why, evidence, reasons_for(parts, evidence, why)))
        return made[-1][-1]

    snapshot, events = library(), life()
    recommender = Recommender(snapshot, Artefact.load(BASE))
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "reasons_for", listen_in)
        patch.setattr(module, "varied", list)
        for place, event in enumerate(events):
            if place > 300 and place % 131 == 0:
                now, way = events[place - 1].at + 210_000, (-1.0, 0.0, 1.0)[place % 3]
                playing = event.item if place % 2 else None
                witness = PlainWitness(snapshot, events[:place], playing)
                made.clear()
                chosen = recommender.suggest(SuggestRequest(60, now, playing=playing, adventurousness=way))
                for one, parts in zip(chosen, made, strict=True):
                    assert one.reasons[: len(parts[-1])] == parts[-1]
                    assert witness.untrue(one, now) == []  # facts of the library too
                    found.append(Told(witness, now, one.item, *parts))
            recommender.observe(event)
    return found


def lies(one: Told, *reasons: Reason) -> list[str]:
    return one.witness.untrue(Suggestion(one.item, 0.0, reasons), one.now)


def test_every_reason_is_so(told: list[Told]) -> None:
    assert len(told) > 80
    assert [lie for one in told for lie in lies(one, *one.reasons)] == []


def test_every_reason_would_be_so_were_it_the_largest(told: list[Told]) -> None:
    """What another model would say of the same suggestions."""
    said: set[ReasonKind] = set()
    for one in told:
        for group in ("sequence", "session", "artist", "album", "skip", "time", "memory", "added", "content", "kin"):
            reasons = reasons_for({group: 1.0}, one.evidence)
            said |= {reason.kind for reason in reasons}
            if group == "added" and not one.parts["added"]:
                continue  # only a track that gained by it is told to be new in the library
            assert lies(one, *reasons) == []
    assert said >= set(GROUPS)
    assert any(0 < len(one.evidence.tags) < 3 for one in told)


@pytest.mark.parametrize("kind", [ReasonKind.FOLLOWS, ReasonKind.RECENT, ReasonKind.ARTIST, ReasonKind.TIME_OF_DAY])
def test_a_count_that_is_not_so_would_be_found(told: list[Told], kind: ReasonKind) -> None:
    groups = dict.fromkeys(GROUPS[kind], 1.0)
    said = [(one, reason) for one in told for reason in reasons_for(groups, one.evidence) if reason.kind is kind]
    one, reason = said[0]
    assert lies(one, reason) == []
    assert lies(one, replace(reason, count=(reason.count or 0) + 1))


def test_what_is_said_is_among_the_largest_contributions(told: list[Told]) -> None:
    for one in told:
        positive = sorted((value for value in one.parts.values() if value > 0), reverse=True)
        for reason in one.reasons:
            if reason.kind in (one.why, ReasonKind.VARIETY) or reason.share == 1.0:
                continue
            owed = [one.parts.get(group, 0.0) for group in GROUPS[reason.kind]]
            assert max(owed) >= positive[:5][-1]
            assert 0.05 < reason.share <= sum(value for value in owed if value > 0) / sum(positive) + 1e-6

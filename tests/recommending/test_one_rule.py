"""One rule says what was played and what was skipped: log, counters, columns, snapshot and "What was learned" agree."""

from itertools import product

import pytest

import recommender
from player import domain
from player.application.learned import learned_artists
from player.domain import EndReason, Ms, Outcome, PlayFinished, StartReason, TrackStarted, UtcMs, outcome
from player.recommending._snapshot import build_snapshot
from player.storage import Database
from recommender import EventKind
from recommender.ranking import _queue
from tests.storage.songs import NOW, song, store

LISTENED = (0, 9_999, 10_000, 14_000, 24_499, 24_500, 29_999, 30_000, 240_000)
LENGTHS = (0, 20_000, 49_000, 240_000)
CASES = tuple(product(LISTENED, EndReason, LENGTHS))


@pytest.mark.parametrize(
    ("listened", "ended", "length", "expected"),
    [
        (240_000, EndReason.FINISHED, 240_000, Outcome.PLAYED),
        (30_000, EndReason.SKIPPED, 240_000, Outcome.PLAYED),
        (29_999, EndReason.SKIPPED, 240_000, Outcome.SKIPPED),
        (20_000, EndReason.FINISHED, 20_000, Outcome.PLAYED),
        (14_000, EndReason.FINISHED, 49_000, Outcome.UNKNOWN),  # the end was reached by seeking
        (0, EndReason.FINISHED, 0, Outcome.PLAYED),  # its length is not known
        (29_000, EndReason.STOPPED, 240_000, Outcome.UNKNOWN),
        (0, None, 240_000, Outcome.UNKNOWN),
    ],
)
def test_the_rule(listened: int, ended: EndReason | None, length: int, expected: Outcome) -> None:
    assert outcome(listened, ended, length) is expected


def test_everybody_tells_the_same_of_every_play(database: Database) -> None:
    songs = [song(f"/{n}", title=f"Song {n}", artists=(f"Artist {n}",)) for n in range(len(CASES))]
    ids = store(database, *songs)
    for number, (track_id, (listened, ended, length)) in enumerate(zip(ids, CASES, strict=True)):
        at = UtcMs(NOW + number * 1_000_000)
        event = TrackStarted(track_id, at, Ms(length), StartReason.PICKED)
        key = database.plays.open(event)
        database.plays.close(key, PlayFinished(event, UtcMs(at + listened), Ms(listened), ended))
    expected = {
        track_id: outcome(listened, ended, length)
        for track_id, (listened, ended, length) in zip(ids, CASES, strict=True)
    }
    log = database.plays.log()
    rows = {
        track_id: Outcome.PLAYED if played else Outcome.SKIPPED if skipped else Outcome.UNKNOWN
        for track_id, played, skipped in zip(log.track_id.tolist(), log.played, log.skipped, strict=True)
    }
    assert rows == expected
    assert {play.track_id: play.outcome for play in database.plays.recent(len(CASES))} == expected
    counted = {track.id: track.skip_count for track in database.tracks.get(ids)}
    assert counted == {track_id: int(kind is Outcome.SKIPPED) for track_id, kind in expected.items()}
    snapshot = build_snapshot(database)
    kinds = {
        int(snapshot.item_ids[item]): EventKind(kind)
        for item, kind in zip(snapshot.plays.item, snapshot.plays.kind, strict=True)
    }
    assert kinds == {track_id: EventKind[kind.name] for track_id, kind in expected.items()}
    learned = {one.name: (one.plays, one.finished) for one in learned_artists(database)}
    told = {f"Artist {n}": kind for n, kind in enumerate(expected.values()) if kind is not Outcome.UNKNOWN}
    assert learned == {name: (1, int(kind is Outcome.PLAYED)) for name, kind in told.items()}


def test_constants_that_the_recommender_has_of_its_own_are_the_players() -> None:
    assert recommender.SESSION_GAP_MS == domain.SESSION_GAP_MS
    assert _queue.NOT_NOW_MS == domain.NOT_NOW_MS

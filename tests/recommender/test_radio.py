"""Radios from a track, an artist, an album, a playlist and a mood: near their seeds, and only what may be played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender import (
    Artefact,
    Event,
    EventKind,
    FloatArray,
    Marks,
    Plays,
    ReasonKind,
    Recommender,
    Snapshot,
    Suggestion,
    SuggestRequest,
)

BASE = Path(__file__).parents[2] / "resources/models/base"
MOODS, ARTISTS, ALBUMS, TRACKS = 4, 4, 2, 8
SIZE = MOODS * ARTISTS * ALBUMS * TRACKS
ITEM = np.arange(SIZE)
ALBUM = ITEM // TRACKS
ARTIST = ALBUM // ALBUMS
MOOD = ARTIST // ARTISTS
DAY = 86_400_000
NOW = 400 * DAY
SONG = 180_000
DISLIKED, AWAY = 20, 37


@pytest.fixture(scope="module")
def base() -> Artefact:
    """The shipped weights."""
    return Artefact.load(BASE)


def moods() -> FloatArray:
    """How much each of four words describes each track: its own more, and every track a little of all."""
    return (np.eye(MOODS)[MOOD] + np.random.default_rng(8).uniform(0, 0.6, (SIZE, MOODS))).astype(np.float32)


def sounds() -> FloatArray:
    """Every mood has a direction, every album one near it, every track one near that."""
    random = np.random.default_rng(7)
    content = random.normal(size=(MOODS, 12))[MOOD] + 0.5 * random.normal(size=(ALBUM.max() + 1, 12))[ALBUM]
    return (content + 0.4 * random.normal(size=(SIZE, 12))).astype(np.float32)


def within_moods() -> list[list[int]]:
    """Sixty sessions, each within a mood."""
    random = np.random.default_rng(6)
    return [random.choice(np.flatnonzero(day % MOODS == MOOD), 8, replace=False).tolist() for day in range(60)]


def library(*, sound: bool = True, sessions: list[list[int]] | None = None, **more: Any) -> Snapshot:
    """Four moods of four artists with two albums of eight tracks, and a session a day up to yesterday."""
    sessions = within_moods() if sessions is None else sessions
    times = [
        NOW - DAY * (len(sessions) - day) + n * SONG for day, each in enumerate(sessions) for n in range(len(each))
    ]
    columns = {
        "artist": ARTIST,
        "album": ALBUM,
        "track_no": ITEM % TRACKS + 1,
        "content": sounds() if sound else None,
        "tags": moods(),
        "tag_names": ("calm", "loud", "sad", "quick"),
        "available": ITEM != AWAY,
        "thumbs": Marks.build([DISLIKED], [NOW - DAY], [-1]),
        "plays": Plays.build([item for each in sessions for item in each], times),
    }
    return Snapshot.build(ITEM + 1000, **(columns | more))


SEEDS = {
    "track": [3],
    "artist": np.flatnonzero(ARTIST == 1).tolist()[:12],
    "album": np.flatnonzero(ALBUM == 2).tolist()[::-1],
    "playlist": [1, 25, 34, 50],
    "mood": np.argsort(-moods()[:, 0])[:12].tolist(),
}
"""All of the first mood."""


def suggested(recommender: Recommender, seeds: list[int], k: int = 20) -> list[Suggestion]:
    return recommender.suggest(SuggestRequest(k, NOW, like=seeds, seed=1))


def radio(recommender: Recommender, seeds: list[int], k: int = 20) -> list[int]:
    return [one.item for one in suggested(recommender, seeds, k)]


@pytest.mark.parametrize("sound", [True, False], ids=["with sound", "by the log alone"])
@pytest.mark.parametrize("kind", SEEDS)
def test_a_radio_is_near_its_seeds(base: Artefact, kind: str, sound: bool) -> None:
    items = radio(Recommender(library(sound=sound), base), SEEDS[kind])
    assert len(set(items)) == len(items) == 20
    assert np.mean(MOOD[items] == 0) >= 0.8
    assert not set(items) & {DISLIKED, AWAY, *SEEDS[kind]}


def test_without_any_log_sound_alone_serves(base: Artefact) -> None:
    items = radio(Recommender(library(sessions=[]), base), SEEDS["album"])
    assert np.mean(MOOD[items] == 0) >= 0.8


def test_without_log_and_sound_there_are_its_artists_and_then_nothing(base: Artefact) -> None:
    recommender = Recommender(library(sound=False, sessions=[], artist=np.where(ARTIST == 1, -1, ARTIST)), base)
    assert set(radio(recommender, [3, 40], 60)) == set(np.flatnonzero((ARTIST == 0) | (ARTIST == 2))) - {3, 40, AWAY}
    nobody = int(np.flatnonzero(ARTIST == 1)[0])
    assert set(radio(recommender, [nobody])) == set(np.flatnonzero(ALBUM[nobody] == ALBUM)) - {nobody, AWAY, DISLIKED}


@pytest.mark.parametrize("mood", range(MOODS))
def test_a_radio_of_a_mood_has_more_of_it_than_the_library(base: Artefact, mood: int) -> None:
    weight = moods()[:, mood]
    items = radio(Recommender(library(), base), np.argsort(-weight)[:12].tolist())
    assert np.mean(weight[items] > np.median(weight)) >= 0.9


def test_what_nobody_played_comes_in_where_it_sounds_like_the_seeds(base: Artefact) -> None:
    """The second album of every artist was never played."""
    heard = [[item for item in each if ALBUM[item] % ALBUMS == 0] for each in within_moods()]
    recommender = Recommender(library(sessions=heard), base)
    found = []
    for seeds in SEEDS.values():
        items = np.array(radio(recommender, [item for item in seeds if ALBUM[item] % ALBUMS == 0] or seeds))
        new = items[ALBUM[items] % ALBUMS == 1]
        assert len(new) >= 2
        found += new.tolist()
    assert np.mean(MOOD[found] == 0) >= 0.9


def test_sound_counts_beside_what_was_played_around(base: Artefact) -> None:
    """A track is always played among three of another mood: these are near, and so is what sounds like it."""
    always = [[64, 3, 80, 96] for _ in range(30)] + within_moods()
    items = radio(Recommender(library(sessions=always), base), [3])
    assert len({64, 80, 96} & set(items)) >= 2
    assert np.mean(MOOD[items] == 0) >= 0.6


def test_among_many_seeds_what_is_played_everywhere_does_not_drown_the_sound(base: Artefact) -> None:
    """A third of the library seeds; all of it is played at random, five favourites of another mood in every session."""
    random = np.random.default_rng(4)
    seeds = random.permutation(np.flatnonzero(MOOD < 2))[:90]
    favourites = np.array([200, 210, 220, 230, 240])
    sessions = [[*random.choice(SIZE, 5).tolist(), *random.permutation(favourites).tolist()] for _ in range(60)]
    items = radio(Recommender(library(sessions=sessions), base), seeds.tolist(), 12)
    assert not set(items) & {*seeds.tolist()}
    assert np.mean(MOOD[items] < 2) >= 0.8
    assert len(set(items) & {*favourites.tolist()}) <= 1


@pytest.mark.parametrize("kind", ["playlist", "mood"])
def test_artists_of_a_radio_alternate(base: Artefact, kind: str) -> None:
    artists = ARTIST[radio(Recommender(library(), base), SEEDS[kind])]
    assert len(np.unique(artists[:8])) >= 3
    assert np.mean(artists[1:] == artists[:-1]) <= 0.1


def test_a_radio_follows_thumbs_and_skips(base: Artefact) -> None:
    recommender = Recommender(library(), base)
    first = radio(recommender, SEEDS["track"], 6)
    recommender.observe(Event(first[0], EventKind.THUMB_DOWN, NOW))
    recommender.observe(Event(first[1], EventKind.SKIPPED, NOW, 4_000))
    assert not {first[0], first[1]} & set(radio(recommender, SEEDS["track"]))


def test_what_was_played_around_a_track_again_and_again_comes_at_once(base: Artefact) -> None:
    others = [[item, item + 1, item + 2] for item in range(16, 112, 3)]
    snapshot = library(sound=False, sessions=[*others, *[[40, 0, 80, 120]] * 4], thumbs=Marks.build([], [], []))
    items = radio(Recommender(snapshot, base), [0], 6)
    assert {40, 80, 120} <= set(items)
    assert set(ARTIST[[item for item in items if item not in (40, 80, 120)]].tolist()) == {0}


def test_what_was_played_around_a_track_once_fills_what_its_artist_leaves_open(base: Artefact) -> None:
    snapshot = library(sound=False, sessions=[[40, 0, 80, 120], [50, 60], [70, 90]])
    recommender = Recommender(snapshot, base)
    own = np.flatnonzero(ARTIST == 0).tolist()[1:]
    assert set(ARTIST[radio(recommender, [0], len(own))].tolist()) == {0}
    assert set(radio(recommender, [0], 40)) == {*own, 40, 80, 120}


@pytest.mark.parametrize("sound", [True, False], ids=["with sound", "by the log alone"])
def test_what_a_radio_says_is_so(base: Artefact, sound: bool) -> None:
    sessions = [*within_moods(), [3, 70, 100], [70, 3]]
    recommender = Recommender(library(sound=sound, sessions=sessions), base)
    content = sounds()
    unit = content / np.linalg.norm(content, axis=1, keepdims=True)
    cosines = unit @ unit.T
    usual = cosines[np.triu_indices(SIZE, 1)].mean()
    said = set()
    for seeds in ([3], [70], *SEEDS.values()):
        for one in suggested(recommender, seeds, 40):
            said |= {reason.kind for reason in one.reasons}
            for reason in one.reasons:
                if reason.kind is ReasonKind.SESSION:
                    assert any({one.item, reason.other} <= set(each) for each in sessions)
                if reason.kind is ReasonKind.SIMILAR:
                    alike = sound and cosines[one.item, reason.other] > usual
                    assert alike or ARTIST[one.item] == ARTIST[reason.other]
                if reason.kind in (ReasonKind.SESSION, ReasonKind.SIMILAR):
                    assert reason.other in seeds
                if reason.kind is ReasonKind.FOLLOWS:
                    assert reason.other == seeds[0]
    assert {ReasonKind.SESSION, ReasonKind.SIMILAR} <= said
    assert ReasonKind.ALBUM not in said


def test_a_track_only_played_around_the_seed_is_not_called_close_to_it(base: Artefact) -> None:
    others = [[item, item + 1] for item in range(16, 40)]
    recommender = Recommender(library(sound=False, sessions=[*others, *[[100, 3, 70]] * 3]), base)
    found = {one.item: one.reasons for one in suggested(recommender, [3])}
    for item in (70, 100):
        first = found[item][0]
        assert (first.kind, first.other) == (ReasonKind.SESSION, 3)
        assert ReasonKind.SIMILAR not in {reason.kind for reason in found[item]}

"""What was learned about one artist is forgotten, and remembered again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from player.domain import ArtistId, ModelVersion, Settings, StartReason, Suggestion, ThumbGiven, TrackId, UtcMs, now_ms
from player.paths import Profile
from player.recommending import Forgetter, IdleTrainer, Recorder, SuggestionService, build_snapshot
from player.recommending._ask import EXTRACTOR, Ask
from player.recommending._mind import Mind
from player.storage import Content
from player.workers import Lane
from recommender import Artefact
from tests.recommending.listening import Listener
from tests.recommending.world import HOUR_MS, World

NOW = now_ms()


def artist_id(world: World, artist: int) -> ArtistId:
    return world.by(artist)[0].artist_ids[0]


def places(world: World, chosen: list[Suggestion], artist: int) -> list[int]:
    return [place for place, one in enumerate(chosen) if world.artist_of(one.track_id) == f"Artist {artist}"]


def told(chosen: list[Suggestion]) -> list[tuple[TrackId, list[str]]]:
    return [(one.track_id, [reason.text for reason in one.reasons]) for one in chosen]


def live(world: World, *, artist: bool = True) -> None:
    """Three weeks in which artist 0 is the favourite; without the artist those plays are not there."""
    for day in range(21):
        for number in range(6):
            whom = 0 if number % 2 else 1 + (day + number) % 5
            at = NOW - (22 - day) * 24 * HOUR_MS + number * 210_000
            if artist or whom:
                track = world.by(whom)[(day + number) % 4]
                (world.skip if number == 2 else world.play)(track, at)


def test_it_is_as_if_the_artist_had_never_been_heard(world: World, profile: Profile) -> None:
    live(world)
    world.db.thumbs.give(ThumbGiven(world.by(0)[0].id, 1, NOW))
    world.db.thumbs.give(ThumbGiven(world.by(0)[1].id, -1, NOW))
    ask = Ask(20, UtcMs(NOW + 1_000))
    track = world.by(0)[0].id

    def chance() -> float:
        return Mind.load(world.db, profile).artist_shares([track], ask.now)[track]

    known = chance()
    world.db.fresh_starts.begin(artist_id(world, 0), UtcMs(NOW + 1))
    assert chance() < known / 2
    forgotten = Mind.load(world.db, profile).suggest(ask)
    everything = Mind.load(world.db, profile).suggest(Ask(len(world.tracks), ask.now))
    told_of = {reason for one in everything for reason in _by(world, one, 0)}
    assert "No plays to go by yet" in told_of
    assert not any(word in reason for reason in told_of for word in ("Finished", "Played", "thumb", "play "))
    # Somebody else, who has all those plays but those of the artist, is told the same.
    world.db.forget_listening()
    live(world, artist=False)
    same = Mind.load(world.db, profile).suggest(ask)
    assert [(one.track_id, one.score) for one in same] == [(one.track_id, one.score) for one in forgotten]
    assert [[reason.kind for reason in one.reasons] for one in same] == [
        [reason.kind for reason in one.reasons] for one in forgotten
    ]


def _by(world: World, one: Suggestion, artist: int) -> list[str]:
    return [reason.text for reason in one.reasons] if places(world, [one], artist) else []


def test_it_survives_a_restart_and_taking_it_back_restores_everything(world: World, profile: Profile) -> None:
    live(world)
    world.db.thumbs.give(ThumbGiven(world.by(0)[0].id, 1, NOW))
    ask = Ask(20, UtcMs(NOW + 1_000))
    before = Mind.load(world.db, profile).suggest(ask)
    plays = build_snapshot(world.db).plays
    world.db.fresh_starts.begin(artist_id(world, 0), UtcMs(NOW + 1))
    forgotten = Mind.load(world.db, profile).suggest(ask)
    # From what was kept of it, and from the database.
    assert told(Mind.load(world.db, profile).suggest(ask)) == told(forgotten) != told(before)
    (profile.cache / "recommender" / "start.npz").unlink()
    assert told(Mind.load(world.db, profile).suggest(ask)) == told(forgotten)
    world.db.fresh_starts.take_back(artist_id(world, 0))
    again = Mind.load(world.db, profile).suggest(ask)
    assert told(again) == told(before)
    assert [one.score for one in again] == [one.score for one in before]
    np.testing.assert_array_equal(build_snapshot(world.db).plays.item, plays.item)


def test_what_is_trained_from_holds_nothing_before_and_everything_since(world: World) -> None:
    live(world)
    world.db.fresh_starts.begin(artist_id(world, 0), UtcMs(NOW + 1))
    snapshot = build_snapshot(world.db)
    mine = np.flatnonzero(np.isin(snapshot.item_ids, [track.id for track in world.by(0)]))
    assert not np.isin(snapshot.plays.item, mine).any()
    assert len(snapshot.plays) == 63
    world.play(world.by(0)[2], NOW + 60_000)
    assert np.isin(build_snapshot(world.db).plays.item, mine).sum() == 1


def test_a_play_that_had_begun_before_teaches_nothing_when_it_ends(world: World, profile: Profile) -> None:
    live(world)
    finished = world.play(world.by(0)[3], NOW - 60_000)
    world.db.fresh_starts.begin(artist_id(world, 0), UtcMs(NOW))
    mind = Mind.load(world.db, profile)
    plays = mind.plays
    mind.heard(finished, 0)
    assert mind.plays == plays
    mind.heard(world.play(world.by(0)[3], NOW + 60_000), 0)
    assert mind.plays == plays + 1


def test_what_a_model_learned_by_heart_is_left_out_until_the_next_training(world: World, profile: Profile) -> None:
    live(world)
    snapshot = build_snapshot(world.db)
    for track in world.tracks:
        sound = np.random.default_rng(int(track.id)).normal(size=8).astype(np.float32)
        world.db.features.put(str(track.audio_key), Content(sound, EXTRACTOR), NOW)
    from recommender.models import AlsFactors  # noqa: PLC0415 - SciPy takes its time

    folder = profile.models / "own-1"
    base = Artefact.load(Path(__file__).parents[2] / "resources/models/base")
    tensors = {**base.tensors, **AlsFactors.fit(snapshot).tensors()}
    replace(base, version="own-1", tensors=tensors).save(folder)
    world.db.models.add(ModelVersion("own-1", UtcMs(NOW), 100, active=True))
    heard = {track.id for track in world.by(0)}

    def by_heart() -> set[int]:
        mind = Mind.load(world.db, profile)
        assert mind.version == "own-1"
        factors = mind._recommender._taste
        assert factors is not None
        return {int(mind._snapshot.item_ids[row]) for row in factors.items} & heard

    assert by_heart()
    world.db.fresh_starts.begin(artist_id(world, 0), UtcMs(NOW + 1))
    assert not by_heart()
    world.db.models.add(ModelVersion("own-1", UtcMs(NOW + 2), 100, active=True))
    assert by_heart()


@dataclass
class Setting:
    """A listener with all that forgets."""

    world: World
    listener: Listener
    service: SuggestionService
    forgetter: Forgetter


@pytest.fixture
def setting(world: World, tmp_path: Path, profile: Profile, qtbot: QtBot) -> Iterator[Setting]:
    live(world)
    listener = Listener(world.db, tmp_path)
    storage, inference = Lane("test storage"), Lane("test inference")
    recorder = Recorder(listener.controller, world.db, storage)
    settings = Settings(up_next_size=12)
    service = SuggestionService(world.db, storage, inference, listener.queue, listener.controller, profile, settings)
    trainer = IdleTrainer(world.db, storage, profile, settings)
    forgetter = Forgetter(world.db, storage, profile, trainer, recorder, service, lambda: None)
    yield Setting(world, listener, service, forgetter)
    listener.controller.close()
    for part in (service, recorder, trainer, inference, storage):
        part.close()


def test_up_next_follows_at_once(setting: Setting, qtbot: QtBot) -> None:
    world, queue = setting.world, setting.listener.queue
    whom = artist_id(world, 0)

    def after(run: str) -> tuple[int, float]:
        """How many tracks of the artist Up Next holds after that, and how likely the next one is."""
        with qtbot.waitSignals([setting.service.suggested, setting.forgetter.artist_changed], timeout=30_000):
            getattr(setting.forgetter, run)(whom)
        shares: list[dict[TrackId, float]] = []
        track = world.by(0)[0].id
        setting.service.leanings([track, TrackId(9_999)], shares.append)
        qtbot.waitUntil(lambda: bool(shares), timeout=30_000)
        assert shares[0].keys() == {track}
        return sum(world.artist_of(entry.track_id) == "Artist 0" for entry in queue.entries()), shares[0][track]

    with qtbot.waitSignal(setting.service.suggested, timeout=30_000):
        queue.play_now([world.by(1)[0].id], reason=StartReason.PICKED)
        setting.listener.pass_time(100)
    known = sum(world.artist_of(entry.track_id) == "Artist 0" for entry in queue.entries())
    forgotten, unlikely = after("forget_artist")
    remembered, likely = after("remember_artist")
    assert forgotten < known == remembered
    assert 0 < unlikely < likely / 2 < 1

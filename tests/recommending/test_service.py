"""Up Next while music plays: filled, refilled, and never empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.domain import Origin, Settings, StartReason, Track, TrackId, UtcMs, now_ms
from player.paths import Profile
from player.recommending import Recorder, SuggestionService
from player.recommending._ask import Judgement
from player.recommending._fallback import VERSION as NEIGHBOURS
from player.recommending._keeper import Keeper
from player.workers import Lane
from tests.bed.logs import ExpectLog
from tests.recommending.listening import Listener
from tests.recommending.world import World


@dataclass
class Setting:
    """A listener, the log and the service."""

    world: World
    listener: Listener
    storage: Lane
    inference: Lane
    recorder: Recorder
    service: SuggestionService
    qtbot: QtBot

    def asked(self) -> None:
        """Wait until the present questions are answered."""
        with self.qtbot.waitSignal(self.service.suggested, timeout=30_000):
            self.service.ask()

    def play(self, *tracks: Track, reason: StartReason = StartReason.PICKED) -> None:
        """Pick tracks and wait until Up Next is filled."""
        with self.qtbot.waitSignal(self.service.suggested, timeout=30_000):
            self.listener.queue.play_now([track.id for track in tracks], reason=reason)
            self.listener.pass_time(100)

    @property
    def suggested(self) -> list[int]:
        """The suggestions in the queue."""
        return [entry.track_id for entry in self.listener.queue.entries() if entry.origin is Origin.SUGGESTED]


@pytest.fixture
def setting(world: World, tmp_path: Path, profile: Profile, qtbot: QtBot) -> Iterator[Setting]:
    world.live(days=2)
    listener = Listener(world.db, tmp_path)
    storage, inference = Lane("test storage"), Lane("test inference")
    recorder = Recorder(listener.controller, world.db, storage)
    settings = Settings(up_next_size=10)
    service = SuggestionService(world.db, storage, inference, listener.queue, listener.controller, profile, settings)
    yield Setting(world, listener, storage, inference, recorder, service, qtbot)
    listener.controller.close()
    for part in (service, recorder, inference, storage):
        part.close()


def test_a_picked_track_is_followed_by_suggestions_with_reasons(setting: Setting) -> None:
    setting.play(setting.world.tracks[9])
    assert len(setting.suggested) == 10
    assert setting.world.tracks[9].id not in setting.suggested
    assert all(entry.suggestion and entry.suggestion.reasons for entry in setting.listener.queue.entries())
    assert setting.service.why(setting.listener.queue.entries()[0].track_id)
    assert setting.service.status.plays == 20
    assert setting.service.status.text == "Learning from 20 plays. Nothing leaves this computer."


def test_the_first_answer_does_not_wait_for_the_recommender(setting: Setting) -> None:
    setting.inference.submit(lambda: setting.storage.call(lambda: None))
    with setting.qtbot.waitSignal(setting.listener.queue.inserted, timeout=30_000):
        setting.service.ask()
    versions = {entry.suggestion.model_version for entry in setting.listener.queue.entries() if entry.suggestion}
    assert versions == {NEIGHBOURS}
    setting.asked()


def test_music_goes_on_and_up_next_stays_full(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    heard = [setting.listener.controller.playing]
    for _ in range(3):
        with setting.qtbot.waitSignal(setting.service.suggested, timeout=30_000):
            setting.listener.pass_time(2_050)
        heard.append(setting.listener.controller.playing)
        assert len(setting.suggested) == 10
    assert [event.reason for event in heard[1:] if event] == [StartReason.UP_NEXT] * 3
    assert all(event.model_version for event in heard[1:] if event)


def test_what_the_user_queued_is_left_alone(setting: Setting) -> None:
    queued = [track.id for track in setting.world.tracks[20:23]]
    setting.listener.queue.add(queued)
    setting.play(setting.world.tracks[0])
    assert [entry.track_id for entry in setting.listener.queue.entries()[:3]] == queued
    assert not set(queued) & set(setting.suggested)


def test_more_like_this_holds_until_something_else_is_picked(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    with setting.qtbot.waitSignal(setting.service.suggested, timeout=30_000):
        setting.service.more_like([setting.world.by(5)[0].id])
    assert setting.world.artist_of(setting.suggested[0]) == "Artist 5"
    setting.asked()
    assert setting.world.artist_of(setting.suggested[0]) == "Artist 5"
    setting.play(setting.world.by(2)[0])
    reasons = {reason.text for reason in setting.service.why(setting.suggested[0])}
    assert not any("Song 5.1.1" in reason for reason in reasons)


def test_asking_for_others_gives_others(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    before = setting.suggested
    with setting.qtbot.waitSignal(setting.service.suggested, timeout=30_000):
        setting.service.refresh()
    assert setting.suggested != before


def test_a_small_library_never_falls_silent(setting: Setting) -> None:
    few = [track.id for track in setting.world.tracks[4:]]
    setting.world.db.files.mark_missing(few, now_ms())
    for track in setting.world.tracks[:4]:
        setting.world.play(track, now_ms() - 10_000)
    setting.play(setting.world.tracks[0])
    assert set(setting.suggested) == {track.id for track in setting.world.tracks[1:4]}


def test_a_private_session_teaches_nothing(setting: Setting) -> None:
    setting.asked()
    setting.service.apply(Settings(up_next_size=10, private_session=True))
    assert setting.service.status.text == "Private session: nothing is learned."
    setting.play(*setting.world.tracks[:2])
    setting.listener.pass_time(2_050)
    setting.asked()
    assert setting.service.status.plays == 20


def test_what_began_in_private_stays_private(setting: Setting) -> None:
    setting.asked()
    setting.service.apply(Settings(up_next_size=10, private_session=True))
    setting.play(*setting.world.tracks[:2])
    setting.service.apply(Settings(up_next_size=10))
    setting.listener.pass_time(2_050)
    setting.asked()
    assert setting.service.status.plays == 20


def test_queueing_something_moves_up_next(setting: Setting) -> None:
    setting.play(setting.world.tracks[0])
    with setting.qtbot.waitSignal(setting.service.suggested, timeout=30_000):
        setting.listener.queue.add([track.id for track in setting.world.by(5)])
    assert not {track.id for track in setting.world.by(5)} & set(setting.suggested)


def test_new_tracks_are_taken_up(setting: Setting) -> None:
    setting.asked()
    setting.world.play(setting.world.tracks[0], now_ms() - 20_000)
    with setting.qtbot.waitSignal(setting.service.status_changed, timeout=30_000):
        setting.service.reload()
    assert setting.service.status.plays == 21


def test_a_failing_recommender_is_asked_again_and_neighbours_stand_in(
    setting: Setting, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expect_log("no suggestions; asked again in")
    expect_log("cannot be used")
    monkeypatch.setattr("player.recommending._mind.base_model", lambda: tmp_path / "nothing")
    setting.service._asker.retry_ms = 50
    with setting.qtbot.waitSignal(setting.listener.queue.inserted, timeout=30_000):
        setting.service.ask()
    assert len(setting.suggested) == 10
    setting.qtbot.waitUntil(lambda: setting.service._asker.retry_ms > 50, timeout=30_000)
    monkeypatch.undo()
    with setting.qtbot.waitSignal(setting.service.suggested, timeout=30_000):
        pass
    assert setting.service.status.model_version.startswith("base")


def test_what_is_queued_while_music_plays_is_wanted(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = setting.world.tracks
    learned: list[tuple[int, Judgement]] = []
    learn = Keeper.judged

    def watched(keeper: Keeper, track_id: TrackId, judgement: Judgement, at: UtcMs) -> None:
        learned.append((track_id, judgement))
        learn(keeper, track_id, judgement, at)

    monkeypatch.setattr(Keeper, "judged", watched)
    setting.listener.queue.add([tracks[5].id])  # nothing plays yet: as a queue that is brought back from last time
    setting.play(tracks[0])
    setting.listener.queue.add([tracks[7].id])
    moved = next(entry for entry in setting.listener.queue.entries() if entry.origin is Origin.SUGGESTED)
    setting.listener.queue.move(moved.id, 0)
    setting.listener.queue.add([track.id for track in tracks[10:20]])  # an album: not chosen one by one
    setting.service.apply(Settings(up_next_size=10, private_session=True))
    setting.listener.queue.add([tracks[30].id])
    setting.inference.call(lambda: None)
    assert learned == [(tracks[7].id, Judgement.WANTED), (moved.track_id, Judgement.WANTED)]


def test_going_back_from_a_suggestion_is_no_wish_for_it(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[Judgement] = []
    monkeypatch.setattr(Keeper, "judged", lambda _keeper, _track, judgement, _at: learned.append(judgement))
    queue = setting.listener.queue
    setting.play(setting.world.tracks[0])
    suggested = next(entry for entry in queue.entries() if entry.origin is Origin.SUGGESTED)
    queue.advance(suggested)
    queue.go_back()
    assert queue.entries()[0].id == suggested.id
    setting.inference.call(lambda: None)
    assert learned == []
    queue.add([setting.world.tracks[7].id])
    setting.inference.call(lambda: None)
    assert learned == [Judgement.WANTED]

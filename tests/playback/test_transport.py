"""The transport as a state machine: whatever the user does and in whatever order the engine reports it."""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from player.audio import EndCause, PlayEnded, Source
from player.domain import (
    EndReason,
    EntryId,
    Ms,
    Origin,
    PlayerState,
    PlayFinished,
    QueueEntry,
    StartReason,
    Track,
    TrackId,
    TrackStarted,
    UtcMs,
)
from player.playback import _transport_values as t
from player.playback._transport import MAX_FAILURES, step

WITH_CURRENT = {t.Phase.STARTING, t.Phase.SOUNDING, t.Phase.OVER}
LENGTH_MS = 1_000


def candidate(number: int, *, playable: bool = True, resume_ms: int = 0) -> t.Candidate:
    """Return what the queue offers: entry `number`, whose file plays or does not."""
    entry = QueueEntry(EntryId(number), TrackId(number), Origin.USER, StartReason.QUEUED)
    track = Track(TrackId(number), f"/{number}.flac", f"Track {number}", duration_ms=Ms(LENGTH_MS))
    return t.Candidate(entry, track, Source(track.path) if playable else None, resume_ms=resume_ms)


class World:
    """A queue and an engine that keep their contracts, and everything the transport told.

    Attributes:
        upcoming: What the queue offers, in order.
        given: Tokens the engine was given and has not ended, with whether it has begun them.
    """

    def __init__(self) -> None:
        self.state = t.TransportState()
        self.upcoming: list[t.Candidate] = []
        self.current: t.Candidate | None = None
        self.given: dict[int, bool] = {}
        self.clock = 1_000
        self.started: list[TrackStarted] = []
        self.finished: list[PlayFinished] = []
        self.failures: list[t.Failure] = []
        self.idled = 0
        self.stop_after = False

    def do(self, event: t.Event) -> None:
        """Step, and run the commands as `Controller` does."""
        self.state, commands = step(self.state, event)
        for command in commands:
            answer = self.run(command)
            if answer is not None:
                self.do(answer)

    def run(self, command: t.Command) -> t.Event | None:
        """Carry out one command; the answer where it asks."""
        match command:
            case t.PlayNow(_source, token):
                self.given.setdefault(token, False)
            case t.SetNext(source, token) if source is not None:
                assert token not in self.given
                self.given[token] = False
            case t.Advance(entry):
                self.advance(entry)
            case t.Drop(entry):
                self.upcoming = [other for other in self.upcoming if other.entry.id != entry.id]
            case t.StopAfterCurrent(on):
                self.stop_after = on
            case t.StartCurrent(passed, at_ms):
                wanted = self.current if self.current is not None and not passed else next(iter(self.upcoming), None)
                wanted = wanted or self.current
                return t.StartRequested(wanted, EndReason.REPLACED, at_ms) if wanted is not None else None
            case t.StartNext(leaving, automatic, paused):
                follower = self.follower(automatic=automatic)
                if follower is None:
                    return t.QueueExhausted(leaving, automatic)
                return t.StartRequested(follower, leaving, paused=paused)
            case t.FindFollower():
                return t.FollowerFound(self.follower(automatic=True))
            case _:
                self.hear(command)
        return None

    def hear(self, command: t.Command) -> None:
        """Note what is told."""
        match command:
            case t.ReportStarted(started):
                self.started.append(started)
            case t.ReportFinished(finished):
                self.finished.append(finished)
            case t.ReportFailure(failure):
                self.failures.append(failure)
            case t.ReportIdle():
                self.idled += 1

    def follower(self, *, automatic: bool) -> t.Candidate | None:
        """What plays next."""
        if automatic and self.stop_after:
            return None
        return next(iter(self.upcoming), None)

    def advance(self, entry: QueueEntry) -> None:
        """An entry is the current one."""
        known = [other for other in self.upcoming if other.entry.id == entry.id]
        self.upcoming = [other for other in self.upcoming if other.entry.id != entry.id]
        self.stop_after = False
        if known:
            self.current = known[0]

    def begin(self, token: int) -> None:
        """The engine begins a play it was given."""
        self.given[token] = True
        self.do(t.EngineStarted(token, UtcMs(self.clock)))

    def end(self, token: int, cause: EndCause, listened_ms: int = 0) -> None:
        """The engine ends a play."""
        del self.given[token]
        ended = PlayEnded(token, cause, Ms(listened_ms), Ms(listened_ms), "bad" if cause is EndCause.ERROR else "")
        self.do(t.EngineEnded(ended, UtcMs(self.clock)))

    def settle(self) -> None:
        """Let the engine do what it was told last: begin the current play, or end everything and fall silent."""
        current = self.state.current
        for token in sorted(self.given):
            if current is None or token < current.token:
                self.end(token, EndCause.STOPPED)
        if current is not None and self.given.get(current.token) is False:
            self.begin(current.token)
        self.do(t.EngineStateChanged(PlayerState.STOPPED if self.state.current is None else PlayerState.PLAYING))


class AnyOrder(RuleBasedStateMachine):
    """Every event of user, queue and engine may come at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.number = 0
        self.since: dict[int, int] = {}

    @rule(playable=st.booleans(), resume_ms=st.sampled_from([0, 0, 0, 400]))
    def queue(self, playable: bool, resume_ms: int) -> None:
        """Something is queued."""
        self.number += 1
        self.world.upcoming.append(candidate(self.number, playable=playable, resume_ms=resume_ms))
        self.world.do(t.QueueChanged())

    @rule()
    def clear(self) -> None:
        """The queue is cleared."""
        self.world.upcoming.clear()
        self.world.do(t.QueueChanged())

    @rule(paused=st.booleans())
    def pick(self, paused: bool) -> None:
        """A good track is picked."""
        self.number += 1
        picked = candidate(self.number)
        self.world.upcoming.insert(0, picked)
        self.world.do(t.StartRequested(picked, EndReason.REPLACED, paused=paused))

    @rule(
        event=st.sampled_from(
            [
                t.PlayPressed(),
                t.PausePressed(),
                t.StopPressed(),
                t.NextPressed(),
                t.Sought(300),
                t.Held(200),
                t.JoinChanged(),
                t.QueueChanged(),
            ]
        )
    )
    def press(self, event: t.Event) -> None:
        """A button is pressed, or something changes."""
        self.world.do(event)

    @rule(state=st.sampled_from(list(PlayerState)))
    def engine_state(self, state: PlayerState) -> None:
        """The engine reports a state."""
        self.world.do(t.EngineStateChanged(state))

    @rule(data=st.data())
    def begins(self, data: st.DataObject) -> None:
        """The engine begins something it was given."""
        waiting = [token for token, begun in self.world.given.items() if not begun]
        if waiting:
            token = data.draw(st.sampled_from(waiting))
            self.since[token] = self.world.clock
            self.world.begin(token)

    @rule(data=st.data(), cause=st.sampled_from(list(EndCause)))
    def ends(self, data: st.DataObject, cause: EndCause) -> None:
        """The engine ends something it was given."""
        if self.world.given:
            token = data.draw(st.sampled_from(sorted(self.world.given)))
            heard = self.world.clock - self.since[token] if self.world.given[token] else 0
            self.world.end(token, cause, heard)

    @rule(milliseconds=st.integers(1, 500))
    def time_passes(self, milliseconds: int) -> None:
        """The clock goes on."""
        self.world.clock += milliseconds

    @rule(token=st.integers(500, 510))
    def a_stranger_is_ignored(self, token: int) -> None:
        """A token nobody gave out changes nothing."""
        before = self.world.state
        self.world.do(t.EngineStarted(token, UtcMs(self.world.clock)))
        self.world.do(t.EngineEnded(PlayEnded(token, EndCause.FINISHED, Ms(1), Ms(1)), UtcMs(self.world.clock)))
        assert self.world.state == before

    @invariant()
    def a_current_play_in_its_phases_only(self) -> None:
        """Phase and current play agree."""
        state = self.world.state
        assert (state.current is not None) is (state.phase in WITH_CURRENT)
        if state.phase in (t.Phase.STARTING, t.Phase.SOUNDING):
            assert state.current is not None
            assert (state.current.started is not None) is (state.phase is t.Phase.SOUNDING)

    @invariant()
    def ahead_only_behind_a_current_play(self) -> None:
        """Something is set ahead of a current play only."""
        state = self.world.state
        if state.ahead is not None:
            assert state.current is not None
            assert state.current.token < state.ahead.token <= state.last_token
            assert state.ahead.started is None

    @invariant()
    def every_play_ends_at_most_once_and_after_its_start(self) -> None:
        """As the log needs it."""
        started, finished = Counter(self.world.started), Counter(event.start for event in self.world.finished)
        assert all(count == 1 for count in started.values())
        assert finished <= started

    @invariant()
    def listened_time_never_exceeds_the_clock(self) -> None:
        """Nobody hears more than there was time for."""
        for event in self.world.finished:
            assert 0 <= event.listened_ms <= event.ended_at - event.start.started_at

    @invariant()
    def a_stop_leads_out_of_every_state(self) -> None:
        """Stop works always."""
        if self.world.state.phase is not t.Phase.CLOSED:
            stopped, commands = step(self.world.state, t.StopPressed())
            assert stopped.phase is t.Phase.READY
            assert t.EngineCommand.STOP in commands

    @invariant()
    def failures_stay_below_the_limit(self) -> None:
        """Playing stops before."""
        assert self.world.state.failures < MAX_FAILURES

    def teardown(self) -> None:
        """From wherever it stands, a good track picked now is heard; then every play that was heard ends once."""
        good = candidate(1_000)
        self.world.upcoming.insert(0, good)
        self.world.do(t.StartRequested(good, EndReason.REPLACED))
        self.world.settle()
        assert self.world.state.phase is t.Phase.SOUNDING
        assert self.world.started[-1].track_id == 1_000
        self.world.do(t.Closing(Ms(0)))
        for token in list(self.world.given):
            self.world.end(token, EndCause.STOPPED)
        assert Counter(event.start for event in self.world.finished) == Counter(self.world.started)
        assert self.world.finished[-1].reason is EndReason.QUIT
        assert self.world.state.plays == ()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def sounding(*numbers: int) -> World:
    """Return a world in which the first of these is heard and the others are queued."""
    world = World()
    world.upcoming = [candidate(number) for number in numbers]
    world.do(t.NextPressed())
    world.settle()
    assert world.state.phase is t.Phase.SOUNDING
    return world


def current(world: World) -> int | None:
    """Return the number of the current track."""
    return int(world.state.current.track.id) if world.state.current is not None else None


def test_a_play_set_ahead_takes_over_when_it_is_heard() -> None:
    world = sounding(1, 2)
    assert world.state.ahead is not None
    world.begin(world.state.ahead.token)
    assert current(world) == 2
    assert world.state.ahead is None


def test_a_stop_reaches_a_play_the_engine_has_begun_meanwhile() -> None:
    world = sounding(1, 2)
    assert world.state.ahead is not None
    ahead = world.state.ahead.token
    world.do(t.StopPressed())
    world.begin(ahead)
    assert world.state.phase is t.Phase.READY
    world.end(ahead, EndCause.STOPPED)
    assert [event.reason for event in world.finished] == [EndReason.STOPPED]


def test_a_play_on_its_way_when_the_engine_fell_silent_becomes_the_current_one() -> None:
    world = sounding(1, 2)
    first, second = sorted(world.given)
    world.upcoming.clear()
    world.do(t.QueueChanged())
    world.do(t.EngineStateChanged(PlayerState.STOPPED))
    world.end(first, EndCause.FINISHED)
    assert world.state.phase is t.Phase.RAN_OUT
    world.begin(second)
    assert current(world) == 2


def test_playing_again_after_the_last_track_was_heard_out_goes_on_with_what_came_since() -> None:
    world = sounding(1)
    world.do(t.EngineStateChanged(PlayerState.STOPPED))
    world.end(next(iter(world.given)), EndCause.FINISHED)
    assert world.idled == 1
    world.upcoming.append(candidate(2))
    world.do(t.PlayPressed())
    assert current(world) == 2


def test_after_a_stop_the_same_track_plays_again() -> None:
    world = sounding(1, 2)
    world.do(t.StopPressed())
    world.do(t.PlayPressed())
    assert current(world) == 1


def test_too_many_failures_behind_a_track_that_sounds_are_told_at_its_end() -> None:
    world = sounding(1)
    for number in range(2, 3 + MAX_FAILURES):
        world.upcoming.append(candidate(number))
        world.do(t.QueueChanged())
        if world.state.ahead is not None:
            world.end(world.state.ahead.token, EndCause.ERROR)
    assert world.stop_after
    assert len(world.failures) == MAX_FAILURES - 1
    world.do(t.EngineStateChanged(PlayerState.STOPPED))
    world.end(min(world.given), EndCause.FINISHED)
    assert world.failures[-1].final
    assert not world.stop_after


def test_a_long_track_that_goes_on_where_it_was_left_is_not_set_ahead() -> None:
    world = sounding(1)
    world.upcoming.append(replace(candidate(2), resume_ms=500))
    world.do(t.QueueChanged())
    assert world.state.ahead is None
    world.do(t.EngineStateChanged(PlayerState.STOPPED))
    world.end(min(world.given), EndCause.FINISHED)
    assert world.state.current is not None
    assert world.state.current.at_ms == 500

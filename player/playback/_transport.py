"""The transport as a pure function: `step(state, event)` gives the next state and what is to be done.

Nothing here knows of Qt, of time or of the library; `Controller` holds the state, passes events in and runs the
commands in order. The phases and what leads from one to another (a user's stop leads from every phase to READY, and
`StartRequested` from every phase but CLOSED to STARTING):

    READY, PASSED, RAN_OUT --play, next, a picked track--> STARTING
    STARTING --first sample heard--> SOUNDING
    STARTING, SOUNDING --ended by itself, or failed--> OVER
    OVER --the play set ahead is heard--> SOUNDING
    OVER --the engine falls silent--> RAN_OUT --something follows--> STARTING
    SOUNDING --the play set ahead is heard (gapless, crossfade)--> SOUNDING
    STARTING, SOUNDING, OVER --skipped, and nothing follows--> PASSED
    RAN_OUT --a play that was already on its way is heard--> SOUNDING
    every phase --the player ends--> CLOSED

The engine decides what sounds: a play set ahead that it has begun is the current one, whatever was asked meanwhile,
except after a stop, which the engine carries out for that play, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from player.audio import EndCause, PlayEnded
from player.domain import EndReason, Ms, PlayerState, PlayFinished, StartReason, TrackStarted, UtcMs
from player.playback._transport_values import (
    Advance,
    Candidate,
    Closing,
    Command,
    Drop,
    EngineCommand,
    EngineEnded,
    EngineStarted,
    EngineStateChanged,
    Event,
    Failure,
    FindFollower,
    FollowerFound,
    GainChanged,
    Held,
    JoinChanged,
    NextPressed,
    PausePressed,
    Phase,
    Play,
    PlayNow,
    PlayPressed,
    QueueChanged,
    QueueExhausted,
    RememberPosition,
    ReportFailure,
    ReportFinished,
    ReportIdle,
    ReportPosition,
    ReportStarted,
    ReportUnplayable,
    Seek,
    SetGain,
    SetNext,
    Sought,
    StartCurrent,
    StartNext,
    StartRequested,
    StopAfterCurrent,
    StopPressed,
    TransportState,
)

Step = tuple[TransportState, tuple[Command, ...]]

MAX_FAILURES = 10
"""Number of tracks that may fail in a row before playing stops."""

_REASONS = {
    EndCause.FINISHED: EndReason.FINISHED,
    EndCause.REPLACED: EndReason.REPLACED,
    EndCause.STOPPED: EndReason.STOPPED,
    EndCause.ERROR: EndReason.ERROR,
}
_BY_ITSELF = (EndCause.FINISHED, EndCause.ERROR)


def step(state: TransportState, event: Event) -> Step:  # noqa: PLR0911, PLR0912 - one row a kind of event
    """Return the state after `event`, and the commands to run in order. A closed transport hears the engine only."""
    if state.phase is Phase.CLOSED and not isinstance(event, EngineStarted | EngineEnded | EngineStateChanged):
        return state, ()
    match event:
        case PlayPressed():
            return _play(state)
        case PausePressed():
            return replace(state, pause_next=state.current is not None), (EngineCommand.PAUSE,)
        case StopPressed():
            return _end(state, EndReason.STOPPED)
        case NextPressed():
            return state, (StartNext(EndReason.SKIPPED, automatic=False),)
        case Sought(position_ms):
            return _seek(state, position_ms)
        case Held():
            return _hold(state, event)
        case Closing():
            return _close(state, event)
        case StartRequested():
            return _start(state, event)
        case QueueExhausted():
            return _exhausted(state, event)
        case FollowerFound(candidate):
            return _set_ahead(state, candidate)
        case QueueChanged():
            return state, (FindFollower(),) if state.current is not None else ()
        case JoinChanged():
            return _then(_forget_ahead(state), lambda now: (now, (FindFollower(),)))
        case GainChanged():
            return _change_gain(state, event)
        case EngineStarted(token, at):
            return _started(state, token, at)
        case EngineEnded(ended, at):
            return _then(_ended(state, ended, at), _check_silent)
        case EngineStateChanged(engine):
            return _check_silent(replace(state, engine=engine))


def _then(done: Step, change: Callable[[TransportState], Step]) -> Step:
    """One step after another, as one."""
    state, commands = done
    state, more = change(state)
    return state, commands + more


# What the user does


def _play(state: TransportState) -> Step:
    state = replace(state, pause_next=False)
    if state.current is not None:
        return state, (EngineCommand.RESUME,)
    passed = state.phase in (Phase.PASSED, Phase.RAN_OUT)
    return state, (StartCurrent(passed, state.held_at),)


def _seek(state: TransportState, position_ms: int) -> Step:
    if state.current is not None:
        return state, (Seek(position_ms),)
    return _hold(state, Held(position_ms)) if state.held_at is not None else (state, ())


def _hold(state: TransportState, event: Held) -> Step:
    phase = Phase.READY if state.current is None else state.phase
    return replace(state, phase=phase, held_at=Ms(event.position_ms)), (ReportPosition(event.position_ms),)


def _close(state: TransportState, event: Closing) -> Step:
    held = event.position_ms if state.current is not None else state.held_at
    state = _leave(state, EndReason.QUIT)
    return replace(state, phase=Phase.CLOSED, current=None, ahead=None, held_at=held), (EngineCommand.CLOSE,)


def _end(state: TransportState, reason: EndReason) -> Step:
    """End the current play; nothing follows. A track skipped at the end of the queue is not played again."""
    phase = Phase.PASSED if reason is EndReason.SKIPPED else Phase.READY
    state = replace(_leave(state, reason), phase=phase, current=None, ahead=None, held_at=None)
    return _then(_forgive((state, (EngineCommand.STOP,))), lambda now: (now, (ReportIdle(),)))


def _leave(state: TransportState, reason: EndReason) -> TransportState:
    """Note why the plays that the engine will end are left: each for the first reason there was."""

    def left(play: Play) -> Play:
        concerned = play.leaving is None and (play.started is not None or play is state.current)
        return replace(play, leaving=reason) if concerned else play

    others = tuple(left(play) for play in state.plays)
    current = next((play for play in others if state.current and play.token == state.current.token), None)
    return replace(state, current=current, others=others)


# Starting and following


def _start(state: TransportState, event: StartRequested) -> Step:
    """Play a candidate now, or name what is wrong with it and go on to the next one."""
    candidate = event.candidate
    state = replace(state, held_at=None, pause_next=event.paused)
    if state.current is None:
        state = replace(state, phase=Phase.READY)
    if candidate.track is None or candidate.source is None:
        return _then((state, (Advance(candidate.entry),)), lambda now: _pass_over(now, event))
    at_ms = candidate.resume_ms if event.at_ms is None else event.at_ms
    state, commands = _give(_leave(state, event.leaving), candidate, at_ms)
    play = state.current
    assert play is not None
    begin: tuple[Command, ...] = (
        PlayNow(play.source, play.token, at_ms, event.paused),
        Advance(candidate.entry),
    )
    return _then(_forgive((state, commands + begin)), lambda now: (now, (FindFollower(),)))


def _give(state: TransportState, candidate: Candidate, at_ms: int) -> Step:
    """Make a candidate the current play; one that is set ahead already keeps its token, being decoded."""
    ahead = state.ahead
    assert candidate.track is not None
    assert candidate.source is not None
    if ahead is not None and ahead.entry.id == candidate.entry.id and at_ms == 0:
        play = replace(ahead, reason=candidate.entry.start_reason, source=candidate.source, at_ms=at_ms)
        return replace(state, phase=Phase.STARTING, current=play, ahead=None, others=state.plays), ()
    state, commands = _forget_ahead(state)
    state, play = _new_play(state, candidate, at_ms)
    return replace(state, phase=Phase.STARTING, current=play), commands


def _new_play(state: TransportState, candidate: Candidate, at_ms: int = 0) -> tuple[TransportState, Play]:
    """Return a play of a candidate under a token of its own; the present ones are kept among the others."""
    assert candidate.track is not None
    assert candidate.source is not None
    token = state.last_token + 1
    entry = candidate.entry
    play = Play(token, entry, candidate.track, candidate.source, entry.start_reason, at_ms, candidate.album)
    return replace(state, last_token=token, others=state.plays), play


def _set_ahead(state: TransportState, candidate: Candidate | None) -> Step:
    """Set what follows in the engine, where that has changed.

    A long track that goes on where it was left cannot be set ahead; it starts when the current play ends, and so
    does a track that cannot be played, which is named then.
    """
    if state.current is None or state.current.leaving is not None:
        return state, ()
    if state.ahead is not None and candidate is not None and state.ahead.entry.id == candidate.entry.id:
        return state, ()
    state, commands = _forget_ahead(state)
    if candidate is None or candidate.source is None or candidate.resume_ms:
        return state, commands
    state, play = _new_play(state, candidate)
    following = SetNext(play.source, play.token, candidate.crossfade_ms)
    return replace(state, ahead=play), (*commands, following)


def _forget_ahead(state: TransportState) -> Step:
    """Nothing follows. The play stays known: the engine may have begun it already."""
    if state.ahead is None:
        return state, ()
    return replace(state, ahead=None, others=state.plays), (SetNext(None),)


def _exhausted(state: TransportState, event: QueueExhausted) -> Step:
    if not event.automatic:
        return _end(state, event.leaving)
    failure, state = state.last_failure, replace(state, last_failure=None)
    report = (ReportFailure(failure),) if failure is not None else ()
    return state, (StopAfterCurrent(on=False), *report, ReportIdle())


def _change_gain(state: TransportState, event: GainChanged) -> Step:
    current, ahead = (
        replace(play, source=event.source) if play is not None and play.token == event.token else play
        for play in (state.current, state.ahead)
    )
    change = SetGain(event.token, event.source.gain_db, event.over_ms)
    return replace(state, current=current, ahead=ahead), (change,)


# What the engine reports


def _started(state: TransportState, token: int, at: UtcMs) -> Step:
    play = next((play for play in state.plays if play.token == token), None)
    if play is None or play.started is not None:
        return state, ()
    suggestion = play.entry.suggestion if play.reason is StartReason.UP_NEXT else None
    started = TrackStarted(
        play.track.id,
        at,
        play.track.duration_ms,
        play.reason,
        state.heard,
        suggestion.model_version if suggestion else None,
        suggestion.score if suggestion else None,
    )
    play = replace(play, started=started)
    state = replace(state, heard=state.heard + 1)
    commands: tuple[Command, ...] = ()
    if token > state.current.token if state.current is not None else state.phase is Phase.RAN_OUT:
        commands = (Advance(play.entry),)
        state = replace(state, current=play, phase=Phase.SOUNDING)
    elif state.current is not None and state.current.token == token:
        state = replace(state, current=play, phase=Phase.SOUNDING)
    others = tuple(play if other.token == token else other for other in state.plays)
    if state.current is play:  # what was set before it and was not heard never will be
        others = tuple(other for other in others if other.token > token or other.started is not None)
    ahead = state.ahead if state.ahead is not None and state.ahead.token > token else None
    state = replace(state, ahead=ahead, others=others)
    return state, (*commands, ReportStarted(started), FindFollower())


def _ended(state: TransportState, ended: PlayEnded, at: UtcMs) -> Step:
    play = next((play for play in state.plays if play.token == ended.token), None)
    if play is None:
        return state, ()
    was_current = state.current is not None and state.current.token == play.token
    was_ahead = state.ahead is not None and state.ahead.token == play.token
    state = replace(state, others=tuple(other for other in state.others if other.token != play.token))
    if was_ahead:
        state = replace(state, ahead=None)
    done: Step = (state, ())
    if play.started is not None:
        done = _report(state, play, play.started, ended, at)
    if was_current:
        return _then(done, lambda now: _current_ended(now, play, ended))
    if was_ahead and ended.cause is EndCause.ERROR:
        unplayable = (ReportUnplayable(play.track, ended.message), Drop(play.entry))
        return _then(_add(done, *unplayable), lambda now: _failed(now, play, ended.message))
    return done


def _report(state: TransportState, play: Play, started: TrackStarted, ended: PlayEnded, at: UtcMs) -> Step:
    """Report a play that was heard; what is set ahead may go on elsewhere in its file now, so it is looked up anew."""
    by_itself = ended.cause in _BY_ITSELF or play.leaving is None
    reason = _REASONS[ended.cause] if by_itself or play.leaving is None else play.leaving
    finished = ended.cause is EndCause.FINISHED
    state = state if reason is EndReason.ERROR else replace(state, failures=0)
    commands: tuple[Command, ...] = (RememberPosition(play.track, int(ended.position_ms), finished),)
    done: Step = (state, commands)
    if state.ahead is not None and state.ahead.track.id == play.track.id:
        done = _add(_then(done, _forget_ahead), FindFollower())
    return _add(done, ReportFinished(PlayFinished(started, at, ended.listened_ms, reason, ended.message)))


def _current_ended(state: TransportState, play: Play, ended: PlayEnded) -> Step:
    """The engine goes on with what is set ahead or falls silent.

    A play that we end is not the current one any more when the engine reports its end.
    """
    state = replace(state, phase=Phase.OVER)
    if ended.cause is EndCause.ERROR:
        return _then(
            (state, (ReportUnplayable(play.track, ended.message),)), lambda now: _failed(now, play, ended.message)
        )
    return state, ()


def _check_silent(state: TransportState) -> Step:
    """The engine reports the end of a play and its falling silent in either order."""
    if state.phase is not Phase.OVER or state.ahead is not None or state.engine is not PlayerState.STOPPED:
        return state, ()
    state = replace(state, phase=Phase.RAN_OUT, current=None)
    # A pause that came when the track was at its end already is kept: the next one waits.
    return state, (StartNext(EndReason.FINISHED, automatic=True, paused=state.pause_next),)


# What cannot be played


def _pass_over(state: TransportState, event: StartRequested) -> Step:
    """The track that was to start is known to be unplayable: say so and start the next one."""
    state, commands = _count_failure(state, Failure(event.candidate.track, "", state.failures + 1))
    if not state.failures:
        return state, commands
    return state, (*commands, StartNext(event.leaving, automatic=False, paused=state.pause_next))


def _failed(state: TransportState, play: Play, message: str) -> Step:
    return _count_failure(state, Failure(play.track, message, state.failures + 1))


def _count_failure(state: TransportState, failure: Failure) -> Step:
    """Report a failure. The next track follows by itself, unless too many have failed.

    What sounds is heard to its end, whatever fails behind it.
    """
    if failure.row < MAX_FAILURES:
        return replace(state, failures=failure.row), (ReportFailure(failure),)
    failure = replace(failure, final=True)
    state = replace(state, failures=0)
    if state.phase is Phase.SOUNDING:
        return replace(state, last_failure=failure), (StopAfterCurrent(on=True),)
    return _then((state, (ReportFailure(failure),)), lambda now: _end(now, EndReason.ERROR))


def _forgive(done: Step) -> Step:
    """Somebody goes on, or stops, before what sounds was at its end, which was to be the last."""
    state, commands = done
    if state.last_failure is None:
        return done
    return replace(state, last_failure=None), (*commands, StopAfterCurrent(on=False))


def _add(done: Step, *commands: Command) -> Step:
    state, before = done
    return state, before + commands

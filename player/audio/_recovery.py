"""What the player wants to hear, and how to go on with it when the sound process is gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from player.audio._events import Event
from player.audio._values import (
    PROCESS_LOST,
    PROCESS_LOST_AGAIN,
    EndCause,
    Heard,
    Now,
    PlayEnded,
    Source,
    to_ms,
)
from player.domain import PlayerState


@dataclass(frozen=True, slots=True)
class Follower:
    """What `set_next` set."""

    source: Source
    token: int
    crossfade_ms: int


@dataclass(slots=True)
class Given:
    """What the player has asked for, by the commands it gave and the events that it heard.

    Commands are numbered per sound process; `obeyed` says which of them were carried out.

    Attributes:
        sources: Plays given and not ended, by token.
        started: Those of them that began to sound.
        wanted: The play that is to sound.
        starts_s: Where it starts in its source, in seconds.
        following: What is set to follow.
        paused: Whether the player wants silence.
        ran_out: Whether the last play ended by itself and nothing followed: what is set then begins at once.
        late: Whether the wanted play was set that way and has not begun to sound.
    """

    sources: dict[int, Source] = field(default_factory=dict)
    started: set[int] = field(default_factory=set)
    wanted: int | None = None
    starts_s: float = 0.0
    following: Follower | None = None
    paused: bool = False
    ran_out: bool = False
    late: bool = False
    _obeyed: int = 0
    _wanted_by: int = 0
    _stopped_by: int = 0
    _sought_by: int = 0
    _sought_s: float = 0.0
    _restored: set[int] = field(default_factory=set)
    _fatal: Counter[str] = field(default_factory=Counter)

    @property
    def fresh(self) -> bool:
        """Whether the wanted play was asked for by a command that may not have been carried out."""
        return self._wanted_by > self._obeyed

    @property
    def stopping(self) -> bool:
        """Whether a stop may not have been carried out."""
        return self._stopped_by > self._obeyed

    def note(self, name: str, arguments: tuple[Any, ...], number: int) -> None:
        """Take note of a command that is given."""
        match name, arguments:
            case "play", (source, token, at_ms, paused) if token != self.wanted:
                self._want(source, token, at_ms / 1000, number)
                self.paused, self.late, self.ran_out = paused, False, False
                if self.following is not None and self.following.token == token:
                    self.following = None
            case "set_next", (source, token, crossfade_ms) if token != self.wanted or source is None:
                self._set_next(source, token, crossfade_ms, number)
            case "pause", _:
                self.paused = True
            case "resume", _:
                self.paused = False
            case "stop", _:
                self._stopped_by = number
                self.following, self.ran_out, self.late = None, False, False
            case "seek", (position_ms,):
                self._sought_by, self._sought_s = number, position_ms / 1000
            case "set_gain", (token, gain_db, _) if token in self.sources:
                self.sources[token] = replace(self.sources[token], gain_db=gain_db)

    def obey(self, number: int) -> None:
        """Take note of how many commands were carried out."""
        self._obeyed = number

    def happened(self, event: Event, value: Any) -> None:
        """Take note of an event."""
        match event:
            case Event.STARTED:
                self.started.add(value)
                if self.following is not None and self.following.token == value:
                    self.following = None
                if not self.fresh:
                    self.wanted, self.starts_s, self.late = value, 0.0, False
            case Event.ENDED:
                self._forget(value)

    def renumber(self, number: int) -> None:
        """Take note that another sound process was given all that is wanted, by commands up to this number."""
        self._obeyed = self._stopped_by = self._sought_by = 0
        self._wanted_by = number

    def recover(self, now: Now, at: float, *, blamed: int | None, hung: bool, innocent: bool = False) -> Recovery:
        """Return how to go on with another sound process, as one was gone at an instant of `time.monotonic()`.

        The play to blame is the one whose decoder crashed, else the wanted one; of a process that hung already when
        another play was asked for, the one before. A paused play is blamed the second time only.

        Args:
            now: What the process told last.
            at: When it was gone; until then its queued sound was heard, if it hung.
            blamed: The play whose decoder crashed, where known.
            hung: Whether it hung.
            innocent: Whether no play can be to blame.
        """
        heard = {play.token: now.heard(play, at) for play in (now.present, *now.others) if play is not None}
        heard = {token: play for token, play in heard.items() if token in self.started or token == self.wanted}
        present = now.present.token if now.present is not None else None
        fatal = None if innocent else self._to_blame(blamed, present, hung=hung)
        events: list[tuple[Event, object]] = []
        for token, play in heard.items():
            if token == self.wanted or token not in self.sources:
                continue
            usual = EndCause.REPLACED if token == present else EndCause.FINISHED
            events.append(self._end(play, fatal, EndCause.STOPPED if self.stopping else usual))
        if self.wanted is not None and (self.stopping or self.wanted == fatal):
            play = heard.get(self.wanted, Heard(self.wanted, position_s=self.starts_s))
            if self.stopping:
                events.append(self._end(play, None, EndCause.STOPPED))
            else:
                over = play.complete and play.queued_s <= 0.0
                events.append(self._end(play, None if over else fatal, EndCause.FINISHED))
        elif self.following is not None and self.following.token == fatal:
            events.append(self._end(Heard(fatal), fatal, EndCause.ERROR))
        if self.stopping:
            self.ran_out = False
        return self._go_on(heard, events, now, at)

    def give_up(self, now: Now, at: float) -> Recovery:
        """Return the end of everything: there is no sound process to go on with."""
        present = now.present
        events: list[tuple[Event, object]] = []
        if self.wanted is not None:
            play = present if present and present.token == self.wanted else Heard(self.wanted)
            events.append((Event.ENDED, play.ending(EndCause.ERROR, PROCESS_LOST)))
        self.sources.clear()
        self.started.clear()
        self.wanted, self.following = None, None
        self.ran_out = self.late = self.paused = False
        return Recovery((), tuple(events), Now(at=at, silent=now.silent), PlayerState.STOPPED)

    # -- in detail

    def _want(self, source: Source, token: int, at_s: float, number: int) -> None:
        self.sources[token] = source
        self.wanted, self.starts_s, self._wanted_by = token, at_s, number
        self._stopped_by = self._sought_by = 0

    def _set_next(self, source: Source | None, token: int, crossfade_ms: int, number: int) -> None:
        if self.following is not None:
            self.sources.pop(self.following.token, None)
            self.following = None
        if self.late and self.wanted is not None:
            self.sources.pop(self.wanted, None)
            self.wanted, self.late, self.ran_out = None, False, True
        if source is None:
            return
        if self.ran_out:
            self._want(source, token, 0.0, number)
            self.late, self.ran_out = True, False
        else:
            self.sources[token] = source
            self.following = Follower(source, token, crossfade_ms)

    def _forget(self, ended: PlayEnded) -> None:
        self.sources.pop(ended.token, None)
        self.started.discard(ended.token)
        self._restored.discard(ended.token)
        if self.following is not None and self.following.token == ended.token:
            self.following = None
        if self.wanted == ended.token:
            self.wanted, self.late = None, False
            by_itself = ended.cause in (EndCause.FINISHED, EndCause.ERROR)
            self.ran_out = by_itself and self.following is None

    def _to_blame(self, blamed: int | None, present: int | None, *, hung: bool) -> int | None:
        if blamed is not None and blamed in self.sources:
            return blamed
        if self.wanted is None:
            return None
        if self.fresh and hung and present is not None and present in self.sources and present != self.wanted:
            return present
        if self.paused and not self.fresh and self.wanted not in self._restored:
            return None
        return self.wanted

    def _end(self, play: Heard, fatal: int | None, cause: EndCause) -> tuple[Event, PlayEnded]:
        message = ""
        if play.token == fatal:
            path = self.sources[fatal].path
            self._fatal[path] += 1
            cause, message = EndCause.ERROR, PROCESS_LOST if self._fatal[path] == 1 else PROCESS_LOST_AGAIN
        ended = play.ending(cause, message)
        self._forget(ended)
        return Event.ENDED, ended

    def _go_on(self, heard: dict[int, Heard], events: list[tuple[Event, object]], now: Now, at: float) -> Recovery:
        commands: list[tuple[Any, ...]] = []
        if self.wanted is None and self.following is not None and not self.stopping:
            follower, self.following = self.following, None
            self._want(follower.source, follower.token, 0.0, 0)
        token = self.wanted
        if token is None:
            if self.ran_out:
                commands.append(("run_out",))
            state = PlayerState.STOPPED
            return Recovery(tuple(commands), tuple(events), Now(at=at, silent=now.silent), state)
        play = heard.get(token, Heard(token, token in self.started, None, self.starts_s))
        if self._sought_by > self._obeyed:
            play = replace(play, position_s=self._sought_s)
        if token in heard:
            self._restored.add(token)
            place = (play.position_s, play.heard_s, token in self.started, self.paused)
            commands.append(("restore", self.sources[token], token, *place))
        else:
            commands.append(("play", self.sources[token], token, int(to_ms(play.position_s)), self.paused))
        if self.following is not None:
            follower = self.following
            commands.append(("set_next", follower.source, follower.token, follower.crossfade_ms))
        state = PlayerState.PAUSED if self.paused else PlayerState.PLAYING
        present = replace(play, begins_s=0.0, queued_s=0.0, complete=False)
        return Recovery(tuple(commands), tuple(events), Now(present, at=at, silent=now.silent), state)


@dataclass(frozen=True, slots=True)
class Recovery:
    """How to go on with another sound process.

    Attributes:
        commands: What it is to be told: name and arguments.
        events: What is to be told the player.
        now: What is heard until the other process says so.
        state: The player's state meanwhile.
    """

    commands: tuple[tuple[Any, ...], ...]
    events: tuple[tuple[Event, object], ...]
    now: Now
    state: PlayerState

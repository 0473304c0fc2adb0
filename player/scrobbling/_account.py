"""One service and its account: who is signed in, what waits to be sent, when to try again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from player.domain import KnownError, UtcMs, now_ms
from player.scrobbling._calls import (
    MOST_AT_ONCE,
    Accepted,
    Call,
    MisunderstoodError,
    NoConnectionError,
    RefusedError,
    Reply,
    TryLaterError,
    UnauthorisedError,
)
from player.scrobbling._web import Web
from player.storage import Database, Listen, ScrobbleAccount
from player.workers import Lane

logger = logging.getLogger(__name__)

WAITS_S = (30.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0)
"""How long to wait after the first, second … failure in a row."""
OFFLINE_WAITS = 4
"""Without a connection the waits grow no longer than this many of them: it may be back any minute."""
LONGEST_WAIT_S = 86_400.0
DAY_LIMIT_WAIT_S = 7_200.0
MOST_REFUSED = 3
"""When so many plays in a row are refused, it may be the service that is wrong, and not the plays."""


class Service(Protocol):
    """What an account needs of a service: requests to make, answers to read. Does nothing itself."""

    def check(self) -> Call:
        """Ask who is signed in."""

    def user(self, reply: Reply) -> str:
        """Who that is."""

    def playing_now(self, listen: Listen) -> Call:
        """Say what plays."""

    def submit(self, listens: Sequence[Listen]) -> Call:
        """Tell plays."""

    def accepted(self, reply: Reply, listens: Sequence[Listen]) -> Accepted:
        """What became of them."""


class Trouble(StrEnum):
    """Why nothing can be sent now."""

    NONE = ""
    NOT_SIGNED_IN = "not signed in"
    """Nobody has signed in yet."""
    UNAUTHORISED = "unauthorised"
    """The service does not know the token or session any more."""
    OFFLINE = "offline"
    """No answer comes."""
    BUSY = "busy"
    """The service has no time, or wants no more for now."""
    MISUNDERSTOOD = "misunderstood"
    """What answers is no such service: not the right address, say."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """How an account stands.

    Attributes:
        on: Whether the user wants plays to be sent.
        ready: Whether somebody is signed in.
        user: Name at the service, empty while unknown.
        waiting: Plays that wait to be sent.
        sent: Plays sent so far.
        ignored: Plays that the service did not want.
        last_sent_at: When plays were sent last, None before the first.
        trouble: Why nothing can be sent now.
        detail: What the service or the system said about it.
        again_at: When it is tried again, None where nothing is planned.
        kept: Whether a keyring keeps the token; else it is gone when the player ends.
    """

    on: bool = False
    ready: bool = False
    user: str = ""
    waiting: int = 0
    sent: int = 0
    ignored: int = 0
    last_sent_at: UtcMs | None = None
    trouble: Trouble = Trouble.NONE
    detail: str = ""
    again_at: UtcMs | None = None
    kept: bool = True


class Account(QObject):
    """Sends the plays of the log to one service, from where it has come to; nothing is lost, whatever happens.

    How far it has come is one number beside the log; it moves when the service has taken what was sent. Failures are
    followed by ever longer waits, or what the service asks for.

    Signals:
        changed(AccountState): It stands differently.

    Args:
        name: Short name of the service; its place in the log is kept under it.
        db: The database.
        storage_lane: Where it is read and written.
        web: Sends requests.
        waits_s: How long to wait after failures.
        parent: Qt parent.
    """

    changed = Signal(object)

    def __init__(
        self,
        name: str,
        db: Database,
        storage_lane: Lane,
        web: Web,
        waits_s: Sequence[float] = WAITS_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._db = db
        self._lane = storage_lane
        self._web = web
        self._waits_s = tuple(waits_s)
        self._service: Service | None = None
        self._state = AccountState()
        self._round = 0  # answers to what was asked before it was raised are void
        self._busy = False
        self._asked = False  # to look once more when what is under way is done
        self._failures = 0
        self._singly = 0  # so many plays go one by one: together they were refused
        self._refusals = 0
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._try_again)

    @property
    def state(self) -> AccountState:
        """How it stands."""
        return self._state

    def use(self, service: Service | None, *, on: bool, kept: bool = True) -> None:
        """Send to this service from now on, if `on`; None while nobody is signed in."""
        self._stop()
        self._service = service
        trouble = Trouble.NOT_SIGNED_IN if on and service is None else Trouble.NONE
        self._show(on=on, ready=service is not None, kept=kept, trouble=trouble, detail="", again_at=None)
        self.look()

    def begin(self) -> None:
        """Only plays from now on are told: for when the user turns it on. Written before anything that follows."""
        self._lane.submit(lambda: self._put(cursor=self._db.scrobbles.end()))

    def look(self) -> None:
        """See what waits, and send it unless a later time is planned."""
        if self._busy:
            self._asked = True
        if not self._state.on or self._busy:
            return
        self._busy = True
        round_ = self._round
        self._lane.submit(
            self._read, done=lambda found: self._found(round_, *found), failed=lambda error: self._lost(round_, error)
        )

    def reload(self) -> None:
        """The log was deleted or replaced: what was asked before is void."""
        self._stop()
        self._show(waiting=0, sent=0, ignored=0, last_sent_at=None, user="")
        self.look()

    def check(self, done: Callable[[], None] = lambda: None) -> None:
        """Ask the service who is signed in; `changed` tells, then `done` is called. What waits is tried at once."""
        service = self._service
        if service is None:
            return
        self._stop()
        round_ = self._round
        self._web.send(service.check(), lambda reply: self._checked(round_, service, reply, done))

    def playing_now(self, listen: Listen) -> None:
        """Say what plays; nothing is tried twice, and nothing while there is trouble."""
        if self._state.on and self._service is not None and self._state.trouble is Trouble.NONE:
            self._web.send(self._service.playing_now(listen), _let_pass)

    def close(self) -> None:
        """Plan nothing more."""
        self._stop()

    def complain(self, error: KnownError) -> None:
        """Show a failure of signing in."""
        self._show(trouble=_trouble_of(error), detail=str(error), again_at=None)

    # In the storage lane.

    def _read(self) -> tuple[ScrobbleAccount, list[Listen], int]:
        """What is known of the account, the next plays, how many wait."""
        known = self._db.scrobbles.account(self.name)
        if known.cursor > (newest := self._db.scrobbles.newest()):  # an older database was put back
            known = self._put(cursor=newest)
        waiting, count = self._db.scrobbles.waiting(known.cursor, MOST_AT_ONCE), self._db.scrobbles.count(known.cursor)
        return known, waiting, count

    def _put(self, **values: Any) -> ScrobbleAccount:
        account = replace(self._db.scrobbles.account(self.name), **values)
        self._db.scrobbles.save_account(self.name, account)
        return account

    def _advance(self, before: int, after: int, sent: int, ignored: int) -> None:
        """Plays up to `after` are told; unless the log was deleted meanwhile."""
        known = self._db.scrobbles.account(self.name)
        if known.cursor == before:
            self._put(cursor=after, last_sent_at=now_ms(), sent=known.sent + sent, ignored=known.ignored + ignored)

    # On the GUI thread again.

    def _found(self, round_: int, known: ScrobbleAccount, listens: list[Listen], count: int) -> None:
        if round_ != self._round:
            return
        cursor = known.cursor
        self._show(
            waiting=count, last_sent_at=known.last_sent_at, user=known.user, sent=known.sent, ignored=known.ignored
        )
        service = self._service
        if not listens or service is None or self._again.isActive() or self._state.trouble is Trouble.UNAUTHORISED:
            self._rest()
            return
        batch = listens[:1] if self._singly else listens
        self._web.send(service.submit(batch), lambda reply: self._answered(round_, service, cursor, batch, reply))

    def _lost(self, round_: int, error: Exception) -> None:
        logger.error("what waits to be sent to %s cannot be read", self.name, exc_info=error)
        if round_ == self._round:
            self._busy = False

    def _answered(self, round_: int, service: Service, cursor: int, batch: list[Listen], reply: Reply) -> None:
        if round_ != self._round:
            return
        try:
            accepted = self._taken(service, batch, reply)
        except KnownError as error:
            self._fail(error)
            return
        self._failures = 0
        self._singly = max(self._singly - accepted.done, 0)
        if accepted.later:
            self._wait(DAY_LIMIT_WAIT_S, trouble=Trouble.BUSY, detail="")
        elif accepted.done:
            self._show(trouble=Trouble.NONE, detail="", again_at=None)
        if accepted.done:
            last, sent = batch[accepted.done - 1].id, accepted.done - accepted.ignored
            self._lane.submit(
                lambda: self._advance(cursor, last, sent, accepted.ignored),
                done=lambda _none: self._go_on(round_),
                failed=lambda error: self._lost(round_, error),
            )
        else:
            self._go_on(round_)

    def _taken(self, service: Service, batch: list[Listen], reply: Reply) -> Accepted:
        """What became of a batch.

        One play can spoil a whole request: they go one by one, and the one that is refused is passed over.
        """
        try:
            accepted = service.accepted(reply, batch)
        except RefusedError as error:
            if len(batch) > 1:
                self._singly = len(batch)
                return Accepted(0)
            self._refusals += 1
            if self._refusals > MOST_REFUSED:
                raise MisunderstoodError(str(error)) from error
            logger.info("%s refuses play %s: %s", self.name, batch[0].id, error)
            return Accepted(1, ignored=1)
        self._refusals = 0
        return accepted

    def _go_on(self, round_: int) -> None:
        if round_ == self._round:
            self._asked = True
            self._rest()

    def _rest(self) -> None:
        """Nothing is under way; look once more if that was asked for meanwhile."""
        again, self._busy, self._asked = self._asked, False, False
        if again:
            self.look()

    def _checked(self, round_: int, service: Service, reply: Reply, done: Callable[[], None]) -> None:
        if round_ != self._round:
            return
        try:
            user = service.user(reply)
        except KnownError as error:
            self._fail(error)
        else:
            self._show(user=user, trouble=Trouble.NONE, detail="", again_at=None)
            self._lane.submit(lambda: self._put(user=user), done=lambda _none: self.look())
        done()

    def _fail(self, error: KnownError) -> None:
        self._busy = False
        trouble = _trouble_of(error)
        logger.info("%s: %s (%s)", self.name, trouble, error)
        if trouble is Trouble.UNAUTHORISED:
            self._show(trouble=trouble, detail=str(error), again_at=None)
            return
        steps = self._waits_s[:OFFLINE_WAITS] if trouble is Trouble.OFFLINE else self._waits_s
        self._refusals = 0
        planned = steps[min(self._failures, len(steps) - 1)]
        self._failures += 1
        asked = error.wait_s if isinstance(error, TryLaterError) else None
        self._wait(max(planned, asked or 0.0), trouble=trouble, detail=str(error))

    def _wait(self, seconds: float, *, trouble: Trouble, detail: str) -> None:
        milliseconds = int(min(seconds, LONGEST_WAIT_S) * 1000)
        self._again.start(milliseconds)
        self._show(trouble=trouble, detail=detail, again_at=UtcMs(now_ms() + milliseconds))

    def _try_again(self) -> None:
        self._show(again_at=None)
        self.look()

    def _stop(self) -> None:
        """What is under way is void, nothing is planned."""
        self._round += 1
        self._busy = False
        self._asked = False
        self._failures = 0
        self._singly = 0
        self._refusals = 0
        self._again.stop()

    def _show(self, **changes: Any) -> None:
        state = replace(self._state, **changes)
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def _trouble_of(error: KnownError) -> Trouble:
    kinds = {NoConnectionError: Trouble.OFFLINE, TryLaterError: Trouble.BUSY, UnauthorisedError: Trouble.UNAUTHORISED}
    return kinds.get(type(error), Trouble.MISUNDERSTOOD)


def _let_pass(reply: Reply) -> None:
    logger.debug("what plays was told: %s %s", reply.status, reply.problem)

"""What the tests of the queue share: a view that follows it by its signals alone, and short words."""

from player.domain import EntryId, ReasonKind, ReasonText, Suggestion, TrackId
from player.playback import PlayQueue, QueueEdit


class Follower:
    """Rebuilds the rows from the announced steps, as an item model does."""

    def __init__(self, queue: PlayQueue) -> None:
        self.queue = queue
        self.rows = list(queue.entries())
        self.steps: list[str] = []
        self._step: tuple[str, int, int, int] | None = None
        queue.inserting.connect(lambda first, last: self._begin("insert", first, last))
        queue.removing.connect(lambda first, last: self._begin("remove", first, last))
        queue.moving.connect(lambda first, last, dest: self._begin("move", first, last, dest))
        queue.updated.connect(self._update)
        for signal in (queue.inserted, queue.removed, queue.moved):
            signal.connect(self._end)

    def _begin(self, kind: str, first: int, last: int, dest: int = -1) -> None:
        assert self._step is None
        assert list(self.queue.entries()) == self.rows
        self._step = (kind, first, last, dest)

    def _end(self) -> None:
        assert self._step is not None
        kind, first, last, dest = self._step
        self._step = None
        self.steps.append(kind)
        if kind == "insert":
            self.rows[first:first] = self.queue.entries()[first : last + 1]
        elif kind == "remove":
            del self.rows[first : last + 1]
        else:
            assert not first <= dest <= last + 1
            entry = self.rows.pop(first)
            self.rows.insert(dest if dest < first else dest - 1, entry)
        assert list(self.queue.entries()) == self.rows

    def _update(self, first: int, last: int) -> None:
        self.rows[first : last + 1] = self.queue.entries()[first : last + 1]


class Edits:
    """The user's changes of a queue, to be taken back and done again as the undo history does."""

    def __init__(self, queue: PlayQueue) -> None:
        self.queue = queue
        self.done: list[QueueEdit] = []
        self.undone: list[QueueEdit] = []
        queue.edited.connect(self._add)

    @property
    def text(self) -> str:
        """The newest change."""
        return self.done[-1].text if self.done else ""

    def undo(self) -> None:
        """Take the newest change back."""
        if self.done:
            self.undone.append(self.done.pop())
            self.queue.revert(self.undone[-1])

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self.undone:
            self.done.append(self.undone.pop())
            self.queue.reapply(self.done[-1])

    def _add(self, edit: QueueEdit) -> None:
        self.done.append(edit)
        self.undone.clear()


def suggestion(track: int, score: float = 1.0) -> Suggestion:
    """A suggestion with one reason."""
    return Suggestion(TrackId(track), score, (ReasonText(ReasonKind.NEW, "New to you", 1.0),), "v1")


def suggestions(*tracks: int) -> list[Suggestion]:
    """Suggestions in order."""
    return [suggestion(track) for track in tracks]


def tracks(queue: PlayQueue) -> list[int]:
    """The tracks to come."""
    return [int(entry.track_id) for entry in queue.entries()]


def play_through(queue: PlayQueue, times: int = 1) -> list[int]:
    """Let `times` tracks end by themselves; tells what sounded then."""
    heard = []
    for _ in range(times):
        entry = queue.peek()
        if entry is None:
            break
        queue.advance(entry)
        heard.append(int(entry.track_id))
    return heard


def ids(*numbers: int) -> list[TrackId]:
    """Track ids."""
    return [TrackId(number) for number in numbers]


def entry_of(queue: PlayQueue, track: int) -> EntryId:
    """The upcoming entry of a track."""
    return next(entry.id for entry in queue.entries() if entry.track_id == track)

"""Keeps the mind in the inference lane: made when first needed, made anew when the library or the model changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from player.domain import PlayFinished, Suggestion, TrackId, UtcMs, now_ms
from player.paths import Profile
from player.recommending._ask import Ask, Judgement, seed_of_the_day
from player.storage import Database

if TYPE_CHECKING:
    from player.recommending._mind import Mind

REMEMBERED = 50


class Keeper:
    """The mind and what was heard lately. To be used in the inference lane only, after construction.

    Args:
        db: The database.
        profile: Where trained models are.
    """

    def __init__(self, db: Database, profile: Profile) -> None:
        self._db = db
        self._profile = profile
        self._mind: Mind | None = None
        self._answered = False
        self._tasted = False
        self._recent: deque[tuple[PlayFinished, int]] = deque(maxlen=REMEMBERED)

    def mind(self) -> Mind:
        """The mind, made now if there is none.

        Raises:
            ModelError: there is no model to use.
            ProfileError: the database cannot be read.
        """
        if self._mind is None:
            from player.recommending._mind import Mind  # noqa: PLC0415 - ONNX Runtime and SciPy take their time

            self._mind = Mind.load(self._db, self._profile)
            self._answered = self._tasted = False
            for event, utc_offset_min in self._recent:
                # The log may not have held the last plays yet when it was read.
                self._mind.heard(event, utc_offset_min)
        return self._mind

    def forget(self) -> None:
        """The library or the model has changed: the next question is answered by a new mind."""
        self._mind = None

    def forget_heard(self) -> None:
        """What was heard lately counts no more."""
        self._recent.clear()

    def heard(self, event: PlayFinished, utc_offset_min: int) -> None:
        """A play has ended."""
        self._recent.append((event, utc_offset_min))
        if self._mind is not None:
            self._mind.heard(event, utc_offset_min)

    def judged(self, track_id: TrackId, judgement: Judgement, at: UtcMs) -> None:
        """A thumb or a "not now". It is in the database before a new mind is made from that."""
        if self._mind is not None:
            self._mind.judged(track_id, judgement, at)

    def suggest(self, ask: Ask) -> list[Suggestion]:
        """As many suggestions as were asked for, as long as the library holds so many tracks.

        When the recommender finds fewer, in a small library where everything was heard a moment
        ago, neighbours in the library fill the rest: silence would be worse.
        """
        chosen = self._after_first_queue().suggest(ask)
        if ask.focus and len(chosen) < ask.k:
            ask = replace(ask, focus=())
            chosen += self.mind().suggest(_less(ask, chosen))
        if len(chosen) < ask.k:
            chosen += self.neighbours(_less(ask, chosen))
        return chosen

    def _after_first_queue(self) -> Mind:
        """The mind; it learns which tracks go together before its second queue: the first one does not wait."""
        mind = self.mind()
        if self._answered and not self._tasted:
            mind.learn_taste()
            self._tasted = True
        self._answered = True
        return mind

    def neighbours(self, ask: Ask) -> list[Suggestion]:
        """Suggestions without a recommender; may be called in any lane."""
        from player.recommending._fallback import neighbours  # noqa: PLC0415 - SciPy takes its time

        return neighbours(self._db, ask)


def _less(ask: Ask, chosen: list[Suggestion]) -> Ask:
    """The same question for what is still wanted."""
    tracks = tuple(one.track_id for one in chosen)
    return replace(ask, k=max(0, ask.k - len(chosen)), exclude=ask.exclude + tracks)


def suggest_now(
    db: Database, profile: Profile, n: int, after: Sequence[TrackId] = (), *, adventurousness: float = 0.0
) -> list[Suggestion]:
    """What Up Next would play now, computed at once; for the command line.

    Args:
        db: The database.
        profile: Where trained models are.
        n: How many.
        after: Tracks supposed to have been played before, the last of them sounding now.
        adventurousness: -1 familiar, 0 balanced, 1 adventurous.

    Raises:
        ModelError: there is no model to use.
        ProfileError: the database cannot be read.
    """
    keeper = Keeper(db, profile)
    now = now_ms()
    keeper.mind().suppose(after[:-1], now)
    playing = after[-1] if after else None
    return keeper.suggest(
        Ask(n, now, playing=playing, exclude=tuple(after), adventurousness=adventurousness, seed=seed_of_the_day(now))
    )

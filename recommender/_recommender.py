"""The recommender of one listener: the state that every event moves on, and what it suggests.

Signals and the sequence model learn from each event at once; the network's weights come from an artefact, and
only their linear parts are corrected here, by the habits of the listener. One thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from recommender._api import SESSION_GAP_MS, Event, EventKind, FloatArray, IntArray, PlaySource, Reason, Suggestion
from recommender._artefact import Artefact
from recommender._company import Company
from recommender._evidence import Question, Witness
from recommender._kinship import Kinship
from recommender._radio import Radios
from recommender._resume import Resume
from recommender._snapshot import Snapshot
from recommender._vectors import Vectors
from recommender.coldstart import ColdStart
from recommender.models import (
    AlsFactors,
    Catalogue,
    ContentFeatures,
    Habits,
    ItemFactors,
    Network,
    Signals,
    background,
    candidates,
    distinct,
)
from recommender.ranking import (
    Choice,
    FreshFeedback,
    Listener,
    QueueRanker,
    RankRequest,
    added_after,
    gumbel,
    reasons_for,
    varied,
)

SuggestRequest = RankRequest
"""What a queue is wanted for."""

LEAST_SESSIONS = 12
"""Listening sessions from which on taste vectors are fitted."""
WARM_UP = 128
"""Events the sequence model reads when it starts; what was before changes no score by more than a few thousandths."""
LATELY = 400
"""Plays and skips that the habits of a listener are learned from when nothing is known of them yet."""
UNSKIPPED = np.float32(1.0)
"""Weight of the log of P(not skipped) in scores and queue: what comes next shall also be listened to. The ranker has
learned from plays alone; all the same, with this more of what is played next is found, and less of it skipped."""
CALM = np.float32(0.35)
"""Part that the scores shown keep after a single skip of a suggestion, so that the list stays calm. Half keeps more
rows, but finds fewer plays after a skip (HR@10 .371 instead of .415 with none; .406 with .3)."""
_LISTENING = (EventKind.PLAYED, EventKind.SKIPPED, EventKind.UNKNOWN)
_EXTRAS_EVENTS = 60
"""Plays before those read that ALS and content look at: they remember fewer."""
_SUPPOSED_MS = 180_000
_HOUR_MS = 3_600_000
_SOUND = 300
"""Tracks nobody played that sound most like the last plays, among the candidates in a large library."""
_ADDED = 100
"""Likewise those that have just come into the library."""
_ENOUGH = 500


class Recommender:
    """Suggestions for one listener and one library.

    Args:
        snapshot: The library and everything that happened so far.
        artefact: The weights.
        seed: Makes the chance in a queue repeatable.
        resume: Where a recommender with the same artefact stood after the first plays of this log: reading on from
            there is quicker than reading the last hundred plays again.
        unlearned: Items of which the taste vectors in the artefact count no more.

    Raises:
        ArtefactError: The artefact is incomplete or was trained on other features.
    """

    name = "segue"

    def __init__(
        self,
        snapshot: Snapshot,
        artefact: Artefact,
        *,
        seed: int = 0,
        resume: Resume | None = None,
        unlearned: npt.ArrayLike = (),
    ) -> None:
        self.version = artefact.version
        self._snapshot = snapshot
        self._seed = seed
        self._network = Network(artefact)
        self._content = Vectors(snapshot.content)
        self._sound = ContentFeatures(snapshot.content) if self._content.width else None
        self._signals = Signals(Catalogue.of(snapshot), () if self._sound is None else (self._sound,))
        self._listener = Listener.of(snapshot)
        self._feedback = FreshFeedback(snapshot, self._listener, Kinship(snapshot, self._content), self._around)
        learned = AlsFactors.from_tensors(artefact.tensors)
        self._compare_by(None if learned is None else learned.aligned(snapshot, unlearned))
        late = np.flatnonzero(snapshot.added_at > added_after(snapshot))
        self._newest = late[np.argsort(-snapshot.added_at[late], kind="stable")[: 4 * _ADDED]].astype(np.int32)
        self._state = self._network.sequence.start()
        self._shown: FloatArray | None = None
        self._calm: FloatArray | None = None
        self._habits = Habits(self._network.spec.features, self._network.spec.hidden)
        self._replay(resume)
        self._read = Resume(len(snapshot.plays), self._state, self._habits.copy())

    def _compare_by(self, taste: ItemFactors | None) -> None:
        """Use these taste vectors, beside the sound, wherever tracks are compared."""
        snapshot = self._snapshot
        kinds: list[Vectors | ItemFactors] = [self._content, *([taste] if taste is not None else [])]
        self._taste = taste
        self._queue = QueueRanker(snapshot, self._listener, kinds, self._feedback)
        self._cold = ColdStart(snapshot, self._listener, self._feedback, self._queue.allowed)
        self._radios = Radios(snapshot, self._signals, self._content, taste)
        self._witness = Witness(snapshot, self._listener, self._signals, self._content, taste)

    def learn_taste(self) -> bool:
        """Fit the taste vectors (implicit ALS) to what the snapshot holds, and use them from now on.

        Takes some tenths of a second for tens of thousands of plays; deterministic.

        Returns:
            Whether there were the sessions that this takes (`LEAST_SESSIONS`).
        """
        plays = self._snapshot.plays
        if np.count_nonzero(np.diff(plays.started_at) > SESSION_GAP_MS) + 1 < LEAST_SESSIONS:
            return False
        self._compare_by(AlsFactors.fit(self._snapshot).aligned(self._snapshot))
        return True

    def _replay(self, resume: Resume | None) -> None:
        """Learn what the snapshot holds; the network reads, and habits are learned from, the last events of it only."""
        count = len(self._snapshot.plays)
        first, learned = max(0, count - LATELY), 0
        if resume is not None and resume.plays <= count:
            self._habits, learned, first = resume.habits.copy(), resume.plays, max(0, count - WARM_UP)
            if resume.state is not None and resume.plays >= first:
                first, self._state = resume.plays, resume.state
        self._network.ranker.follow(self._habits)
        self._signals.load(self._snapshot.plays, first)
        row = max(0, first - _EXTRAS_EVENTS)
        for event in self._snapshot.events(row):
            if event.kind in _LISTENING:
                row += 1
            if event.kind in _LISTENING and row <= first:
                self._signals.remind(event)
            else:
                self._hear(event, learning=row > learned)
        elsewhere = self._snapshot.elsewhere
        if len(elsewhere):
            self._signals.artists.heard_elsewhere(elsewhere.item, elsewhere.at / _HOUR_MS)

    @property
    def resume(self) -> Resume:
        """Where the sequence model stood after the snapshot's plays; what was observed later is not in it."""
        return self._read

    def observe(self, event: Event) -> None:
        """Learn from one event; events come in time order."""
        self._calm = self._kept_near(event)
        self._hear(event)
        self._listener.observe(event)

    def _kept_near(self, event: Event) -> FloatArray | None:
        """Scores to stay near to: of the queue that was shown, after the skip of one suggestion; else None."""
        if event.kind not in _LISTENING:
            return self._calm
        skips = event.kind == EventKind.SKIPPED and event.source == PlaySource.SUGGESTED
        return self._shown if skips and not self._listener.skips_in_a_row else None

    def _calmed(self, items: IntArray, scores: FloatArray) -> FloatArray:
        """Scores nearer to those that were shown before a skip; those of items that had none stay as they are."""
        if self._calm is None:
            return scores
        before = self._calm[items]
        known = np.isfinite(before)
        if not known.any():
            return scores
        moved = before - np.median(before[known]) + np.median(scores[known]) - scores
        return np.asarray(scores + CALM * np.where(known, moved, 0), np.float32)

    def _hear(self, event: Event, *, learning: bool = True) -> None:
        if event.kind in _LISTENING:
            if learning:
                self._learn(event)
            row = self._signals.describe(event)
            self._state = self._network.sequence.step(self._state, row[None])
        self._signals.observe(event)

    def _learn(self, event: Event) -> None:
        """What the ending of an event, not observed yet, says about what the listener skips."""
        history, ranker, context = self._signals.history, self._network.ranker, self._state.context
        if not len(history) or event.kind == EventKind.UNKNOWN:
            return
        features = self._signals.features(np.array([event.item], np.int32), history.end)
        skipped = float(ranker.skip_probability(features, context)[0])
        known = ranker.standardised(features)[0]
        self._habits.ended(known, context, skipped, skipped=event.kind == EventKind.SKIPPED)
        ranker.follow(self._habits)

    def scores(self, now: int) -> FloatArray:
        """Score of every item as the next at `now` (UTC ms), float32[N]; candidates in nats, the rest below them."""
        hours = self._signals.hours(now)
        items = candidates(self._signals, hours)
        scores = background(self._signals, hours)
        if len(items):
            features, ranker, context = self._signals.features(items, hours), self._network.ranker, self._state.context
            ranked = ranker.scores(features, context)
            ranked += UNSKIPPED * np.log1p(-ranker.skip_probability(features, context))
            scores += ranked.min() - np.float32(2)
            scores[items] = ranked
        return scores

    def suggest(self, request: SuggestRequest) -> list[Suggestion]:
        """The queue that is wanted, at most `request.k` places, each with its reasons."""
        if self._cold.in_charge and not request.like:
            return varied(self._cold.suggest(request))
        found = self._ranked(request)
        if request.like and len(found) < request.k:
            # Little was played around them and nothing is known of their sound: what is close by its tags.
            exclude = [*request.exclude, *(one.item for one in found)]
            found += self._cold.suggest(replace(request, k=request.k - len(found), exclude=exclude))
        return varied(found)

    def _ranked(self, request: SuggestRequest) -> list[Suggestion]:
        hours = self._signals.hours(request.now)
        radio = self._radios.around(request, self._queue.allowed(request)) if request.like else None
        with self._supposing(request) as context:
            items = self._candidates(hours, request) if radio is None else radio.items
            if not len(items):
                return []
            heard = self._signals.features(items, hours)
            features = self._signals.as_wish(heard) if self._listener.declines() else heard
            scores = self._network.ranker.scores(features, context)
            heard_out = UNSKIPPED * np.log1p(-self._network.ranker.skip_probability(heard, context))
            scores += heard_out
            if radio is not None:
                scores += radio.gains
            else:
                scores = self._calmed(items, scores)
                self._shown = np.full(len(self._snapshot), np.nan, np.float32)
                self._shown[items] = scores
            choices = self._queue.rank(items, scores, request)
            better = scores >= np.median(scores)
            rows = [choice.row for choice in choices]
            chosen = features[rows].reshape(-1, features.shape[1])
            parts = self._network.ranker.contributions(chosen, context, features[better].mean(axis=0))
            for part, choice in zip(parts, choices, strict=True):
                part["skip"] += float(heard_out[choice.row] - heard_out[better].mean())
                near = {} if radio is None else {kind: values[choice.row] for kind, values in radio.parts.items()}
                for kind, value in (*choice.parts.items(), *near.items()):
                    part[kind] = part.get(kind, 0.0) + float(value)
            question = self._witness.asked(request, radio)
            return [
                Suggestion(choice.item, choice.score, self._reasons(part, choice, question))
                for choice, part in zip(choices, parts, strict=True)
            ]

    def _reasons(self, part: Mapping[str, float], choice: Choice, question: Question) -> tuple[Reason, ...]:
        evidence, radio = self._witness.of(choice, question), question.radio
        if radio is None:
            said = reasons_for(part, evidence, choice.why)
            # Facts of the library come after what speaks for the track: for a row that would repeat its neighbours.
            return (*said, *self._cold.facts.facts(choice.item))
        return radio.naming(reasons_for(part, evidence, radio.why(evidence)), choice.item)

    def _around(self, item: int) -> FloatArray:
        """How much every item was played around one, 0 to 1, float32[N]."""
        plays = self._signals.history.plays
        company = Company.of(plays.items.values, plays.sessions.values, np.array([item], np.int32), len(self._snapshot))
        return np.asarray(np.clip(company.excess / 2, 0, 0.6), np.float32)

    def _candidates(self, hours: float, request: SuggestRequest) -> IntArray:
        """What the queue is chosen from: what the signals name, sounds like now, was just added or answers a thumb."""
        items = candidates(self._signals, hours)
        available = self._snapshot.available
        if len(items) == len(self._snapshot):
            return items[available]
        unplayed = available & (self._signals.memory.counts == 0)
        parts = [items[available[items]], self._newest[unplayed[self._newest]][:_ADDED]]
        answer = self._feedback.answer(request.now)
        if answer.reserved:
            noise = gumbel(np.arange(len(self._snapshot), dtype=np.int32), request.seed)
            close = self._feedback.close_to(answer, noise)
            parts.append(close[available[close]])
        if self._sound is not None:
            parts.append(self._sound.closest(_SOUND, unplayed))
        found = distinct(parts, len(self._snapshot))
        if len(found) < _ENOUGH:
            # Most of the library is away, on a disk that is not plugged in: what is left is taken as it comes.
            found = distinct([found, np.flatnonzero(available)[: 4 * _ENOUGH].astype(np.int32)], len(self._snapshot))
        return found

    @contextmanager
    def _supposing(self, request: SuggestRequest) -> Iterator[FloatArray]:
        """The context as if what sounds now had been listened to: its outcome is not known yet.

        For a radio, as if its first seed had been.
        """
        last = request.like[0] if request.like else request.playing
        if last is None:
            yield self._state.context
            return
        event = Event(last, EventKind.PLAYED, request.now, _SUPPOSED_MS, PlaySource.UNKNOWN)
        row = self._signals.describe(event)
        with self._signals.supposing(event):
            yield self._network.sequence.step(self._state, row[None]).context

    def skip_probability(self, items: IntArray, now: int) -> FloatArray:
        """P(the listener skips it if it comes next) for some items at `now` (UTC ms), float32."""
        features = self._signals.features(items, self._signals.hours(now))
        return self._network.ranker.skip_probability(features, self._state.context)

    def neighbours(self, items: IntArray, k: int) -> tuple[IntArray, FloatArray]:
        """The k items most like `items` by taste and sound, best first, and how much (0 to 1).

        Falls back on artists for items without vectors.
        """
        return self._radios.neighbours(np.asarray(items, np.int32), k)

"""The recommender with names: lives in the inference lane, speaks of tracks, gives reasons in words."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from player.domain import ModelError, PlayFinished, Suggestion, TrackId, UtcMs, now_ms
from player.paths import Profile
from player.recommending._ask import Ask, Judgement, base_model
from player.recommending._naming import Naming
from player.recommending._saved import NEWS, Basis, habits, load, save
from player.recommending._snapshot import KINDS, SOURCES, FreshRows, build_snapshot
from player.storage import Database
from recommender import (
    Artefact,
    ArtefactError,
    Event,
    EventKind,
    Resume,
    Snapshot,
)

logger = logging.getLogger(__name__)

SUPPOSED_MS = 210_000
"""How long a track is supposed to have been heard."""

LAST_PLAYS = 200
"""Among so many last plays of the log an event is looked for, lest it be learned from twice."""

_KINDS = {
    Judgement.UP: EventKind.THUMB_UP,
    Judgement.DOWN: EventKind.THUMB_DOWN,
    Judgement.CLEARED: EventKind.THUMB_CLEARED,
    Judgement.NOT_NOW: EventKind.DISMISSED,
    Judgement.WANTED: EventKind.WANTED,
}


def models_to_try(db: Database, profile: Profile) -> list[tuple[Path, UtcMs]]:
    """Folders of models and when each was trained: the active one trained here first, then the shipped one."""
    active = db.models.active()
    own = [(profile.models / active.version, active.trained_at)] if active is not None else []
    return [*own, (base_model(), UtcMs(0))]


class Mind:
    """A recommender over one snapshot of the library, kept up to date event by event.

    To be made and used in one thread only.

    Attributes:
        version: Version of the model.
        plays: Plays it has learned from.

    Args:
        db: Where names come from.
        snapshot: The library and its history.
        artefact: The model.
        trained_at: When it was trained; what it learned by heart of artists that are learned anew since is left out.
        resume: Where this model stood after the first plays of the snapshot.

    Raises:
        ArtefactError: the model does not fit this version.
    """

    def __init__(
        self,
        db: Database,
        snapshot: Snapshot,
        artefact: Artefact,
        trained_at: UtcMs = UtcMs(0),
        resume: Resume | None = None,
    ) -> None:
        self._snapshot = snapshot
        from recommender import Recommender  # noqa: PLC0415 - loads ONNX Runtime: in the lane, not at the start

        self._fresh = FreshRows.of(db, snapshot.item_ids)
        unlearned = self._fresh.rows[self._fresh.since > trained_at]
        self._recommender = Recommender(snapshot, artefact, resume=resume, unlearned=unlearned)
        self.version = artefact.version
        self.plays = len(snapshot.plays)
        last = slice(-LAST_PLAYS, None)
        self._logged = set(
            zip(snapshot.plays.item[last].tolist(), snapshot.plays.started_at[last].tolist(), strict=True)
        )
        self._naming = Naming(db, snapshot)
        self._row, self._rows = self._naming.row, self._naming.rows

    @classmethod
    def load(cls, db: Database, profile: Profile) -> Mind:
        """The mind of this profile as it is now: from what was kept last time, or else from the whole database.

        Raises:
            ModelError: there is no model to use.
            ProfileError: the database cannot be read.
        """
        why = ""
        for folder, trained_at in models_to_try(db, profile):
            try:
                return cls._start(db, profile, Artefact.load(folder), trained_at)
            except (ArtefactError, OSError) as error:
                logger.warning("the model in %s cannot be used: %s", folder, error)
                why = str(error)
        raise ModelError(f"The shipped model cannot be used: {why}. Install Segue again.")

    @classmethod
    def _start(cls, db: Database, profile: Profile, artefact: Artefact, trained_at: UtcMs) -> Mind:
        digest = hashlib.sha256(artefact.tensor("theta").tobytes()).hexdigest()
        model = f"{artefact.version} {digest}"
        kept = load(db, profile, model, now_ms())
        if kept is not None and kept.news < NEWS:
            return cls(db, kept.snapshot, artefact, trained_at, kept.resume)
        basis = Basis.of(db)
        mind = cls(db, build_snapshot(db), artefact, trained_at, habits(db, profile, model))
        if basis.whole:
            save(profile, basis, model, mind._snapshot, mind._recommender.resume)
        return mind

    def heard(self, event: PlayFinished, utc_offset_min: int) -> None:
        """Learn from a play, unless the snapshot held it already, or its artist is learned anew since."""
        row, at = self._row(event.start.track_id), int(event.start.started_at)
        if row is None or (row, at) in self._logged or not self._fresh.teaches(row, at):
            return
        self._logged.add((row, at))
        kind = KINDS[event.outcome]
        source = SOURCES[event.start.reason]
        self.plays += 1
        if kind is EventKind.PLAYED:
            self._naming.listened(row)
        self._recommender.observe(
            Event(row, kind, event.start.started_at, int(event.listened_ms), source, utc_offset_min)
        )

    def suppose(self, tracks: Sequence[TrackId], until: UtcMs) -> None:
        """As if these tracks had been listened to one after the other, the last one up to `until`."""
        for place, row in enumerate(self._rows(tracks)):
            at = until - (len(tracks) - place) * SUPPOSED_MS
            self._recommender.observe(Event(row, EventKind.PLAYED, at, SUPPOSED_MS))

    def judged(self, track_id: TrackId, judgement: Judgement, at: UtcMs) -> None:
        """Learn from a thumb, a "not now" or a place in the queue."""
        row = self._row(track_id)
        if row is not None:
            self._recommender.observe(Event(row, _KINDS[judgement], at))

    def learn_taste(self) -> None:
        """Fit which tracks go together (ALS) to the history that was read; takes some tenths of a second."""
        self._recommender.learn_taste()

    def suggest(self, ask: Ask) -> list[Suggestion]:
        """Suggestions, best first, with reasons in words."""
        request = self._naming.request(ask)
        if ask.focus and not request.like:
            return []
        return self._naming.named(self._recommender.suggest(request), self.version)

    def artist_shares(self, tracks: Sequence[TrackId], now: UtcMs) -> dict[TrackId, float]:
        """How likely the next choice is by the artist of each of these tracks, 0 to 1; unknown ones are left out."""
        scores = self._recommender.scores(now).astype(np.float64)
        chance = np.exp(scores - scores.max(initial=0.0))
        artist = self._snapshot.artist
        named = artist >= 0
        shares = np.bincount(artist[named], weights=chance[named]) / max(float(chance.sum()), 1e-12)
        rows = {track: row for track in tracks if (row := self._row(track)) is not None and artist[row] >= 0}
        return {track: float(shares[artist[row]]) for track, row in rows.items()}

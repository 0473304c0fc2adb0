"""What plays next while the recommender cannot say: neighbours in the library, never a random shuffle."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from player.domain import ReasonKind, ReasonText, Suggestion, TrackId
from player.storage import Catalogue

VERSION = "neighbours"
ARTISTS_APART = 3
"""Tracks by others between two by one artist, once the album has been heard."""

translate = QCoreApplication.translate


def neighbours(catalogue: Catalogue, heard: Sequence[TrackId], taken: Collection[TrackId], k: int) -> list[Suggestion]:
    """Up to `k` tracks close to the last one heard.

    First the rest of its album, in order; then tracks of its artist, of its genres and of its years,
    mixed so that no artist comes twice in a row while there is another one; what was heard last
    comes last. The same library and history give the same answer.

    Args:
        catalogue: The library.
        heard: Tracks heard before, the last one last; it may be empty.
        taken: Tracks that must not come.
        k: How many.
    """
    free = catalogue.available & ~np.isin(catalogue.ids, np.fromiter(map(int, taken), np.int64, len(taken)))
    rows = np.flatnonzero(free)
    if not len(rows):
        return []
    last = np.flatnonzero(np.isin(catalogue.ids, np.array(heard[-1:], np.int64)))
    seed = int(last[0]) if len(last) else None
    goes_on = _rest_of_album(catalogue, rows, seed)
    closeness = _closeness(catalogue, rows, seed) - _freshly_heard(catalogue, rows, heard)
    others = rows[np.argsort(-closeness, kind="stable")]
    mixed = _spaced(catalogue.artist, [row for row in others.tolist() if row not in set(goes_on)], k)
    chosen = [*goes_on, *mixed][:k]
    return [
        _suggestion(catalogue, row, 1 - place / (len(chosen) + 1), seed, goes_on=place < len(goes_on))
        for place, row in enumerate(chosen)
    ]


def _rest_of_album(catalogue: Catalogue, rows: npt.NDArray[np.int64], seed: int | None) -> list[int]:
    if seed is None or catalogue.album[seed] < 0:
        return []
    here = (int(catalogue.disc[seed]), int(catalogue.track_no[seed]))
    same = rows[catalogue.album[rows] == catalogue.album[seed]].tolist()
    places = {row: (int(catalogue.disc[row]), int(catalogue.track_no[row])) for row in same}
    return sorted((row for row in same if places[row] > here), key=places.__getitem__)


def _closeness(catalogue: Catalogue, rows: npt.NDArray[np.int64], seed: int | None) -> npt.NDArray[np.float64]:
    """How close each row is to the seed: artist, genres, years; without a seed, what was added last."""
    newest = np.argsort(np.argsort(catalogue.added_at[rows], kind="stable"), kind="stable") / max(1, len(rows))
    if seed is None:
        return newest
    artist = (catalogue.artist[rows] == catalogue.artist[seed]) & (catalogue.artist[seed] >= 0)
    years = np.abs(catalogue.year[rows] - catalogue.year[seed]) / 10.0
    known = (catalogue.year[rows] > 0) & (catalogue.year[seed] > 0)
    near = np.where(known, np.clip(1 - years, 0, 1), 0)
    closeness: npt.NDArray[np.float64] = 3.0 * artist + 2.0 * _shared_genres(catalogue, seed)[rows] + near
    return closeness + 0.01 * newest


def _shared_genres(catalogue: Catalogue, seed: int) -> npt.NDArray[np.bool_]:
    """Which tracks share a genre with the seed, bool[N]."""
    own = catalogue.genres[catalogue.genre_starts[seed] : catalogue.genre_starts[seed + 1]]
    owners = np.repeat(np.arange(len(catalogue.ids)), np.diff(catalogue.genre_starts))
    shared = np.zeros(len(catalogue.ids), np.bool_)
    shared[owners[np.isin(catalogue.genres, own)]] = True
    return shared


def _freshly_heard(
    catalogue: Catalogue, rows: npt.NDArray[np.int64], heard: Sequence[TrackId]
) -> npt.NDArray[np.float64]:
    """More than any closeness for what was heard last, falling to nothing."""
    cost = {int(track): 10.0 * (place + 1) / len(heard) for place, track in enumerate(heard)}
    return np.array([cost.get(int(track), 0.0) for track in catalogue.ids[rows]])


def _spaced(artist: npt.NDArray[np.int64], rows: list[int], k: int) -> list[int]:
    """The rows in their order, but with other artists between two by one, as far as there are others."""
    picked: list[int] = []
    waiting = rows[: 20 * k + 100]
    while waiting and len(picked) < k:
        recent = {int(artist[row]) for row in picked[-ARTISTS_APART:]}
        place = next((at for at, row in enumerate(waiting) if int(artist[row]) not in recent), 0)
        picked.append(waiting.pop(place))
    return picked


def _suggestion(catalogue: Catalogue, row: int, score: float, seed: int | None, *, goes_on: bool) -> Suggestion:
    if goes_on:
        reason = ReasonText(ReasonKind.ALBUM, translate("Reasons", "The album goes on"), 1.0)
    elif seed is not None and catalogue.artist[row] == catalogue.artist[seed]:
        reason = ReasonText(ReasonKind.ARTIST, translate("Reasons", "More by this artist"), 1.0)
    elif seed is not None and _shared_genres(catalogue, seed)[row]:
        reason = ReasonText(ReasonKind.SIMILAR, translate("Reasons", "Of the same kind"), 1.0)
    else:
        reason = ReasonText(ReasonKind.VARIETY, translate("Reasons", "For a change"), 1.0)
    return Suggestion(TrackId(int(catalogue.ids[row])), score, (reason,), VERSION)

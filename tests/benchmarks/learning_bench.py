"""What learning costs on one core: training, ranking a queue, neighbours, describing a sound, reading a snapshot.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.learning_bench [--plays 10000] [--tracks 20000]

Prints processor seconds, and for scale the same processor's time for one product of 1000 x 1000 matrices.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from recommender import Artefact, Plays, Snapshot
from recommender.content import PATCHES, RATE, ContentModel
from recommender.ranking import Listener, QueueRanker, RankRequest
from recommender.training import Progress, train

MODELS = Path(__file__).parents[2] / "resources" / "models"
NOW = 1_760_000_000_000


def history(tracks: int, plays: int) -> Snapshot:
    """A listener who goes on where a habit says so, and anywhere among favourites otherwise."""
    random = np.random.default_rng(0)
    favourites = np.minimum(random.zipf(1.3, plays) - 1, tracks - 1)
    follows = random.permutation(tracks)
    habit = random.random(plays) < 0.5
    items = [0]
    for place in range(1, plays):
        items.append(int(follows[items[-1]]) if habit[place] else int(favourites[place]))
    at = NOW - (plays - np.arange(plays)) * 200_000 - (plays - np.arange(plays)) // 15 * 7_200_000
    content = random.normal(size=(tracks, 200)).astype(np.float32)
    return Snapshot.build(
        np.arange(tracks),
        artist=np.arange(tracks) // 12,
        album=np.arange(tracks) // 10,
        content=content,
        plays=Plays.build(items, at, kind=(random.random(plays) < 0.2).astype(int)),
    )


def seconds(run: Callable[[], object], times: int = 1) -> float:
    """Processor seconds of one of `times` runs."""
    began = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - began) / times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=10_000)
    parser.add_argument("--tracks", type=int, default=20_000)
    options = parser.parse_args()
    square = np.random.default_rng(0).normal(size=(1000, 1000)).astype(np.float32)
    print(f"product of 1000 x 1000 matrices  {1000 * seconds(lambda: square @ square, 5):10.1f} ms")

    snapshot = history(options.tracks, options.plays)
    base = Artefact.load(MODELS / "base")
    spent = seconds(lambda: train(snapshot, base, None, Progress(60), now=NOW))
    print(f"training on {options.plays} plays           {spent:10.1f} s")

    ranker = QueueRanker(snapshot, Listener.of(snapshot), [snapshot.content])
    scores = np.random.default_rng(1).normal(size=options.tracks).astype(np.float32)
    items = np.arange(options.tracks, dtype=np.int32)
    spent = seconds(lambda: ranker.rank(items, scores, RankRequest(20, NOW)), 20)
    print(f"queue of 20 from {options.tracks} tracks      {1000 * spent:10.1f} ms")

    model = ContentModel(MODELS / "musicnn" / "msd_musicnn.onnx")
    sound = np.random.default_rng(3).normal(0, 0.1, (PATCHES, 3 * RATE)).astype(np.float32)
    print(f"describing the sound of a track  {1000 * seconds(lambda: model.describe(sound), 5):10.1f} ms")

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.npz"
        print(f"writing the snapshot             {1000 * seconds(lambda: snapshot.save(path)):10.1f} ms")
        print(f"reading it                       {1000 * seconds(lambda: Snapshot.load(path)):10.1f} ms")


if __name__ == "__main__":
    main()

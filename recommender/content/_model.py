"""What a track sounds like: a vector for comparing and tags for saying it, by musicnn (Pons & Serra 2019)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender._api import FloatArray
from recommender._errors import ArtefactError
from recommender.content._mel import RATE, log_mel
from recommender.models import session

PATCH_FRAMES = 187
PATCH_SECONDS = 3.0
PATCHES = 3
"""Stretches spread over a track that are enough to compare it."""
VECTOR_SIZE = 200
LEVEL = 0.12
"""Root mean square every track is brought to: two masters of one recording must not differ."""
SILENCE = 1e-4

TAG_NAMES: tuple[str, ...] = (
    *("rock", "pop", "alternative", "indie", "electronic", "female vocalists", "dance", "00s", "alternative rock"),
    *("jazz", "beautiful", "metal", "chillout", "male vocalists", "classic rock", "soul", "indie rock", "mellow"),
    *("electronica", "80s", "folk", "90s", "chill", "instrumental", "punk", "oldies", "blues", "hard rock", "ambient"),
    *("acoustic", "experimental", "female vocalist", "guitar", "hip-hop", "70s", "party", "country", "easy listening"),
    *("sexy", "catchy", "funk", "electro", "heavy metal", "progressive rock", "60s", "rnb", "indie pop", "sad"),
    *("house", "happy"),
)
"""The model's tags in the order of its output."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a track sounds like.

    Attributes:
        vector: float32[200]; compare by cosine.
        tags: float32[50], how much each of `TAG_NAMES` describes it, 0 to 1.
    """

    vector: FloatArray
    tags: FloatArray


class ContentModel:
    """The network. One thread; about 0.1 s of processor time for a track.

    Args:
        path: The ONNX file.

    Raises:
        ArtefactError: The file is missing or is not the model.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._session = session(path.read_bytes())
        except OSError as error:
            raise ArtefactError(f"the sound model {path} cannot be read: {error.strerror or error}") from error
        except Exception as error:
            raise ArtefactError(f"the sound model {path} cannot be used: {error}") from error

    def describe(self, patches: FloatArray) -> Content | None:
        """Describe a track by stretches of it.

        Args:
            patches: float32[patches, samples], mono, 16 kHz; stretches of about three seconds spread over the track.
                Shorter ones are repeated, longer ones cut. Silent ones do not count.

        Returns:
            Means over the stretches; None when all of them are silent.
        """
        loud = [patch for patch in np.atleast_2d(np.asarray(patches, np.float32)) if _level(patch) > SILENCE]
        if not loud:
            return None
        gain = LEVEL / _level(np.concatenate(loud))
        mel = np.stack([log_mel(_fitted(patch) * np.float32(gain))[:PATCH_FRAMES] for patch in loud])
        tags, vectors = self._session.run(["tags", "emb200"], {"mel": mel})
        return Content(vectors.mean(axis=0), tags.mean(axis=0))


def _level(samples: FloatArray) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if samples.size else 0.0


def _fitted(patch: FloatArray) -> FloatArray:
    """Exactly three seconds: repeated if too short (padding with silence would sound like a fade)."""
    return np.resize(patch, round(PATCH_SECONDS * RATE))

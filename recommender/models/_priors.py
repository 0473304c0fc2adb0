"""What the base logs cannot teach: weights set by hand for albums, sound and thumbs.

The logs have no albums, no audio and no thumbs, so these features are constant there and training leaves their
weights at zero. They get a scale of their own and a modest weight, which fine-tuning moves where a listener's own
history has something to say.
"""

from __future__ import annotations

import numpy as np

from recommender._api import FloatArray
from recommender.models._features import COLUMN, EVENT_COLUMN, UNTRAINED_EVENT
from recommender.models._network import NetworkSpec

_PRIORS: dict[str, tuple[float, float]] = {
    "same_album": (1.0, 0.4),
    "album_next": (1.0, 3.0),
    "content": (2.0, 0.5),
    "thumb": (1.0, 0.7),
}
"""Feature -> scale, weight in nats per scaled unit."""


def priors(
    spec: NetworkSpec, theta: FloatArray, constants: dict[str, FloatArray]
) -> tuple[FloatArray, dict[str, FloatArray]]:
    """The same weights and constants, with what is known without data; the arguments stay as they are."""
    theta = theta.copy()
    constants = {name: values.copy() for name, values in constants.items()}
    linear = spec.views(theta)["rank_linear"]
    for name, (scale, weight) in _PRIORS.items():
        column = COLUMN[name]
        constants["feature_mean"][column] = 0.0
        constants["feature_scale"][column] = scale
        linear[column] = weight
    for name in sorted(UNTRAINED_EVENT):
        constants["event_mean"][EVENT_COLUMN[name]] = np.float32(0)
        constants["event_scale"][EVENT_COLUMN[name]] = np.float32(1)
    return theta, constants

"""More than two channels to stereo, after ITU-R BS.775-4 and, for what that does not name, FFmpeg's practice."""

from __future__ import annotations

from functools import lru_cache

import av
import numpy as np
from numpy.typing import NDArray

_3_DB = 0.5**0.5
_LEFT = (1.0, 0.0)
_RIGHT = (0.0, 1.0)
_LEFT_3 = (_3_DB, 0.0)
_RIGHT_3 = (0.0, _3_DB)
_BOTH_3 = (_3_DB, _3_DB)
_BOTH_6 = (0.5, 0.5)

_COEFFICIENTS: dict[str, tuple[float, float]] = {
    "FL": _LEFT, "FR": _RIGHT, "DL": _LEFT, "DR": _RIGHT, "FLC": _LEFT, "FRC": _RIGHT, "FC": _BOTH_3,
    "SL": _LEFT_3, "SR": _RIGHT_3, "BL": _LEFT_3, "BR": _RIGHT_3, "BC": _BOTH_6,
    "WL": _LEFT_3, "WR": _RIGHT_3, "SDL": _LEFT_3, "SDR": _RIGHT_3,
    "TFL": _LEFT_3, "TFR": _RIGHT_3, "TBL": _LEFT_3, "TBR": _RIGHT_3, "TSL": _LEFT_3, "TSR": _RIGHT_3,
    "BFL": _LEFT_3, "BFR": _RIGHT_3, "TFC": _BOTH_6, "TBC": _BOTH_6, "TC": _BOTH_6, "BFC": _BOTH_6,
    "AMBI0": _BOTH_3, "AMBI1": (0.5, -0.5),
}  # fmt: skip
"""FFmpeg's name of a channel: its share in left and in right. The low-frequency channel has none: BS.775 leaves it
out, since all else holds the bass as well; other names have none either."""

_USUAL = {3: "3.0", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
"""What a file means that states a number of channels only."""


@lru_cache(maxsize=64)
def downmix_matrix(layout: str) -> NDArray[np.float32]:
    """Shares of each channel in left and right, float32 (channels, 2).

    They are not scaled down: full scale in all channels at once exceeds full scale, which the limiter sees to, as
    music mixed for several channels would else play several dB below all other music.

    Args:
        layout: FFmpeg's name of a layout of channels.
    """
    names = [channel.name for channel in av.AudioLayout(layout).channels]
    if len(names) in _USUAL and not any(name in _COEFFICIENTS for name in names):
        names = [channel.name for channel in av.AudioLayout(_USUAL[len(names)]).channels]
    shares = [_COEFFICIENTS.get(name, (0.0, 0.0)) for name in names]
    if not any(map(any, shares)):
        shares = [(_RIGHT_3 if index % 2 else _LEFT_3) for index in range(len(names))]
    return np.array(shares, np.float32)

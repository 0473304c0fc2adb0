"""Ready-made settings of the equaliser. Names are keys for the interface to translate."""

from __future__ import annotations

EQUALISER_PRESETS: dict[str, tuple[float, ...]] = {
    "flat": (),
    "bass": (6.0, 6.0, 4.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "treble": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 4.0, 5.0, 6.0),
    "loudness": (5.0, 4.0, 2.0, 0.0, -1.0, -1.0, 0.0, 2.0, 4.0, 4.0),
    "classical": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -2.0, -3.0, -3.0, -4.0),
    "electronic": (5.0, 4.0, 1.0, 0.0, -2.0, 1.0, 1.0, 2.0, 4.0, 5.0),
    "jazz": (3.0, 3.0, 1.0, 2.0, -1.0, -1.0, 0.0, 1.0, 3.0, 3.0),
    "pop": (-1.0, 1.0, 2.0, 3.0, 3.0, 1.0, 0.0, -1.0, -1.0, -1.0),
    "rock": (5.0, 4.0, 2.0, 1.0, -1.0, -1.0, 1.0, 3.0, 4.0, 4.0),
    "speech": (-6.0, -4.0, -1.0, 1.0, 3.0, 4.0, 4.0, 3.0, 0.0, -2.0),
    "small_speakers": (-6.0, 2.0, 5.0, 4.0, 2.0, 0.0, 1.0, 2.0, 2.0, 2.0),
}
"""Ten band gains in whole dB each, 31 Hz to 16 kHz; empty is flat."""

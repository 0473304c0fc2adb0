"""Ready-made settings of the equaliser. Names are keys for the interface to translate."""

from __future__ import annotations

EQUALISER_PRESETS: dict[str, tuple[float, ...]] = {
    "flat": (),
    "bass": (6.0, 5.5, 4.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "treble": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 4.0, 5.0, 5.5),
    "loudness": (5.0, 4.0, 1.5, 0.0, -1.0, -1.0, 0.0, 1.5, 3.5, 4.0),
    "classical": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.5, -2.5, -2.5, -3.5),
    "electronic": (4.5, 4.0, 1.0, 0.0, -2.0, 1.0, 0.5, 1.5, 4.0, 4.5),
    "jazz": (3.0, 2.5, 1.0, 2.0, -1.0, -1.0, 0.0, 1.0, 2.5, 3.0),
    "pop": (-1.0, 0.5, 2.0, 3.0, 2.5, 1.0, 0.0, -0.5, -0.5, -1.0),
    "rock": (4.5, 3.5, 2.0, 0.5, -1.0, -0.5, 1.0, 2.5, 3.5, 4.0),
    "speech": (-6.0, -4.0, -1.0, 1.0, 2.5, 3.5, 3.5, 2.5, 0.0, -2.0),
    "small_speakers": (-6.0, 2.0, 5.0, 4.0, 2.0, 0.0, 0.5, 1.5, 2.0, 2.0),
}
"""Ten band gains in dB each, 31 Hz to 16 kHz; empty is bypass."""

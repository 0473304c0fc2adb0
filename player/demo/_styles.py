"""What makes each of the demo's artists sound like themselves."""

from __future__ import annotations

from dataclasses import dataclass

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)
HIJAZ = (0, 1, 4, 5, 7, 8, 10)
PENTATONIC = (0, 3, 5, 7, 10)

Pattern = dict[str, str]
"""Drum -> strokes of one bar, a character a sixteenth: "x" loud, "o" soft, "." none."""


@dataclass(frozen=True, slots=True)
class Style:
    """An artist's way of making music.

    Attributes:
        bpm: Beats a minute, give or take a few.
        root: MIDI number of the key note, around which each song chooses its own.
        scale: Steps of the scale, in semitones.
        progressions: Chords as degrees of the scale, one a bar; each song takes one.
        harmony: The instrument of the chords.
        lead: The instrument of the melody.
        low: The instrument of the bass; "" for none.
        bass_steps: Sixteenths of the bar on which the bass plays.
        drums: The drum pattern; empty for none.
        density: How likely the melody has a note on an eighth.
        strum: Sixteenths of the bar on which the chord is played.
        swing: How far every second eighth comes late, as a part of an eighth.
        echo: Level of the melody's echo.
        beats: Beats in a bar.
    """

    bpm: float
    root: int
    scale: tuple[int, ...]
    progressions: tuple[tuple[int, ...], ...]
    harmony: str
    lead: str
    low: str
    bass_steps: tuple[int, ...]
    drums: Pattern
    density: float
    strum: tuple[int, ...] = (0,)
    swing: float = 0.0
    echo: float = 0.25
    beats: int = 4


AMBIENT = Style(
    bpm=66, root=57, scale=LYDIAN, progressions=((0, 4, 1, 4), (0, 2, 5, 4)), harmony="pad", lead="glass", low="",
    bass_steps=(), drums={}, density=0.22, echo=0.6,
)  # fmt: skip
KRAUT = Style(
    bpm=138, root=52, scale=DORIAN, progressions=((0, 0, 3, 3), (0, 0, 6, 3)), harmony="keys", lead="pluck", low="bass",
    bass_steps=(0, 2, 4, 6, 8, 10, 12, 14),
    drums={"kick": "x.x.....x.x.....", "snare": "....x.......x...", "hat": "x.x.x.x.x.x.x.x."},
    density=0.5, strum=(0, 6, 10), echo=0.35,
)  # fmt: skip
CITY_POP = Style(
    bpm=108, root=60, scale=MAJOR, progressions=((3, 4, 2, 5), (3, 2, 1, 0)), harmony="keys", lead="flute", low="bass",
    bass_steps=(0, 3, 6, 8, 11, 14),
    drums={"kick": "x.....x.x.......", "snare": "....x.......x..o", "hat": "xoxoxoxoxoxoxoxo"},
    density=0.55, strum=(0, 4, 7, 12), swing=0.12,
)  # fmt: skip
TECHNO = Style(
    bpm=124, root=45, scale=MINOR, progressions=((0, 0, 0, 5), (0, 0, 3, 0)), harmony="pad", lead="glass", low="acid",
    bass_steps=(2, 3, 6, 10, 11, 14),
    drums={"kick": "x...x...x...x...", "hat": "..x...x...x...x.", "rim": "...o..o....o..o.",
           "shaker": "oooooooooooooooo"}, density=0.18, echo=0.5,
)  # fmt: skip
PIANO = Style(
    bpm=72, root=55, scale=MINOR, progressions=((0, 5, 2, 6), (0, 3, 5, 4)), harmony="piano", lead="piano", low="",
    bass_steps=(), drums={}, density=0.45, strum=(0, 4, 8, 12), echo=0.12,
)  # fmt: skip
POST_PUNK = Style(
    bpm=118, root=50, scale=MINOR, progressions=((0, 5, 2, 6), (0, 2, 3, 5)), harmony="pad", lead="square", low="bass",
    bass_steps=(0, 2, 4, 6, 8, 10, 12, 14),
    drums={"kick": "x...x...x...x...", "snare": "....x.......x...", "hat": "..x...x...x...x."},
    density=0.42, echo=0.4,
)  # fmt: skip
BOSSA = Style(
    bpm=92, root=57, scale=DORIAN, progressions=((1, 4, 0, 0), (0, 3, 1, 4)), harmony="pluck", lead="flute", low="bass",
    bass_steps=(0, 6, 8, 14), drums={"rim": "x..x..x...x..x..", "shaker": "oxoxoxoxoxoxoxox"},
    density=0.4, strum=(0, 3, 6, 10, 13), swing=0.05,
)  # fmt: skip
WALTZ = Style(
    bpm=104, root=55, scale=MAJOR, progressions=((0, 3, 0, 4), (0, 5, 3, 4)), harmony="pluck", lead="flute", low="bass",
    bass_steps=(0,), drums={"rim": "....o...o...", "shaker": "x...o...o..."}, density=0.5, strum=(4, 8), beats=3,
)  # fmt: skip
MAQAM = Style(
    bpm=98, root=50, scale=HIJAZ, progressions=((0, 0, 1, 0), (0, 3, 1, 0)), harmony="pad", lead="pluck", low="bass",
    bass_steps=(0, 8), drums={"dum": "x.......x.......", "tek": "..x...x.....x..o"}, density=0.68, echo=0.3,
)  # fmt: skip
BREAKS = Style(
    bpm=170, root=48, scale=PENTATONIC, progressions=((0, 0, 3, 2), (0, 2, 0, 3)), harmony="keys", lead="square",
    low="acid", bass_steps=(0, 5, 8, 13),
    drums={"kick": "x.x.......xx....", "snare": "....x..x.x..x..x", "hat": "x.x.x.x.x.x.x.x."}, density=0.35, echo=0.15,
)  # fmt: skip
CHIP = Style(
    bpm=150, root=60, scale=MAJOR, progressions=((0, 4, 5, 3), (5, 3, 0, 4)), harmony="square", lead="square",
    low="acid", bass_steps=(0, 4, 8, 12), drums={"kick": "x.......x.......", "snare": "....x.......x...",
    "hat": "oooooooooooooooo"}, density=0.75, strum=(0, 2, 4, 6, 8, 10, 12, 14), echo=0.2,
)  # fmt: skip

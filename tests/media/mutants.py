"""Damaged files, made from real ones of every format: equal seeds make equal mutants."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mutagen
import numpy as np
from mutagen._util import cdata
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3, TALB, TIT2, TPE1

from tests.audio.sounds import encode_channels, noise
from tests.audio_files import FORMATS, make

LEVELS = ("container", "codec", "tag")
MARK = "Mutated Title"
"""Title of the files: shows where their tags are."""

SURROUND = {
    "aac.7.m4a": ("aac", "7.1"),
    "opus.7.opus": ("libopus", "7.1"),
    "wv.7.wv": ("wavpack", "7.1"),
    "flac.6.flac": ("flac", "5.1"),
    "aac.mkv": ("aac", "stereo"),
    "aac.flv": ("aac", "stereo"),
    "alac.caf": ("alac", "stereo"),
    "pcm.w64": ("pcm_s16le", "stereo"),
    "mp3.ts": ("libmp3lame", "stereo"),
    "pcm.au": ("pcm_s16be", "stereo"),
    "eac3.eac3": ("eac3", "5.1"),
}
"""Files beside those of `FORMATS`, by suffix: FFmpeg's encoder and layout."""

_CHANNELS = {"stereo": 2, "5.1": 6, "7.1": 8}
_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 1 << 24)
_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@dataclass(frozen=True)
class Mutant:
    """A damaged file.

    Attributes:
        format: Suffix of the file it was made from.
        level: What was damaged.
        seed: Which damage.
        path: Where it is.
    """

    format: str
    level: str
    seed: int
    path: Path


def originals(folder: Path) -> dict[str, bytes]:
    """A tagged file of each format."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for suffix in FORMATS:
        made[suffix] = make(folder / f"a.{suffix}", seconds=1.0)
    for suffix, (codec, layout) in SURROUND.items():
        sound = np.concatenate([noise(1.0, rate=48_000, seed=n)[:, :1] for n in range(_CHANNELS[layout])], axis=1)
        made[suffix] = Path(encode_channels(folder / f"a.{suffix}", codec, layout, sound))
    for path in made.values():
        _tag(path)
    files = {suffix: path.read_bytes() for suffix, path in made.items()}
    links = [_sealed(files[suffix], serial) for serial, suffix in enumerate(("ogg", "oga", "opus"), start=1)]
    return {**files, "chain.ogg": b"".join(links)}


def mutants(originals: dict[str, bytes], folder: Path, seeds: range) -> Iterator[Mutant]:
    """One mutant of each format at each level for every seed; written when asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        for suffix, data in originals.items():
            for level in LEVELS:
                chance = random.Random(f"{suffix} {level} {seed}")
                path = folder / f"{seed}-{level}.{suffix}"
                damaged = _DAMAGE[level](bytearray(data), chance)
                path.write_bytes(_sealed(damaged) if data.startswith(b"OggS") else damaged)
                yield Mutant(suffix, level, seed, path)


def _tag(path: Path) -> None:
    media = mutagen.File(path)
    if media is None:
        return
    if isinstance(media, FLAC):
        picture = Picture()
        picture.type, picture.mime, picture.data = 3, "image/png", _PICTURE
        media.add_picture(picture)
    if media.tags is None:
        try:
            media.add_tags()
        except (mutagen.MutagenError, NotImplementedError):
            return
    if isinstance(media.tags, ID3):
        for frame in (
            TIT2(3, MARK),
            TPE1(1, ["An Artist"]),
            TALB(0, ["An Album"]),
            APIC(0, "image/png", 3, "", _PICTURE),
        ):
            media.tags.add(frame)
    else:
        names = {"MP4Tags": "\xa9nam", "ASFTags": "Title"}
        media.tags[names.get(type(media.tags).__name__, "title")] = [MARK]
    media.save()


def _container(data: bytearray, chance: random.Random) -> bytes:
    """Sizes and names of chunks, and where they stand."""
    names = [found.start() for found in re.finditer(rb"[A-Za-z][A-Za-z0-9 ]{3}", bytes(data[:4_096] + data[-1_024:]))]
    for _ in range(chance.randint(1, 4)):
        place = chance.choice(names) if names and chance.random() < 0.7 else chance.randrange(min(len(data), 512))
        place = max(0, min(len(data) - 1, place + chance.randint(-8, 12)))
        match chance.randrange(6):
            case 0 | 1:
                width = chance.choice((1, 2, 4, 8))
                number = chance.choice(_NUMBERS) & (1 << 8 * width) - 1
                data[place : place + width] = number.to_bytes(width, chance.choice(("big", "little")))
            case 2:
                data[place] ^= 1 << chance.randrange(8)
            case 3:
                del data[place : place + chance.choice((1, 4, 16, 200))]
            case 4:
                data[place:place] = data[max(0, place - chance.choice((4, 32, 1_000))) : place]
            case _:
                del data[max(1, round(len(data) * chance.random())) :]
        if len(data) < 16:
            break
    return bytes(data)


def _codec(data: bytearray, chance: random.Random) -> bytes:
    """The sound itself: single bits, runs of noise or zeros, holes, blocks in the wrong order."""
    for _ in range(chance.choice((1, 1, 3, 30))):
        place = chance.randrange(len(data) // 20, len(data))
        run = chance.choice((1, 8, 100, 2_000))
        match chance.randrange(5):
            case 0 | 1:
                data[place] ^= 1 << chance.randrange(8)
            case 2:
                data[place : place + run] = chance.randbytes(min(run, len(data) - place))
            case 3:
                data[place : place + run] = bytes(min(run, len(data) - place))
            case _:
                other = chance.randrange(len(data) // 20, len(data))
                data[place : place + run] = data[other : other + run]
    return bytes(data)


def _tags(data: bytearray, chance: random.Random) -> bytes:
    """Lengths, encodings and texts around title and picture; a format without tags gets a damaged one in front."""
    whole = bytes(data)
    places = [whole.find(MARK.encode()), whole.find(MARK.encode("utf-16-le")), whole.find(_PICTURE[:8])]
    places = [place for place in places if place >= 0]
    if not places:
        front = b"ID3\x04\0\0" + bytes(chance.randrange(128) for _ in range(4)) + b"TIT2" + chance.randbytes(40)
        return front + whole
    for _ in range(chance.randint(1, 5)):
        place = max(0, min(len(data) - 8, chance.choice(places) + chance.randint(-40, 40)))
        match chance.randrange(4):
            case 0 | 1:
                width = chance.choice((1, 2, 4))
                number = chance.choice(_NUMBERS) & (1 << 8 * width) - 1
                data[place : place + width] = number.to_bytes(width, chance.choice(("big", "little")))
            case 2:
                data[place : place + 4] = chance.randbytes(4)
            case _:
                data[place:place] = chance.randbytes(chance.choice((1, 4, 60)))
    return bytes(data)


_DAMAGE = {"container": _container, "codec": _codec, "tag": _tags}


def _sealed(data: bytes, serial: int | None = None) -> bytes:
    """Ogg pages with right checksums, and another serial: damage behind a wrong checksum would reach no decoder."""
    pages = [found.start() for found in re.finditer(b"OggS", data)]
    out = bytearray(data)
    for start in pages:
        count = data[start + 26] if start + 27 <= len(data) else 0
        end = start + 27 + count + sum(data[start + 27 : start + 27 + count])
        if end > len(data):
            continue
        if serial is not None:
            out[start + 14 : start + 18] = serial.to_bytes(4, "little")
        out[start + 22 : start + 26] = bytes(4)
        crc = ~zlib.crc32(bytes(out[start:end]).translate(cdata.bitswap), -1) & 0xFFFFFFFF
        out[start + 22 : start + 26] = crc.to_bytes(4, "big").translate(cdata.bitswap)
    return bytes(out)

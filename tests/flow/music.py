"""A small tagged music collection, made once for all tests of the whole."""

from pathlib import Path

from mutagen.flac import FLAC

from player.demo._covers import draw
from tests.audio_files import encode, samples

ARTISTS = ("Ash", "Birch", "Cedar", "Dogwood")
ALBUMS = (1, 2)
TRACKS = (1, 2, 3)
RATE = 8_000
"""Samples a second; few, so that little has to be computed."""

SECONDS = 34.0
"""Longer than the 30 s from which a play counts as listened to."""

AMOUNT = len(ARTISTS) * len(ALBUMS) * len(TRACKS)


def make_collection(folder: Path) -> Path:
    """Four artists with two albums of three tracks each, as FLAC files with covers beside them."""
    seed = 0
    for artist in ARTISTS:
        for album in ALBUMS:
            place = folder / artist / f"{artist} {album}"
            place.mkdir(parents=True)
            for number in TRACKS:
                seed += 1
                path = place / f"{number:02d}.flac"
                encode(path, samples(SECONDS, RATE, seed), "flac", "flac", RATE)
                tags = FLAC(path)
                tags.update(
                    title=f"{artist} {album}.{number}",
                    artist=artist,
                    albumartist=artist,
                    album=f"{artist} {album}",
                    tracknumber=str(number),
                    genre="Wood",
                    date=str(2000 + seed),
                )
                tags.save()
            (place / "cover.png").write_bytes(draw("rings", ("#000000", "#406040", "#d0e0d0"), seed))
    return folder

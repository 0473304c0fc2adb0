"""CPU of a first scan against reading the same tags with bare mutagen on as many processes; and of a rescan.

    python -m tests.benchmarks.scan_bench [--files 20000] [--processes 2] [--same-sound] [--keep DIR]

Prints a table. The library is generated: MP3, FLAC, Ogg Vorbis, Opus and M4A, tagged as MusicBrainz
Picard does, with a cover of 20 kB each.
"""

from __future__ import annotations

import argparse
import base64
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import mutagen
from mutagen.flac import FLAC, Picture
from mutagen.id3 import (
    APIC,
    ID3,
    TALB,
    TCOM,
    TCON,
    TDOR,
    TDRC,
    TIT2,
    TPE1,
    TPE2,
    TPOS,
    TPUB,
    TRCK,
    TSO2,
    TSOP,
    TSRC,
    TXXX,
)
from mutagen.mp4 import MP4

from player.domain import ScanReport, now_ms
from player.library import scan
from player.storage import Database
from tests.audio_files import make

SUFFIXES = ("mp3", "mp3", "mp3", "flac", "flac", "ogg", "opus", "m4a")
TRACKS_AN_ALBUM = 12
GENRES = ("Rock", "Jazz", "Electronic", "Classical", "Hip-Hop", "Folk")
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 80


def generate(folder: Path, count: int, *, same_sound: bool) -> None:
    """Make `count` tagged files in albums of twelve."""
    originals = {
        suffix: make(folder.parent / f"original.{suffix}", seconds=0.4).read_bytes() for suffix in set(SUFFIXES)
    }
    for number in range(count):
        album, track = divmod(number, TRACKS_AN_ALBUM)
        suffix = SUFFIXES[album % len(SUFFIXES)]
        path = folder / f"Artist {album // 4:05}" / f"Album {album:06}" / f"{track + 1:02} Title.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = bytearray(originals[suffix])
        if not same_sound:  # another sound: bytes that no parser of headers looks at
            at = len(data) * 2 // 3 if suffix != "flac" else 26
            data[at : at + 4] = number.to_bytes(4, "big")
            if suffix in ("ogg", "opus"):
                data[-4:] = number.to_bytes(4, "big")
        path.write_bytes(data)
        tag(path, number, album, track)


def tag(path: Path, number: int, album: int, track: int) -> None:
    """Tag a file with the fields that MusicBrainz Picard writes, and its cover."""
    artist = f"Artist {album // 4:05}"
    recording, release, person = (
        f"{kind:08x}-0000-4000-8000-{key:012x}" for kind, key in ((1, number), (2, album), (3, album // 4))
    )
    texts = {
        "title": f"Song number {number}",
        "artist": artist,
        "artists": artist,
        "artistsort": f"{artist}, The",
        "album": f"Album {album:06}",
        "albumartist": artist,
        "albumartistsort": f"{artist}, The",
        "composer": f"Composer {number % 900}",
        "genre": GENRES[album % len(GENRES)],
        "date": f"{1960 + album % 60}-05-{1 + track:02}",
        "originaldate": f"{1960 + album % 60}-01-01",
        "originalyear": str(1960 + album % 60),
        "tracknumber": str(track + 1),
        "totaltracks": str(TRACKS_AN_ALBUM),
        "discnumber": "1",
        "totaldiscs": "1",
        "label": f"Label {album % 300}",
        "isrc": f"XX{number:010}",
        "media": "CD",
        "barcode": f"{album:013}",
        "catalognumber": f"CAT {album}",
        "releasecountry": "XW",
        "releasestatus": "official",
        "releasetype": "album",
        "script": "Latn",
        "asin": f"B{album:09}",
        "acoustid_id": recording,
        "musicbrainz_trackid": recording,
        "musicbrainz_releasetrackid": recording,
        "musicbrainz_albumid": release,
        "musicbrainz_releasegroupid": release,
        "musicbrainz_artistid": person,
        "musicbrainz_albumartistid": person,
        "replaygain_track_gain": f"-{number % 12}.{number % 100:02} dB",
        "replaygain_track_peak": "0.987654",
        "replaygain_album_gain": f"-{album % 12}.{album % 100:02} dB",
        "replaygain_album_peak": "0.998877",
    }
    media = mutagen.File(path)
    assert media is not None
    if media.tags is None:
        media.add_tags()
    picture = PICTURE + album.to_bytes(4, "big")
    if path.suffix == ".mp3":
        add_frames(media.tags, texts, picture)
    elif isinstance(media, MP4):
        add_atoms(media, texts, picture)
    else:
        media.update(texts)
        add_block(media, picture)
    media.save()


FRAMES = {
    "title": TIT2,
    "artist": TPE1,
    "album": TALB,
    "albumartist": TPE2,
    "genre": TCON,
    "date": TDRC,
    "originaldate": TDOR,
    "tracknumber": TRCK,
    "discnumber": TPOS,
    "composer": TCOM,
    "label": TPUB,
    "isrc": TSRC,
    "artistsort": TSOP,
    "albumartistsort": TSO2,
}
ATOMS = {
    "title": "\xa9nam",
    "artist": "\xa9ART",
    "album": "\xa9alb",
    "albumartist": "aART",
    "genre": "\xa9gen",
    "date": "\xa9day",
    "composer": "\xa9wrt",
    "artistsort": "soar",
    "albumartistsort": "soaa",
}


def add_frames(tags: ID3, texts: dict[str, str], picture: bytes) -> None:
    """ID3v2.4 frames."""
    for name, text in texts.items():
        tags.add(FRAMES[name](encoding=3, text=text) if name in FRAMES else TXXX(encoding=3, desc=name, text=text))
    tags.add(APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=picture))


def add_atoms(media: MP4, texts: dict[str, str], picture: bytes) -> None:
    """MP4 atoms."""
    for name, text in texts.items():
        if name in ATOMS:
            media[ATOMS[name]] = text
        else:
            media[f"----:com.apple.iTunes:{name}"] = text.encode()
    media["trkn"] = [(int(texts["tracknumber"]), TRACKS_AN_ALBUM)]
    media["covr"] = [picture]


def add_block(media: mutagen.FileType, picture: bytes) -> None:
    """A picture block in a FLAC file, or in base64 in a comment."""
    block = Picture()
    block.type, block.mime, block.data = 3, "image/jpeg", picture
    if isinstance(media, FLAC):
        media.add_picture(block)
    else:
        media["metadata_block_picture"] = base64.b64encode(block.write()).decode()


def bare(folder: Path, processes: int) -> None:
    """Read everything with bare mutagen in `processes` processes."""
    paths = [os.path.join(top, name) for top, _, names in os.walk(folder) for name in names]
    command = [sys.executable, str(Path(__file__).with_name("bare_mutagen.py"))]
    readers = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(processes)]
    for at, reader in enumerate(readers):
        assert reader.stdin is not None
        reader.stdin.write(b"".join(os.fsencode(path) + b"\n" for path in paths[at::processes]))
        reader.stdin.close()
    for reader in readers:
        assert reader.wait() == 0


def cpu() -> float:
    """CPU seconds of this process and its ended children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measured(name: str, run: Callable[[], ScanReport | None]) -> tuple[float, ScanReport | None]:
    """Run and print one row."""
    before, began = cpu(), time.monotonic()
    result = run()
    spent = cpu() - before
    print(f"{name:24} {spent:8.2f} CPU s {time.monotonic() - began:8.2f} s")
    return spent, result


def report(folder: Path, processes: int) -> None:
    """Measure one folder and print."""
    with tempfile.TemporaryDirectory() as profile:
        database = Database.open(Path(profile) / "segue.db")
        database.files.add_root(str(folder), now_ms())
        reference, _ = measured("bare mutagen", lambda: bare(folder, processes))
        first, found = measured("first scan", lambda: scan(database, [str(folder)], processes=processes))
        _, again = measured("rescan, no change", lambda: scan(database, [str(folder)], processes=processes))
        database.close()
    assert found is not None
    assert again is not None
    assert (again.added, again.updated, again.moved) == (0, 0, 0)
    print(f"{found.seen} files, {found.tracks} tracks, {len(found.unreadable)} unreadable")
    print(f"first scan / bare mutagen: {first / reference:.2f} (goal: at most 1.25)")
    print(f"peak memory of the scanning process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--same-sound", action="store_true")
    parser.add_argument("--keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary) / "music"
        if not folder.is_dir():
            folder.mkdir(parents=True)
            generate(folder, options.files, same_sound=options.same_sound)
        report(folder, options.processes)
    return 0


if __name__ == "__main__":
    sys.exit(main())

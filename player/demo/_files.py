"""The demo's music as files: encoded by PyAV, tagged by mutagen."""

from __future__ import annotations

import base64
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import mutagen.flac
import mutagen.id3
import mutagen.mp3
import mutagen.mp4
import numpy as np

from player.demo._catalogue import ALBUMS, ARTISTS, DemoAlbum, DemoArtist
from player.demo._composer import compose
from player.demo._covers import SIZE, draw
from player.demo._instruments import Samples


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a format is written.

    Attributes:
        codec: FFmpeg's encoder.
        sample_format: What it takes.
        rate: Sample rate in Hz.
        bits: Bits a second, None for lossless.
        options: The encoder's options, chosen for speed.
    """

    codec: str
    sample_format: str
    rate: int
    bits: int | None
    options: dict[str, str]


ENCODINGS = {
    "flac": Encoding("flac", "s16", 44_100, None, {"compression_level": "3"}),
    "opus": Encoding("libopus", "flt", 48_000, 96_000, {"compression_level": "0"}),
    "ogg": Encoding("vorbis", "fltp", 44_100, 112_000, {"strict": "experimental"}),
    "mp3": Encoding("libmp3lame", "s16p", 32_000, 112_000, {"compression_level": "9"}),
    "m4a": Encoding("aac", "fltp", 44_100, 128_000, {"aac_coder": "fast"}),
}
_BLOCK = 1 << 16


def write_audio(path: Path, samples: Samples, encoding: Encoding) -> None:
    """Encode float32 [2, n] at `encoding.rate` into `path`; its suffix chooses the container."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(encoding.codec, rate=encoding.rate, options=encoding.options)
        stream.layout = "stereo"
        stream.format = encoding.sample_format
        if encoding.bits is not None:
            stream.bit_rate = encoding.bits
        resampler = av.AudioResampler(format=encoding.sample_format, layout="stereo", rate=encoding.rate)
        for frame in _frames(samples, encoding.rate):
            for converted in resampler.resample(frame):
                container.mux(stream.encode(converted))
        container.mux(stream.encode(None))


def _frames(samples: Samples, rate: int) -> Iterator[Any]:
    for start in range(0, samples.shape[1], _BLOCK):
        block = np.ascontiguousarray(samples[:, start : start + _BLOCK])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate = rate
        frame.pts = start
        yield frame


def _tags(album: DemoAlbum, number: int, artist: DemoArtist) -> dict[str, list[str]]:
    album_artist = ARTISTS[album.artist] if album.artist else None
    tags = {
        "title": [album.tracks[number - 1]],
        "artist": [artist.name],
        "album": [album.title],
        "albumartist": [album_artist.name if album_artist else "Various Artists"],
        "genre": list(artist.genres),
        "date": [str(album.year)],
        "tracknumber": [str(number) if album.format in ("flac", "opus", "ogg") else f"{number}/{len(album.tracks)}"],
        "discnumber": ["1"],
    }
    if artist.sort:
        tags["artistsort"] = [artist.sort]
    if not album.artist:
        tags["compilation"] = ["1"]
    return tags


def write_tags(path: Path, tags: dict[str, list[str]], cover: bytes | None) -> None:
    """Tag a file of any of the demo's formats; `cover` is a PNG to embed."""
    file = _open(path, easy=True)
    if file.tags is None:
        file.add_tags()
    if path.suffix == ".m4a":
        tags = {name: values for name, values in tags.items() if name != "compilation"}
    for name, values in tags.items():
        file[name] = values
    file.save()
    if cover is not None:
        _embed(path, cover)


def _open(path: Path, *, easy: bool = False) -> Any:
    """The tags of one of our own files; mutagen's types are not ours to check."""
    library: Any = mutagen
    return library.File(path, easy=easy)


def _embed(path: Path, cover: bytes) -> None:
    library: Any = mutagen
    picture = library.flac.Picture()
    picture.type, picture.mime, picture.data = 3, "image/png", cover
    picture.width = picture.height = SIZE
    picture.depth = 24
    file = _open(path)
    if path.suffix == ".flac":
        file.add_picture(picture)
    elif path.suffix == ".m4a":
        file["covr"] = [library.mp4.MP4Cover(cover, library.mp4.MP4Cover.FORMAT_PNG)]
    elif path.suffix == ".mp3":
        file.tags.add(library.id3.APIC(encoding=3, mime="image/png", type=3, desc="", data=cover))
    else:
        file["metadata_block_picture"] = [base64.b64encode(picture.write()).decode("ascii")]
    file.save()


def _seed(*words: object) -> int:
    return zlib.crc32("\0".join(map(str, words)).encode())


def _write_track(folder: Path, album: DemoAlbum, number: int, cover: bytes | None) -> None:
    key = album.artists[number - 1] if album.artists else album.artist
    artist = ARTISTS[key]
    encoding = ENCODINGS[album.format]
    title = album.tracks[number - 1]
    seed = _seed(artist.name, album.title, title)
    seconds = 38 + seed % (8 if album.format in ("mp3", "m4a", "ogg") else 28)
    path = folder / f"{number:02d} {title.replace('/', '-')}.{album.format}"
    beside = path.with_name(f"writing-{path.name}")
    write_audio(beside, compose(artist.style, seconds, encoding.rate, seed), encoding)
    write_tags(beside, _tags(album, number, artist), cover)
    beside.replace(path)


def make_music(
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    albums: Sequence[DemoAlbum] = ALBUMS,
) -> int:
    """Write the demo's music into `folder` as `Artist/Album/NN Title.suffix`, on all cores; takes some seconds.

    Files that are there stay: an interrupted run is completed by the next, a second one does nothing.

    Args:
        folder: Where to; made where it is missing.
        progress: Told how many tracks are done, and of how many; on this thread.
        albums: Which albums.

    Returns:
        How many tracks were written.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
    try:
        jobs = [job for album in albums for job in _album_jobs(pool, folder, album)]
        for done, job in enumerate(jobs):
            progress(done, len(jobs))
            job.result()
    finally:
        pool.shutdown(cancel_futures=True)
    return len(jobs)


def _album_jobs(pool: ThreadPoolExecutor, folder: Path, album: DemoAlbum) -> list[Future[None]]:
    name = ARTISTS[album.artist].name if album.artist else "Various Artists"
    place = folder / name / album.title.replace(":", " -")
    place.mkdir(parents=True, exist_ok=True)
    have = {int(path.name[:2]) for path in place.iterdir() if path.name[:2].isdigit()}
    wanted = [number for number in range(1, len(album.tracks) + 1) if number not in have]
    if not wanted:
        return []
    cover = draw(album.figure, ARTISTS[album.artist or album.artists[0]].colours, _seed(album.title))
    if not album.embedded:
        (place / "cover.png").write_bytes(cover)
    embedded = cover if album.embedded else None
    return [pool.submit(_write_track, place, album, number, embedded) for number in wanted]

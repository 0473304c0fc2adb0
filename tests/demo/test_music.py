"""The demo's music: made the same every time, sounding like its artists, tagged like anybody's."""

import zlib
from itertools import combinations

import av
import numpy as np
import pytest

from player.demo import _styles, make_music
from player.demo._catalogue import ALBUMS, ARTISTS
from player.demo._composer import compose
from player.demo._covers import FIGURES, SIZE, draw, to_png
from player.demo._files import ENCODINGS, write_audio, write_tags
from player.demo._instruments import TONES, stroke
from player.tags import cover, read_track

RATE = 16_000
STYLES = sorted(name for name in vars(_styles) if isinstance(vars(_styles)[name], _styles.Style))


@pytest.fixture(scope="module")
def pieces():
    return {name: compose(vars(_styles)[name], 12, RATE, seed=1) for name in STYLES}


@pytest.mark.parametrize("name", TONES)
@pytest.mark.parametrize("hz", [41.2, 440.0, 3_000.0])
def test_a_tone_has_its_length_and_no_click(name, hz):
    samples = TONES[name](hz, 0.5, RATE)
    assert samples.dtype == np.float32
    assert samples.shape == (RATE // 2,)
    assert np.abs(samples).max() < 1.2
    assert abs(samples[0]) < 0.01
    assert abs(samples[-1]) < 0.01


def test_every_drum_of_every_style_exists():
    rng = np.random.default_rng(0)
    drums = {drum for name in STYLES for drum in vars(_styles)[name].drums}
    assert all(np.abs(stroke(drum, RATE, rng)).max() > 0.05 for drum in drums)


@pytest.mark.parametrize("name", STYLES)
def test_a_piece_is_whole_and_within_full_scale(pieces, name):
    samples = pieces[name]
    assert samples.shape[0] == 2
    assert 10 < samples.shape[1] / RATE < 18
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() == pytest.approx(0.89, abs=0.01)
    assert np.sqrt((samples**2).mean()) > 0.03


def test_the_same_seed_makes_the_same_piece(pieces):
    assert np.array_equal(compose(_styles.PIANO, 12, RATE, seed=1), pieces["PIANO"])
    assert not np.array_equal(compose(_styles.PIANO, 12, RATE, seed=2)[:, :RATE], pieces["PIANO"][:, :RATE])


def test_artists_sound_different(pieces):
    def colour(samples):
        spectrum = np.abs(np.fft.rfft(samples.mean(axis=0)[: 10 * RATE]))
        return np.array([band.mean() for band in np.array_split(np.log1p(spectrum), 24)])

    colours = {name: colour(samples) for name, samples in pieces.items()}
    for one, other in combinations(colours, 2):
        assert np.abs(colours[one] - colours[other]).max() > 0.05, (one, other)


def test_every_album_is_by_known_artists_and_complete():
    for album in ALBUMS:
        assert album.format in ENCODINGS
        assert album.figure in FIGURES
        assert len(album.artists) in (0, len(album.tracks))
        assert {album.artist, *album.artists} - {""} <= set(ARTISTS)
    assert 60 <= sum(len(album.tracks) for album in ALBUMS) <= 100


def test_a_png_holds_the_picture(tmp_path):
    picture = np.random.default_rng(0).integers(0, 256, (7, 5, 3), np.uint8)
    path = tmp_path / "picture.png"
    path.write_bytes(to_png(picture))
    with av.open(str(path)) as container:
        assert np.array_equal(next(container.decode(video=0)).to_ndarray(format="rgb24"), picture)


@pytest.mark.parametrize("figure", FIGURES)
def test_covers_are_drawn_the_same_every_time(figure):
    colours = ("#000000", "#808080", "#ffffff")
    assert zlib.crc32(draw(figure, colours, 1)) == zlib.crc32(draw(figure, colours, 1))
    assert draw(figure, colours, 1) != draw(figure, colours, 2)


@pytest.mark.parametrize("suffix", ENCODINGS)
def test_files_of_every_format_read_back(tmp_path, suffix):
    path = tmp_path / f"01 窓.{suffix}"
    encoding = ENCODINGS[suffix]
    write_audio(path, compose(_styles.CHIP, 4, encoding.rate, seed=1), encoding)
    picture = draw("sun", ("#000000", "#808080", "#ffffff"), 1)
    write_tags(path, {"title": ["窓"], "artist": ["水無月ハル"], "album": ["A"], "tracknumber": ["1"]}, picture)
    track = read_track(str(path))
    assert (track.title, track.artists, track.album, track.track_no) == ("窓", ("水無月ハル",), "A", 1)
    assert track.duration_ms > 3_000
    assert cover(str(path)) == picture


def test_an_interrupted_run_is_completed(tmp_path):
    albums = [album for album in ALBUMS if album.title == "Interval Training"]
    told = []
    assert make_music(tmp_path, lambda done, total: told.append((done, total)), albums) == 4
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]
    files = sorted(tmp_path.rglob("*.flac"))
    files[2].unlink()
    kept = files[0].stat().st_mtime_ns
    assert make_music(tmp_path, albums=albums) == 1
    assert sorted(tmp_path.rglob("*.flac")) == files
    assert files[0].stat().st_mtime_ns == kept
    assert make_music(tmp_path, albums=albums) == 0
    assert SIZE == 480

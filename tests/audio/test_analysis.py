"""Loudness, excerpts and peaks of files; ReplayGain arithmetic."""

import subprocess
import sys

import numpy as np
import pytest

from player.audio import Loudness, album_lufs, decode_excerpts, measure, peaks, replaygain_db
from player.domain import FileError, Gain
from tests.audio.sounds import RATE, encode, music, noise, quantised


def tone(level_db, seconds=3.0, hz=997.0):
    t = np.arange(round(seconds * RATE)) / RATE
    x = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * t)
    return quantised(np.stack([x, x], axis=1))


@pytest.mark.parametrize("level", [-23.0, -10.0])
def test_loudness_of_the_standards_tone(tmp_path, level):
    """EBU Tech 3341: a stereo tone of 1 kHz at -23 dBFS is -23 LUFS."""
    loudness = measure(encode(tmp_path / "t.flac", tone(level)))
    assert loudness.lufs == pytest.approx(level, abs=0.1)
    assert 20 * np.log10(loudness.true_peak) == pytest.approx(level, abs=0.2)
    assert loudness.gain.track_db == pytest.approx(-18.0 - level, abs=0.1)


def test_quiet_parts_are_gated(tmp_path):
    """EBU Tech 3341, test 3: the quiet surroundings do not count."""
    sound = np.concatenate([tone(-36.0), tone(-23.0, 9.0), tone(-36.0)])
    assert measure(encode(tmp_path / "t.flac", sound)).lufs == pytest.approx(-23.0, abs=0.2)


def test_a_peak_between_samples_is_seen(tmp_path):
    t = np.arange(2 * RATE)
    x = 0.9 * np.sin(np.pi / 2 * t + np.pi / 4) * np.sin(np.pi * t / len(t))
    x = quantised(np.stack([x, x], axis=1))
    loudness = measure(encode(tmp_path / "t.flac", x))
    assert np.abs(x).max() < 0.64
    assert loudness.true_peak == pytest.approx(0.9, abs=0.03)


def test_mono_is_measured_as_it_is_played(tmp_path):
    assert measure(encode(tmp_path / "m.flac", tone(-20.0)[:, :1])).lufs == pytest.approx(-20.0, abs=0.1)


def test_a_part_is_measured_alone(tmp_path):
    path = encode(tmp_path / "t.flac", np.concatenate([tone(-30.0), tone(-20.0)]))
    assert measure(path, end_ms=3000).lufs == pytest.approx(-30.0, abs=0.1)
    assert measure(path, start_ms=3000).lufs == pytest.approx(-20.0, abs=0.1)


def test_silence_has_the_lowest_loudness_and_no_gain(tmp_path):
    loudness = measure(encode(tmp_path / "s.flac", np.zeros((RATE, 2), np.float32)))
    assert loudness.lufs == -70.0
    assert loudness.gain.track_db == 0.0


def test_an_album_is_one_programme(tmp_path):
    tracks = [measure(encode(tmp_path / f"{db}.flac", tone(db))) for db in (-20.0, -26.0)]
    power = (10**-2.0 + 10**-2.6) / 2
    assert album_lufs(tracks) == pytest.approx(10 * np.log10(power), abs=0.2)
    assert album_lufs([Loudness(-70.0, 0.0, np.zeros(0, np.float32))]) == -70.0


@pytest.mark.parametrize(
    ("mode", "in_order", "expected"),
    [("off", False, 0.0), ("track", False, -6.0), ("album", False, -3.0), ("auto", False, -6.0), ("auto", True, -3.0)],
)
def test_gain_modes(mode, in_order, expected):
    gain = Gain(track_db=-6.0, track_peak=0.9, album_db=-3.0, album_peak=1.0)
    assert replaygain_db(gain, mode, album_in_order=in_order) == expected


def test_a_missing_gain_is_replaced_by_the_other_kind():
    assert replaygain_db(Gain(track_db=-6.0), "album") == -6.0
    assert replaygain_db(Gain(album_db=-2.0), "track") == -2.0
    assert replaygain_db(Gain(), "track", 3.0, untagged_db=-5.0) == -5.0


def test_clipping_is_prevented():
    gain = Gain(track_db=6.0, track_peak=0.9)
    assert replaygain_db(gain, "track") == pytest.approx(-20 * np.log10(0.9))
    assert replaygain_db(gain, "track", prevent_clipping=False) == 6.0
    assert replaygain_db(Gain(track_db=-9.0, track_peak=1.2), "track", 3.0) == -6.0


def test_unknown_gain_mode_is_refused():
    with pytest.raises(ValueError, match="loud"):
        replaygain_db(Gain(), "loud")


def test_excerpts_lie_evenly_and_are_what_is_there(tmp_path):
    x = music(10.0)
    path = encode(tmp_path / "x.flac", x)
    rows = decode_excerpts(path, rate=RATE, patches=4, seconds=1.0)
    assert rows.shape == (4, RATE)
    assert rows.dtype == np.float32
    for row, centre in zip(rows, (1.25, 3.75, 6.25, 8.75), strict=True):
        start = round((centre - 0.5) * RATE)
        assert np.abs(row - x[start : start + RATE].mean(axis=1)).max() < 1e-6


def test_excerpts_at_the_models_rate(pair):
    rows = decode_excerpts(pair("mp3").second, patches=8, seconds=0.5)
    assert rows.shape == (3, 8_000)


def test_a_short_file_gives_one_padded_excerpt(tmp_path):
    rows = decode_excerpts(encode(tmp_path / "x.flac", music(0.5)), seconds=3.0)
    assert rows.shape == (1, 48_000)
    assert not rows[0, 8_100:].any()
    assert rows[0, :8_000].any()


def test_excerpts_of_a_part(tmp_path):
    x = music(6.0)
    rows = decode_excerpts(
        encode(tmp_path / "x.flac", x), rate=RATE, patches=1, seconds=1.0, start_ms=2000, end_ms=4000
    )
    assert np.abs(rows[0] - x[round(2.5 * RATE) :][:RATE].mean(axis=1)).max() < 1e-6


def test_peaks_follow_the_sound(tmp_path):
    x = noise(2.0) * np.repeat([0.5, 0.1, 0.0, 1.0], RATE // 2)[:, None].astype(np.float32)
    outline = peaks(encode(tmp_path / "x.flac", x), 40)
    assert outline.shape == (40,)
    assert np.allclose(outline[1:9].max(), np.abs(x[: RATE // 2]).max(), rtol=0.2)
    assert outline[22:28].max() == 0.0
    assert outline[32:].min() > outline[12:18].max()
    assert outline.max() <= 1.0


def test_more_peaks_than_there_is_sound(tmp_path):
    assert peaks(encode(tmp_path / "x.wav", music(0.05)), 500).shape == (500,)


@pytest.mark.parametrize("analyse", [measure, decode_excerpts, lambda path: peaks(path, 10)])
def test_what_cannot_be_decoded_is_told(tmp_path, analyse):
    path = tmp_path / "x.flac"
    path.write_bytes(b"fLaC no more")
    with pytest.raises(FileError):
        analyse(str(path))


def test_analysis_does_not_load_qt():
    code = "import sys, player.audio as a; a.measure, a.peaks, a.decode_excerpts; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Decoding: lengths, seeks, conversions, to the sample."""

import os
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp4 import MP4, MP4FreeForm

from player.audio._decoder import Decoder
from player.domain import FileError
from tests.audio.sounds import LOSSLESS, LOSSY, RATE, encode, encode_channels, music, quantised

KINDS = LOSSLESS + LOSSY


def read(decoder, frames=None):
    blocks, count = [np.zeros((0, 2), np.float32)], 0
    while (frames is None or count < frames) and (block := decoder.read()) is not None:
        blocks.append(block)
        count += len(block)
    return np.concatenate(blocks)[:frames]


def decode(path, rate=None):
    decoder = Decoder(path, rate)
    try:
        return read(decoder)
    finally:
        decoder.close()


@pytest.mark.parametrize("kind", KINDS)
def test_length_is_exact(pair, kind):
    p = pair(kind)
    assert len(decode(p.first)) == p.cut
    assert len(decode(p.second)) == len(p.whole) - p.cut


@pytest.mark.parametrize("kind", LOSSLESS)
def test_lossless_is_bit_exact(pair, kind):
    p = pair(kind)
    assert np.array_equal(decode(p.first), p.whole[: p.cut])


@pytest.mark.parametrize("kind", ["ogg", "opus"])
@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0])
def test_short_ogg_files_are_trimmed_too(tmp_path, kind, seconds):
    rate = 48_000 if kind == "opus" else RATE
    sound = music(seconds, rate=rate)[:-77]
    assert len(decode(encode(tmp_path / f"x.{kind}", sound, rate=rate))) == len(sound)


@pytest.mark.parametrize("kind", ["ogg", "opus", "mp3"])
def test_files_stuck_together_play_to_the_end(tmp_path, kind):
    """What an internet radio's recorder writes: the length stated is the first part's, or the last one's."""
    rate = 48_000 if kind == "opus" else RATE
    parts = [encode(tmp_path / f"{n}.{kind}", music(1.0, rate=rate, seed=n), rate=rate) for n in (1, 2)]
    whole = tmp_path / f"whole.{kind}"
    whole.write_bytes(b"".join(Path(p).read_bytes() for p in parts))
    assert 1.99 * rate < len(decode(str(whole))) < 2.11 * rate


def test_a_rate_that_changes_in_mid_file_keeps_the_time(tmp_path):
    parts = [encode(tmp_path / f"{r}.mp3", music(1.0, rate=r), rate=r) for r in (44_100, 22_050)]
    whole = tmp_path / "whole.mp3"
    whole.write_bytes(b"".join(Path(p).read_bytes() for p in parts))
    assert 2.0 * RATE < len(decode(str(whole), RATE)) < 2.15 * RATE


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "m4a"])
def test_seek_is_sample_exact(pair, kind):
    p = pair(kind)
    whole = decode(p.first)
    decoder = Decoder(p.first, None)
    for seconds in (0.0, 0.01, 0.7, 1.2, 0.5123, 0.0, 1.3):
        decoder.seek(seconds)
        start = round(seconds * p.rate)
        part = read(decoder, 2_000)
        assert len(part) == min(2_000, len(whole) - start)
        assert np.abs(part - whole[start:][:2_000]).max() < 2e-3, seconds
    decoder.close()


@pytest.mark.parametrize("kind", ["ogg", "opus", "wma"])
@pytest.mark.parametrize("seconds", [0.1, 0.4])
def test_the_first_seek_in_a_short_file_is_exact(tmp_path, kind, seconds):
    """FFmpeg's timestamps begin late in files of one page, and in WMA."""
    rate = 48_000 if kind == "opus" else RATE
    path = encode(tmp_path / f"x.{kind}", music(0.8, rate=rate), rate=rate)
    whole, start = decode(path), round(seconds * rate)
    decoder = Decoder(path, None)
    decoder.seek(seconds)
    part = read(decoder, 3_000)
    decoder.close()
    assert np.abs(part - whole[start:][:3_000]).max() < 0.02


def test_seek_in_aac_is_exact_in_time(pair):
    """FFmpeg's AAC decoder needs some frames until its noise is the same again; the place is right at once."""
    p = pair("m4a")
    whole = decode(p.first)
    decoder = Decoder(p.first, None)
    decoder.seek(0.7)
    part, start = read(decoder, 4_000)[:, 0], round(0.7 * RATE)
    lags = [float(np.dot(part, whole[start + lag :][:4_000, 0])) for lag in range(-40, 41)]
    assert int(np.argmax(lags)) - 40 == 0
    decoder.close()


def test_seek_beyond_the_end_gives_nothing(pair):
    decoder = Decoder(pair("flac").first, None)
    decoder.seek(100.0)
    assert decoder.read() is None
    decoder.seek(0.0)
    assert len(read(decoder, 100)) == 100
    decoder.close()


@pytest.mark.parametrize("container", ["mkv", "flv", "ts", "aac"])
def test_aac_loses_nothing_in_any_container(tmp_path, container):
    """Matroska and FLV state durations in whole ms: 10 samples of 1,024 were cut from each frame, 39 times a second."""
    sound = music(1.0)
    plain = decode(encode_channels(tmp_path / "x.m4a", "aac", "stereo", sound, rate=RATE))
    packed = decode(encode_channels(tmp_path / f"x.{container}", "aac", "stereo", sound, rate=RATE))
    assert abs(len(packed) - len(plain)) <= 2_200, "but for the encoder's padding at both ends"
    lag = int(np.argmax(np.correlate(packed[:8_000, 0], plain[3_000:6_000, 0])) - 3_000)
    assert np.abs(packed[3_000 + lag : 40_000 + lag] - plain[3_000:40_000]).max() < 1e-3


def test_the_length_that_itunes_wrote_is_kept(tmp_path):
    path = encode(tmp_path / "x.m4a", music(1.0))
    tags = MP4(path)
    smpb = f" 00000000 00000840 000001C0 {40_000:016X}" + " 00000000" * 8
    tags["----:com.apple.iTunes:iTunSMPB"] = [MP4FreeForm(smpb.encode())]
    tags.save()
    assert len(decode(path)) == 40_000


def test_mono_sounds_on_both_sides_at_full_level(tmp_path):
    mono = music(0.5)[:, :1]
    sound = decode(encode(tmp_path / "m.flac", mono))
    assert np.array_equal(sound, np.repeat(mono, 2, axis=1))


@pytest.mark.parametrize(("rate", "hz"), [(8_000, 1_000), (48_000, 1_000), (48_000, 19_000), (96_000, 20_000)])
def test_resampling_keeps_length_and_level_and_adds_nothing(tmp_path, rate, hz):
    t = np.arange(RATE) / RATE
    tone = quantised(np.repeat(0.5 * np.sin(2 * np.pi * hz * t), 2).reshape(-1, 2))
    sound = decode(encode(tmp_path / "t.flac", tone), rate)
    assert abs(len(sound) - rate) <= 1
    middle = sound[rate // 4 : rate // 4 + rate // 2, 0]
    spectrum = np.abs(np.fft.rfft(middle * np.blackman(len(middle)))) / (0.21 * len(middle))
    assert spectrum[hz // 2] == pytest.approx(0.5, rel=0.01)
    rest = np.delete(spectrum, range(hz // 2 - 10, hz // 2 + 11))
    assert 20 * np.log10(rest.max() / 0.5) < -90


def test_names_that_are_no_text_are_opened(tmp_path):
    source = encode(tmp_path / "x.wav", music(0.1))
    odd = os.fsencode(tmp_path) + b"/\xff\xfe.wav"
    os.rename(source, odd)
    assert len(decode(os.fsdecode(odd))) == RATE // 10


def wav(path: Path, *, rate: int, channels: int) -> str:
    """A header that claims anything."""
    header = b"RIFF" + (1036).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    header += (1).to_bytes(2, "little") + channels.to_bytes(2, "little") + rate.to_bytes(4, "little")
    header += (rate * 2).to_bytes(4, "little") + (2 * channels).to_bytes(2, "little") + (16).to_bytes(2, "little")
    path.write_bytes(header + b"data" + (1000).to_bytes(4, "little") + bytes(1000))
    return str(path)


@pytest.mark.parametrize(("rate", "channels"), [(500_000_000, 2), (10, 2), (44_100, 250)])
def test_absurd_claims_are_refused_before_memory_is_taken(tmp_path, rate, channels):
    with pytest.raises(FileError, match="absurd"):
        Decoder(wav(tmp_path / "x.wav", rate=rate, channels=channels), 44_100)

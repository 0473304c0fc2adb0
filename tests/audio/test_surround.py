"""More than two channels: every file is read safely, and mixed down as ITU-R BS.775 says."""

import subprocess
import sys

import numpy as np
import pytest

from player.audio import EndCause, Source, decode_excerpts, measure, peaks
from tests.audio.sounds import encode_channels, noise
from tests.audio.test_decoder import decode

RATE = 48_000
SEVEN_ONE = {
    "aac.m4a": ("aac", "7.1"),
    "alac.m4a": ("alac", "7.1(wide)"),
    "opus": ("libopus", "7.1"),
    "wv": ("wavpack", "7.1"),
    "flac": ("flac", "7.1"),
    "wav": ("pcm_s16le", "7.1"),
    "16.wv": ("wavpack", "hexadecagonal"),
    "9.wv": ("wavpack", "5.1.4"),
}
"""Planar and packed sound of eight channels and more."""

THREE_DB = 0.5**0.5
SHARES = {
    "5.1": [(1, 0), (0, 1), (THREE_DB, THREE_DB), (0, 0), (THREE_DB, 0), (0, THREE_DB)],
    "7.1": [(1, 0), (0, 1), (THREE_DB, THREE_DB), (0, 0), (THREE_DB, 0), (0, THREE_DB), (THREE_DB, 0), (0, THREE_DB)],
    "quad": [(1, 0), (0, 1), (THREE_DB, 0), (0, THREE_DB)],
    "3.0": [(1, 0), (0, 1), (THREE_DB, THREE_DB)],
    "4.0": [(1, 0), (0, 1), (THREE_DB, THREE_DB), (0.5, 0.5)],
}


@pytest.fixture(params=SEVEN_ONE)
def surround(request, tmp_path):
    codec, layout = SEVEN_ONE[request.param]
    channels = {"7.1": 8, "7.1(wide)": 8, "hexadecagonal": 16, "5.1.4": 10}[layout]
    sound = np.concatenate([noise(1.0, rate=RATE, seed=n)[:, :1] for n in range(channels)], axis=1)
    return encode_channels(tmp_path / f"x.{request.param}", codec, layout, sound)


_IN_A_PROCESS = """
import sys
from player.audio import decode_excerpts, measure, peaks
from player.audio._decoder import Decoder
path = sys.argv[1]
decoder = Decoder(path, 44_100)
decoder.seek(0.3)
while decoder.read() is not None: pass
measure(path), decode_excerpts(path), peaks(path, 10)
"""


def test_eight_channels_and_more_do_not_end_the_process(surround):
    """In a process of its own: a wild pointer would take the tests with it, and not every time."""
    ended = subprocess.run([sys.executable, "-c", _IN_A_PROCESS, surround], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_eight_channels_and_more_are_played_measured_and_analysed(surround, deck):
    engine, tape = deck()
    engine.play(Source(surround), 1)
    engine.advance(2_000, step_ms=50)
    assert tape.endings[1].cause is EndCause.FINISHED
    assert -25 < measure(surround).lufs < -5
    assert decode_excerpts(surround).std() > 0.02
    assert peaks(surround, 10).min() > 0.1


@pytest.mark.parametrize("layout", SHARES)
def test_each_channel_has_its_share(tmp_path, layout):
    for channel, shares in enumerate(SHARES[layout]):
        sound = np.zeros((4_800, len(SHARES[layout])), np.float32)
        sound[:, channel] = 0.5
        mixed = decode(encode_channels(tmp_path / f"{channel}.wav", "pcm_s16le", layout, sound))
        assert mixed.mean(axis=0) == pytest.approx(np.multiply(shares, 0.5), abs=1e-4), channel


def test_front_channels_play_as_loud_as_in_stereo(tmp_path):
    """The whole matrix used to be scaled down so that nothing could exceed full scale: 7.7 dB for 5.1."""
    stereo = noise(1.0, rate=RATE)
    surround = np.concatenate([stereo, np.zeros((len(stereo), 4), np.float32)], axis=1)
    plain = encode_channels(tmp_path / "stereo.wav", "pcm_s16le", "stereo", stereo)
    wide = encode_channels(tmp_path / "surround.wav", "pcm_s16le", "5.1", surround)
    assert np.array_equal(decode(plain), decode(wide))
    assert measure(plain).lufs == pytest.approx(measure(wide).lufs, abs=0.01)

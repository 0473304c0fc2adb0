"""Chained Ogg files play, seek and tell their length as one."""

from pathlib import Path

import numpy as np
import pytest

from player.audio import measure, peaks
from player.audio._decoder import Decoder
from player.media import ogg_links, open_file
from player.tags import read_track
from tests.audio.sounds import encode, encode_channels, music
from tests.audio.test_decoder import decode, read

LENGTHS = (1.0, 1.5, 0.7)


@pytest.fixture(params=["ogg", "opus", "oga"])
def chain(request, tmp_path):
    """Its path, the sound of each link as decoded alone, and its rate."""
    kind, parts = request.param, []
    rate = 48_000 if kind == "opus" else 44_100
    for seed, seconds in enumerate(LENGTHS):
        path, sound = tmp_path / f"{seed}.{kind}", music(seconds, rate=rate, seed=seed)[:-77]
        parts.append(
            encode_channels(path, "flac", "stereo", sound, rate=rate)
            if kind == "oga"
            else encode(path, sound, rate=rate)
        )
    whole = tmp_path / f"chain.{kind}"
    whole.write_bytes(b"".join(Path(part).read_bytes() for part in parts))
    return str(whole), [decode(part) for part in parts], rate


def test_links_are_found_with_their_lengths(chain):
    path, parts, rate = chain
    with open_file(path) as file:
        links = ogg_links(file)
    assert [link.seconds for link in links] == pytest.approx([len(part) / rate for part in parts], abs=1e-6)


def test_the_length_is_that_of_all_links(chain):
    path, parts, rate = chain
    frames = sum(len(part) for part in parts)
    assert read_track(path).duration_ms == pytest.approx(frames / rate * 1_000, abs=1)
    decoder = Decoder(path, None)
    assert decoder.info.duration_s == pytest.approx(frames / rate, abs=1e-6)
    decoder.close()


def test_links_follow_each_other_without_a_gap(chain):
    path, parts, _ = chain
    assert np.array_equal(decode(path), np.concatenate(parts))
    assert measure(path).lufs > -40
    assert len(peaks(path, 10)) == 10


@pytest.mark.parametrize("seconds", [0.3, 0.99, 1.2, 2.3, 2.6, 3.1, 0.0])
def test_seeks_reach_every_link_and_go_on_to_the_end(chain, seconds):
    path, parts, rate = chain
    whole = np.concatenate(parts)
    decoder = Decoder(path, None)
    decoder.seek(2.0)
    read(decoder, 1_000)
    decoder.seek(seconds)
    part = read(decoder)
    decoder.close()
    assert abs(len(part) - (len(whole) - round(seconds * rate))) <= 1
    assert np.abs(part[:5_000] - whole[len(whole) - len(part) :][:5_000]).max() < 2e-3


def test_a_damaged_link_costs_only_itself(chain):
    path, parts, _ = chain
    with open(path, "r+b") as file:
        links = ogg_links(file)
        file.seek(links[1].start + 28)
        file.write(bytes(30))
    sound = decode(path)
    assert np.array_equal(sound[: len(parts[0])], parts[0])
    assert np.abs(sound[-20_000:] - parts[2][-20_000:]).max() < 2e-3


def test_a_file_that_is_no_chain_has_no_links(tmp_path):
    for kind in ("ogg", "opus", "flac", "mp3"):
        with open_file(encode(tmp_path / f"x.{kind}", music(0.5, rate=48_000), rate=48_000)) as file:
            assert ogg_links(file) == []

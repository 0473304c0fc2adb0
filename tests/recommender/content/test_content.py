"""Content: the mel front end, the network on synthesised sound, neighbours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender import ArtefactError, FloatArray
from recommender.content import (
    PATCH_SECONDS,
    RATE,
    TAG_NAMES,
    VECTOR_SIZE,
    Content,
    ContentModel,
    log_mel,
)

MODEL = Path(__file__).parents[3] / "resources/models/musicnn/msd_musicnn.onnx"
SAMPLES = round(PATCH_SECONDS * RATE)


@pytest.fixture(scope="module")
def model() -> ContentModel:
    return ContentModel(MODEL)


def piano(seed: int = 0) -> FloatArray:
    """Struck, decaying notes of eight partials, one every 0.4 s."""
    random = np.random.default_rng(seed)
    sound = np.zeros((3, SAMPLES + 2 * RATE))
    time = np.arange(2 * RATE) / RATE
    for patch in sound:
        for start in range(0, SAMPLES, int(0.4 * RATE)):
            pitch = 220 * 2 ** (random.choice([0, 3, 5, 7, 10, 12]) / 12)
            for partial in range(1, 9):
                patch[start : start + 2 * RATE] += (
                    0.2 / partial**1.5 * np.exp(-time * (1.5 + partial)) * np.sin(2 * np.pi * pitch * partial * time)
                )
    return sound[:, :SAMPLES].astype(np.float32)


def beat(seed: int = 0) -> FloatArray:
    """Four on the floor at 128 bpm, hats between, a saw bass."""
    random = np.random.default_rng(seed)
    time = np.arange(SAMPLES) / RATE
    phase = time % (60 / 128)
    kick = np.sin(2 * np.pi * (50 * phase + 8 * (1 - np.exp(-phase * 30)))) * np.exp(-phase * 8)
    hat = random.normal(0, 0.2, SAMPLES) * np.exp(-((phase + 30 / 128) % (60 / 128)) * 40)
    bass = 0.3 * (2 * (time * 55 % 1) - 1) * (1 - np.exp(-phase * 10))
    return np.tile(0.5 * (kick + hat + bass), (3, 1)).astype(np.float32)


def described(model: ContentModel, patches: FloatArray) -> Content:
    content = model.describe(patches)
    assert content is not None
    return content


def cosine(a: Content, b: Content) -> float:
    return float(a.vector @ b.vector / np.linalg.norm(a.vector) / np.linalg.norm(b.vector))


def test_a_tone_lights_up_the_band_of_its_pitch() -> None:
    time = np.arange(SAMPLES) / RATE
    spectra = [log_mel(np.sin(2 * np.pi * hz * time).astype(np.float32)) for hz in (200, 1000, 6000)]
    assert spectra[0].shape == (188, 96)
    peaks = [int(spectrum[90].argmax()) for spectrum in spectra]
    # 96 bands over 45.2 mel: 200 Hz is mel 3, 1 kHz mel 15, 6 kHz mel 41.1.
    assert peaks == pytest.approx([5, 31, 87], abs=1)


def test_silence_is_zero_and_clicks_are_everywhere() -> None:
    click = np.zeros(SAMPLES, np.float32)
    assert not log_mel(click).any()
    click[SAMPLES // 2] = 1
    spectrum = log_mel(click)
    assert spectrum[SAMPLES // 2 // 256].min() > 0
    assert not spectrum[: SAMPLES // 2 // 256 - 1].any()


def test_a_piano_is_not_a_beat(model: ContentModel) -> None:
    one, other = described(model, piano()).tags, described(model, beat()).tags
    tag = TAG_NAMES.index
    for calm in ("mellow", "instrumental", "ambient", "acoustic"):
        assert one[tag(calm)] > 2 * other[tag(calm)], calm
    for loud in ("dance", "house", "electro"):
        assert other[tag(loud)] > 2 * one[tag(loud)], loud


def test_alike_sounds_are_near(model: ContentModel) -> None:
    first, second, other = described(model, piano(0)), described(model, piano(1)), described(model, beat())
    assert first.vector.shape == (VECTOR_SIZE,)
    assert cosine(first, second) > cosine(first, other) + 0.3


def test_the_same_sound_gives_the_same_numbers(model: ContentModel) -> None:
    assert np.array_equal(described(model, piano()).vector, described(model, piano()).vector)


def test_loudness_does_not_matter(model: ContentModel) -> None:
    loud, quiet = described(model, piano()), described(model, piano() * np.float32(0.05))
    assert cosine(loud, quiet) > 0.9999


def test_silent_stretches_do_not_count(model: ContentModel) -> None:
    patches = piano()
    padded = np.concatenate([patches, np.zeros_like(patches)])
    assert np.allclose(described(model, padded).vector, described(model, patches).vector, atol=1e-5)
    assert model.describe(np.zeros((3, SAMPLES), np.float32)) is None


def test_short_sounds_are_repeated(model: ContentModel) -> None:
    assert cosine(described(model, beat()[:, :RATE]), described(model, beat())) > 0.8


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="cannot be read"):
        ContentModel(tmp_path / "none.onnx")
    (tmp_path / "x.onnx").write_bytes(b"nothing")
    with pytest.raises(ArtefactError, match=r"x\.onnx cannot be used"):
        ContentModel(tmp_path / "x.onnx")


def test_there_are_as_many_tags_as_the_model_gives(model: ContentModel) -> None:
    assert len(described(model, beat()).tags) == len(TAG_NAMES) == len(set(TAG_NAMES)) == 50

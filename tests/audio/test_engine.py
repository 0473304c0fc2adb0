"""The engine, to the frame: a silent engine moved by hand."""

import random

import numpy as np
import pytest

from player.audio import EndCause, Source
from player.audio._engine import Engine
from player.audio.engine._port import Port
from player.domain import PlayerState
from tests.audio.plug import Plug
from tests.audio.sounds import LOSSLESS, LOSSY, RATE, encode, music, noise

EXACT = 1e-7


def ms(frames, rate=RATE):
    return round(frames / rate * 1000)


def heard(engine):
    return engine.sink.recording()


@pytest.mark.parametrize("kind", LOSSLESS + LOSSY)
def test_a_cut_sound_joins_without_a_gap(pair, deck, kind):
    p = pair(kind)
    engine, tape = deck(p.rate)
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2)
    engine.advance(4000)
    y = heard(engine)
    assert len(y) == len(p.whole)
    error = np.abs(y - p.whole)
    if kind in LOSSLESS:
        assert error.max() < EXACT
    else:  # no worse at the join than the codec is elsewhere
        window = p.rate // 50
        at_join = np.sqrt((error[p.cut - window : p.cut + window] ** 2).mean())
        assert at_join < 3 * np.sqrt((error**2).mean()) + 0.01
    assert [tape.endings[t].listened_ms for t in (1, 2)] == list(p.lengths_ms)
    assert tape.of("started", "ended") == [
        ("started", 1),
        ("ended", 1, "finished"),
        ("started", 2),
        ("ended", 2, "finished"),
    ]


def test_joins_across_rates_and_channel_counts(deck, tmp_path):
    files = [
        encode(tmp_path / "a.flac", music(1.0, rate=48_000), rate=48_000),
        encode(tmp_path / "b.wav", music(1.0, rate=22_050)[:, :1], rate=22_050),
        encode(tmp_path / "c.flac", music(1.0)),
    ]
    engine, tape = deck()
    engine.next_wanted.connect(lambda token: token < 3 and engine.set_next(Source(files[token]), token + 1))
    engine.play(Source(files[0]), 1)
    engine.advance(4000)
    y = heard(engine)
    assert abs(len(y) - 3 * RATE) <= 2
    assert np.abs(y).max(axis=1).reshape(-1).min() >= 0
    quiet = np.abs(y).max(axis=1) < 1e-3
    assert max(len(run) for run in "".join("x" if q else " " for q in quiet).split()) < 40
    assert np.array_equal(y[RATE + 50 : 2 * RATE - 50, 0], y[RATE + 50 : 2 * RATE - 50, 1])
    assert [tape.endings[t].listened_ms for t in (1, 2, 3)] == [1000, 1000, 1000]


def test_pause_and_resume_lose_nothing(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.advance(500)
    engine.pause()
    engine.advance(300)
    assert engine.state is PlayerState.PAUSED
    position = engine.position_ms
    assert 500 <= position <= 520
    engine.resume()
    engine.advance(2000)
    y = heard(engine)
    assert len(y) == p.cut
    fades = np.flatnonzero(np.abs(y - p.whole[: p.cut]).max(axis=1) > EXACT)
    assert ms(fades[-1] - fades[0]) <= 17
    assert tape.endings[1].listened_ms == p.lengths_ms[0]


def test_seek_is_exact_and_not_counted(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.advance(1000)
    engine.seek(200)
    engine.advance(3000)
    y = heard(engine)
    first = RATE + round(0.008 * RATE)
    assert len(y) == first + p.cut - round(0.2 * RATE)
    assert np.abs(y[first + 400 :] - p.whole[: p.cut][round(0.2 * RATE) + 400 :]).max() < EXACT
    assert tape.endings[1].listened_ms == ms(len(y))
    assert tape.endings[1].position_ms == p.lengths_ms[0]


def test_nothing_is_opened_for_a_play_that_waits(pair, qapp):
    plug = Plug()
    engine = Engine(Port([plug]), threaded=False)
    engine.play(Source(pair("opus").first), 1, paused=True)
    engine.turn()
    assert plug.opened == []
    engine.resume()
    engine.turn()
    assert plug.opened == [""]
    engine.close()


def test_seek_while_paused_starts_there(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1, paused=True)
    engine.advance(100)
    assert engine.state is PlayerState.PAUSED
    assert tape.of("started") == []
    engine.seek(1000)
    engine.advance(100)
    assert engine.position_ms == 1000
    engine.resume()
    engine.advance(1000)
    assert len(heard(engine)) == p.cut - RATE
    assert tape.endings[1].listened_ms == ms(p.cut - RATE)


def test_seek_beyond_the_end_finishes(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2)
    engine.advance(500)
    engine.seek(60_000)
    engine.advance(100)
    assert tape.endings[1].cause is EndCause.FINISHED
    assert tape.endings[1].listened_ms == 508
    assert ("started", 2) in tape.events


def test_a_play_sought_to_its_end_before_it_sounds_is_finished(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.seek(p.lengths_ms[0])
    engine.advance(100)
    assert (tape.endings[1].cause, tape.endings[1].listened_ms) == (EndCause.FINISHED, 0)
    assert engine.state is PlayerState.STOPPED


def test_play_replaces_what_plays(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.advance(500)
    engine.play(Source(p.second), 2)
    engine.advance(500)
    engine.stop()
    engine.advance(50)
    assert (tape.endings[1].cause, tape.endings[1].listened_ms) == (EndCause.REPLACED, 508)
    assert tape.endings[2].cause is EndCause.STOPPED
    total = sum(e.listened_ms for e in tape.endings.values())
    assert abs(total - ms(len(heard(engine)))) <= 1
    assert engine.state is PlayerState.STOPPED


def test_a_start_in_mid_track(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1, at_ms=1000)
    engine.advance(1000)
    y = heard(engine)
    assert len(y) == p.cut - RATE
    assert np.abs(y[400:] - p.whole[RATE + 400 : p.cut]).max() < EXACT
    assert tape.endings[1].position_ms == p.lengths_ms[0]


def test_crossfade_keeps_the_power_and_counts_both(deck, tmp_path):
    a, b = noise(2.0, seed=1), noise(2.0, seed=2)
    files = [encode(tmp_path / "a.flac", a), encode(tmp_path / "b.flac", b)]
    engine, tape = deck()
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(files[1]), 2, crossfade_ms=1000)
    engine.advance(4000)
    y = heard(engine)
    assert len(y) == 3 * RATE
    x = (np.arange(RATE) + 0.5) / RATE * np.pi / 2
    expected = a[RATE:] * np.cos(x)[:, None] + b[:RATE] * np.sin(x)[:, None]
    assert np.abs(y[RATE : 2 * RATE] - expected).max() < 1e-5
    steps = np.sqrt((y.reshape(-1, RATE // 10, 2) ** 2).mean(axis=(1, 2)))
    assert np.abs(20 * np.log10(steps / 0.1)).max() < 0.5
    assert [tape.endings[t].listened_ms for t in (1, 2)] == [2000, 2000]
    assert tape.of("started", "ended")[:3] == [("started", 1), ("started", 2), ("ended", 1, "finished")]


def test_a_short_track_shortens_the_crossfade(deck, tmp_path):
    files = [encode(tmp_path / "a.flac", noise(2.0)), encode(tmp_path / "b.flac", noise(0.4, seed=2))]
    engine, tape = deck()
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(files[1]), 2, crossfade_ms=1000)
    engine.advance(4000)
    assert len(heard(engine)) == round(2.2 * RATE)
    assert [tape.endings[t].listened_ms for t in (1, 2)] == [2000, 400]


def test_a_track_known_to_be_short_shortens_the_crossfade_before_it_is_decoded(deck, tmp_path):
    files = [encode(tmp_path / "a.flac", noise(4.0)), encode(tmp_path / "b.flac", noise(8.0, seed=2))]
    engine, tape = deck()
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(files[1], end_ms=1500), 2, crossfade_ms=3000)
    engine.advance(6000)
    assert len(heard(engine)) == round(4.75 * RATE)
    assert [tape.endings[t].listened_ms for t in (1, 2)] == [4000, 1500]


def test_the_next_track_can_change_when_it_is_mixed_already(pair, deck, tmp_path):
    p = pair("flac")
    other = encode(tmp_path / "c.flac", noise(1.0))
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2)
    engine.advance(p.lengths_ms[0] - 50)  # the queue of 1.2 s holds the second part by now
    engine.set_next(Source(other), 3)
    engine.advance(3000)
    y = heard(engine)
    assert np.abs(y[: p.cut] - p.whole[: p.cut]).max() < EXACT
    assert np.abs(y[p.cut :] - noise(1.0)).max() < EXACT
    assert tape.of("started") == [("started", 1), ("started", 3)]
    assert 2 not in tape.endings


def test_the_next_track_can_be_taken_away_when_it_is_mixed_already(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2, crossfade_ms=300)
    engine.advance(p.lengths_ms[0] - 350)
    engine.set_next(None)
    engine.advance(3000)
    assert np.abs(heard(engine) - p.whole[: p.cut]).max() < EXACT
    assert tape.of("started") == [("started", 1)]
    assert engine.state is PlayerState.STOPPED


def test_seek_in_the_heard_track_although_the_next_is_mixed(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2)
    engine.advance(p.lengths_ms[0] - 100)
    engine.seek(500)
    engine.advance(5000)
    assert tape.endings[1].listened_ms == pytest.approx(p.lengths_ms[0] - 92 + p.lengths_ms[0] - 500, abs=1)
    assert tape.endings[2].listened_ms == p.lengths_ms[1]
    assert np.abs(heard(engine)[-(len(p.whole) - p.cut) :] - p.whole[p.cut :]).max() < EXACT


def test_the_prepared_next_track_starts_at_once(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2)
    engine.advance(500)
    engine.play(Source(p.second), 2)
    engine.advance(100)
    engine.play(Source(p.second), 2)  # says nothing new
    engine.advance(3000)
    assert tape.endings[2].listened_ms == p.lengths_ms[1]
    assert tape.of("started") == [("started", 1), ("started", 2)]


def test_next_is_wanted_once_and_a_late_answer_still_plays(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.advance(3000)
    assert tape.of("next_wanted") == [("next_wanted", 1)]
    assert engine.state is PlayerState.STOPPED
    engine.set_next(Source(p.second), 2)
    engine.advance(3000)
    assert tape.endings[2].cause is EndCause.FINISHED


def test_cue_ranges_are_one_sound(pair, deck, tmp_path):
    whole = music(3.0)
    path = encode(tmp_path / "album.flac", whole)
    engine, tape = deck()
    engine.play(Source(path, end_ms=1234), 1)
    engine.set_next(Source(path, start_ms=1234, end_ms=2000), 2)
    engine.advance(4000)
    assert np.abs(heard(engine) - whole[: 2 * RATE]).max() < EXACT
    assert [(e.listened_ms, e.position_ms) for e in tape.endings.values()] == [(1234, 1234), (766, 766)]


def test_volume_takes_effect_at_once_and_full_volume_is_exact(pair, deck):
    p = pair("flac")
    engine, _ = deck()
    engine.play(Source(p.first), 1)
    engine.advance(500)
    engine.set_volume(0.5)
    engine.advance(1000)
    y = heard(engine)
    half, settled = RATE // 2, RATE // 2 + 400
    assert np.abs(y[:half] - p.whole[:half]).max() < EXACT
    loud = np.abs(p.whole[settled : p.cut, 0]) > 0.01
    ratio = y[settled:, 0][loud] / p.whole[settled : p.cut, 0][loud]
    assert 20 * np.log10(np.median(ratio)) == pytest.approx(-25.0, abs=0.01)


def test_a_play_can_be_led_to_another_gain(pair, deck):
    """What sounds slowly, what follows from its first sample on; a seek keeps it."""
    p = pair("flac")
    engine, _ = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second, gain_db=-20.0), 2)
    engine.advance(500)
    engine.set_gain(1, -12.0, over_ms=200)
    engine.set_gain(2, -6.0, over_ms=0)
    engine.set_gain(77, 6.0, over_ms=0)  # nobody's
    engine.advance(3000)
    y, half, low = heard(engine), RATE // 2, 10 ** (-12 / 20)
    assert np.abs(y[:half] - p.whole[:half]).max() < EXACT
    middle = half + RATE // 10
    assert np.abs(y[middle] - p.whole[middle] * (1 + low) / 2).max() < 0.01
    settled = half + RATE // 4
    assert np.abs(y[settled : p.cut] - p.whole[settled : p.cut] * low).max() < EXACT
    assert np.abs(y[p.cut :] - p.whole[p.cut :] * 10 ** (-6 / 20)).max() < EXACT


def test_a_seek_keeps_the_gain(pair, deck):
    p = pair("flac")
    engine, _ = deck()
    engine.play(Source(p.first), 1)
    engine.advance(300)
    engine.set_gain(1, -20.0, over_ms=0)
    engine.seek(800)
    engine.advance(2000)
    tail = round(0.2 * RATE)
    assert np.abs(heard(engine)[-tail:] - 0.1 * p.whole[p.cut - tail : p.cut]).max() < EXACT


def test_mute_is_silence_and_counts(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.set_volume(1.0, muted=True)
    engine.play(Source(p.first), 1)
    engine.advance(2000)
    assert np.abs(heard(engine)).max() == 0.0
    assert tape.endings[1].listened_ms == p.lengths_ms[0]


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.5, 2.0])
def test_speed_counts_the_source_and_keeps_the_pitch(deck, tmp_path, speed):
    t = np.arange(2 * RATE) / RATE
    path = encode(tmp_path / "tone.flac", np.repeat(0.3 * np.sin(2 * np.pi * 440 * t), 2).reshape(-1, 2))
    engine, tape = deck()
    engine.set_speed(speed)
    engine.play(Source(path), 1)
    engine.advance(5000)
    y = heard(engine)
    assert len(y) == pytest.approx(2 * RATE / speed, rel=0.03)
    spectrum = np.abs(np.fft.rfft(y[RATE // 4 : RATE // 2, 0] * np.hanning(RATE // 4)))
    assert np.argmax(spectrum) * 4 == pytest.approx(440, abs=8)
    assert tape.endings[1].listened_ms == pytest.approx(2000, rel=0.03)


def test_speed_changes_at_the_present_position(pair, deck):
    p = pair("flac")
    engine, tape = deck()
    engine.play(Source(p.first), 1)
    engine.set_next(Source(p.second), 2)
    engine.advance(600)
    engine.set_speed(2.0)
    engine.advance(208)  # 8 of them fade the old speed out
    assert engine.position_ms == pytest.approx(1008, abs=2)
    engine.set_speed(1.0)
    engine.advance(5000)
    assert tape.endings[1].listened_ms == pytest.approx(p.lengths_ms[0], abs=60)
    assert np.abs(heard(engine)[-(len(p.whole) - p.cut) :] - p.whole[p.cut :]).max() < EXACT


def test_gain_never_exceeds_full_scale(pair, deck):
    p = pair("flac")
    engine, _ = deck()
    engine.play(Source(p.first, gain_db=18.0), 1)
    engine.set_next(Source(p.second, gain_db=18.0), 2, crossfade_ms=500)
    engine.advance(4000)
    assert 0.9 < np.abs(heard(engine)).max() <= 1.0


def test_equaliser_bypass_is_exact_and_a_band_lifts_its_octave(deck, tmp_path):
    x = noise(2.0)
    path = encode(tmp_path / "n.flac", x)
    spectra = []
    for gains in ((), (0.0,) * 10, (0, 0, 0, 0, 0, 6.0, 0, 0, 0, 0)):
        engine, _ = deck()
        engine.set_equaliser(gains)
        engine.play(Source(path), 1)
        engine.advance(3000)
        spectra.append(np.abs(np.fft.rfft(heard(engine)[:, 0])))
        if not any(gains):
            assert np.array_equal(heard(engine), x)
    lifted = 20 * np.log10(spectra[2] / spectra[0])
    assert np.median(lifted[1990:2010]) == pytest.approx(0.0, abs=0.1), "raised bands are given room"
    assert np.median(lifted[20_000:30_000]) == pytest.approx(-6.0, abs=0.2)


def test_changing_the_equaliser_does_not_click(deck, tmp_path):
    t = np.arange(2 * RATE) / RATE
    tone = 0.2 * np.sin(2 * np.pi * 60 * t)
    engine, _ = deck()
    engine.play(Source(encode(tmp_path / "t.flac", np.stack([tone, tone], axis=1))), 1)
    for gains in ((0.0, 12.0) + (0.0,) * 8, (), (0.0, -12.0) + (0.0,) * 8):
        engine.advance(400)
        engine.set_equaliser(gains)
    engine.advance(2000)
    steps = np.abs(np.diff(heard(engine), axis=0)).max()
    assert steps < 2 * np.pi * 60 / RATE * 0.8 * 1.5


def test_equaliser_goes_on_exactly_after_sound_was_taken_back(pair, deck):
    p = pair("flac")
    sounds = []
    for meddle in (False, True):
        engine, _ = deck()
        engine.set_equaliser((6.0, 3.0, 0, 0, 0, -6.0, 0, 0, 0, 4.0))
        engine.play(Source(p.first), 1)
        engine.set_next(Source(p.second), 2)
        engine.advance(777)
        if meddle:
            engine.set_next(Source(p.second), 3)
            engine.set_volume(1.0)
        engine.advance(4000)
        sounds.append(heard(engine))
    assert np.abs(sounds[0] - sounds[1]).max() < 1e-6


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("gain_db", "change_next"), [(0.0, True), (12.0, False)])
def test_taking_sound_back_changes_nothing(pair, deck, seed, gain_db, change_next):
    """Equaliser, limiter and crossfade go on as if nothing had happened, wherever the queue is mixed anew."""
    p, chance, sounds = pair("flac"), random.Random(seed), []
    second = Source(p.second, gain_db=gain_db)
    for meddle in (False, True):
        engine, tape = deck()
        engine.set_equaliser((0.0, 4.0, -3.0) + (0.0,) * 7)
        engine.play(Source(p.first, gain_db=gain_db), 1)
        engine.set_next(second, 2, crossfade_ms=400)
        while 2 not in tape.endings:
            engine.advance(chance.randrange(1, 200))
            if meddle:
                engine.set_volume(1.0)
            if meddle and change_next and ("started", 2) not in tape.events:
                engine.set_next(None)
                engine.set_next(second, 2, crossfade_ms=400)
        sounds.append(heard(engine))
    assert len(sounds[0]) == len(sounds[1])
    assert np.abs(sounds[0] - sounds[1]).max() < 1e-6


def test_random_commands_keep_the_books(pair, deck):
    """Whatever is done, what plays heard adds up to what left the output."""
    chance = random.Random(11)
    files = [f for kind in ("flac", "mp3", "opus") for f in (pair(kind).first, pair(kind).second)]
    engine, tape = deck()
    for token in range(300):
        source = Source(chance.choice(files), gain_db=chance.choice([0.0, -3.0]))
        choice = chance.randrange(9)
        if choice in {0, 1}:
            engine.play(source, token, at_ms=chance.choice([0, 0, 700]), paused=chance.random() < 0.1)
        elif choice in {2, 3}:
            engine.set_next(source, token)
        else:
            chance.choice(
                [engine.pause, engine.resume, engine.resume, lambda: engine.seek(chance.randrange(2000)),
                 lambda: engine.set_volume(chance.random()), lambda: engine.set_next(None), engine.stop]
            )()  # fmt: skip
        engine.advance(chance.choice([0, 5, 20, 200, 900]))
    engine.stop()
    engine.advance(100)
    started = [t for _, t in tape.of("started")]
    assert len(started) == len(set(started))
    assert set(started) <= set(tape.endings)
    total = sum(e.listened_ms for e in tape.endings.values())
    assert total == pytest.approx(ms(len(heard(engine))), abs=len(tape.endings) / 2)


def test_closing_ends_the_present_play(pair, deck):
    engine, tape = deck()
    engine.play(Source(pair("flac").first), 1)
    engine.advance(300)
    engine.close()
    assert tape.endings[1].cause is EndCause.STOPPED
    assert tape.endings[1].listened_ms == 308

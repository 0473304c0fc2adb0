"""Voices laid out on the axis of output frames."""

import pytest

from player.audio import Source
from player.audio.engine._ledger import Play
from player.audio.engine._timeline import Timeline
from player.audio.engine._voice import Voice
from tests.audio.rig import PATIENCE_MS
from tests.audio.sounds import RATE, encode, hollow, music


@pytest.fixture
def voice(tmp_path):
    """Makes a voice of a length in frames, decoded to its end."""
    made = []

    def make(frames, *, decoded=True):
        path = tmp_path / f"{len(made)}.wav"
        path = encode(path, music(frames / RATE)) if frames else hollow(path)
        voice = Voice(Play(len(made), Source(path)), RATE, 0.0, 1.0, 10 * RATE, lambda: None)
        made.append(voice)
        while decoded and voice.hungry:
            voice.step()
        return voice

    yield make
    for v in made:
        v.cancel()


@pytest.fixture
def timeline():
    return Timeline()


def test_a_voice_alone_ends_where_it_ends(timeline, voice):
    timeline.put(voice(5_000), 100)
    assert timeline.room(100) == 5_000
    assert not timeline.over(5_099)
    assert timeline.room(5_100) == 0
    assert timeline.over(5_100)


def test_a_gapless_join_is_at_the_end(timeline, voice):
    timeline.put(voice(5_000), 0)
    timeline.follow(voice(3_000), 0)
    assert timeline.room(4_000) == 1_000
    assert timeline.room(5_000) == 3_000
    assert [line.at for line in timeline.lines] == [0, 5_000]
    assert timeline.following is None


@pytest.mark.parametrize("crossfade", [0, 2_000])
def test_a_voice_without_sound_gets_no_place(timeline, voice, crossfade):
    """So that another one can still be set before the end."""
    timeline.put(voice(5_000), 0)
    timeline.follow(voice(0), crossfade)
    assert timeline.room(4_000) == 1_000
    assert timeline.room(5_000) == 0
    assert len(timeline.lines) == 1
    timeline.follow(voice(3_000), 0)
    assert timeline.room(5_000) == 3_000


def test_a_crossfade_overlaps(timeline, voice):
    timeline.put(voice(5_000), 0)
    timeline.follow(voice(6_000), 2_000)
    assert timeline.room(0) == 3_000
    assert timeline.room(3_000) == 6_000
    assert timeline.lines[1].at == 3_000
    assert timeline.lines[0].fade_out.value(4_999) < 0.01


def test_a_late_follower_gets_a_shorter_crossfade(timeline, voice):
    timeline.put(voice(5_000), 0)
    timeline.room(0)
    timeline.follow(voice(6_000), 2_000)
    timeline.room(4_200)
    assert timeline.lines[1].at == 4_200
    assert timeline.lines[1].fade_in.frames == 800


def test_an_undecoded_follower_is_waited_for_while_there_is_time(timeline, voice):
    timeline.put(voice(5_000), 0)
    late = voice(6_000, decoded=False)
    timeline.follow(late, 2_000)
    assert timeline.room(3_000, patient=True) == 0
    assert timeline.room(3_000) == 2_000
    while late.hungry:
        late.step()
    assert timeline.room(3_500, patient=True) > 0
    assert timeline.lines[1].at == 3_500


def test_an_unheard_voice_can_be_taken_off_again(timeline, voice):
    timeline.put(voice(5_000), 0)
    second = voice(6_000)
    timeline.follow(second, 2_000)
    timeline.room(3_000)
    timeline.rewind(2_500)
    assert timeline.following is second
    assert timeline.crossfade == 2_000
    assert timeline.room(2_500) == 500


def test_a_heard_voice_stays(timeline, voice):
    timeline.put(voice(5_000), 0)
    timeline.follow(voice(6_000), 2_000)
    timeline.room(3_000)
    timeline.rewind(3_001)
    assert len(timeline.lines) == 2


def test_voices_that_are_over_are_let_go(timeline, voice):
    timeline.put(voice(5_000), 0)
    timeline.follow(voice(3_000), 0)
    timeline.room(5_000)
    timeline.prune(4_999)
    assert len(timeline.lines) == 2
    timeline.prune(5_000)
    assert len(timeline.lines) == 1
    assert len(timeline.lines[0].voice.read(0, 3_000)) == 3_000


def test_a_voice_forgets_and_reads_across_blocks(voice):
    v = voice(20_000)
    whole = v.read(0, 20_000)
    assert len(whole) == 20_000
    v.forget(9_000)
    assert (v.read(9_000, 5_000) == whole[9_000:14_000]).all()
    assert v.play.duration_s == pytest.approx(20_000 / RATE)


def test_a_voice_in_a_thread_decodes_ahead_and_no_further(tmp_path, qtbot):
    path = encode(tmp_path / "x.wav", music(3.0))
    v = Voice(Play(1, Source(path)), RATE, 0.0, 1.0, RATE // 2, lambda: None)
    v.start()
    qtbot.waitUntil(lambda: v.frames >= RATE // 2, timeout=PATIENCE_MS)
    assert v.frames < RATE
    v.used(RATE)
    qtbot.waitUntil(lambda: v.frames >= RATE * 3 // 2, timeout=PATIENCE_MS)
    v.cancel()
    assert v.join(2.0)
    assert v.finished

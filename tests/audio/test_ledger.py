"""The books over output frames."""

from hypothesis import given
from hypothesis import strategies as st

from player.audio import EndCause, Source
from player.audio.engine._ledger import Ledger, Play, Portion

STEP = 1 / 1000  # a rate of 1000 Hz: frames are milliseconds


def play(token=1):
    return Play(token, Source(f"{token}.flac"))


def write(ledger, play, frames, source_s=0.0):
    ledger.record(Portion(play, ledger.written, frames, source_s, STEP))
    ledger.written += frames


def test_what_left_the_output_was_heard():
    ledger, a = Ledger(), play()
    write(ledger, a, 100)
    assert ledger.advance(0) == []
    assert ledger.advance(40) == [a]
    assert ledger.advance(60) == []
    assert (round(a.heard_s, 6), round(a.position_s, 6)) == (0.06, 0.06)


def test_what_was_taken_back_was_not_heard():
    ledger, a = Ledger(), play()
    write(ledger, a, 100)
    ledger.advance(30)
    ledger.take_back(50)
    write(ledger, a, 20, source_s=5.0)
    ledger.advance(70)
    assert round(a.heard_s, 6) == 0.07
    assert round(a.position_s, 6) == 5.02


def test_plays_begin_in_the_order_in_which_they_are_heard():
    ledger, a, b, c = Ledger(), play(1), play(2), play(3)
    for p in (a, b, c):
        write(ledger, p, 10)
    assert ledger.advance(25) == [a, b, c]
    assert [round(p.heard_s, 6) for p in (a, b, c)] == [0.01, 0.01, 0.005]


def test_a_crossfade_counts_for_both():
    ledger, a, b = Ledger(), play(1), play(2)
    ledger.record(Portion(a, 0, 100, 0.0, STEP))
    ledger.record(Portion(b, 60, 40, 0.0, STEP))
    ledger.written = 100
    ledger.advance(80)
    assert (round(a.heard_s, 6), round(b.heard_s, 6)) == (0.08, 0.02)


def test_speed_counts_time_of_the_source():
    ledger, a = Ledger(), play()
    ledger.record(Portion(a, 0, 100, 0.0, 2 * STEP))
    ledger.written = 100
    ledger.advance(50)
    assert a.ending(EndCause.STOPPED).listened_ms == 100


def test_the_output_never_ran_ahead_of_what_was_written():
    ledger, a = Ledger(), play()
    write(ledger, a, 10)
    ledger.advance(1000)
    assert ledger.heard == 10
    ledger.advance(5)
    assert ledger.heard == 10


@given(st.lists(st.tuples(st.sampled_from(["write", "advance", "back"]), st.integers(0, 50)), max_size=60))
def test_the_sum_of_all_plays_is_what_was_heard(steps):
    ledger, plays = Ledger(), [play(n) for n in range(3)]
    for number, (what, frames) in enumerate(steps):
        if what == "write" and frames:
            write(ledger, plays[number % 3], frames)
        elif what == "advance":
            ledger.advance(ledger.heard + frames)
        else:
            ledger.take_back(min(frames, ledger.written - ledger.heard))
    assert abs(sum(p.heard_s for p in plays) - ledger.heard * STEP) < 1e-9

"""What the player wants to hear after its sound process was lost: no process needed to know."""

import pytest

from player.audio import EndCause, Source
from player.audio._events import Event
from player.audio._recovery import Given
from player.audio._values import Heard, Now, PlayEnded
from player.domain import Ms, PlayerState

A, B, C = Source("a.flac"), Source("b.flac"), Source("c.flac")


@pytest.fixture
def given():
    """Play 1 sounds, play 2 is set to follow, all of it was carried out."""
    given = Given()
    given.note("play", (A, 1, 0, False), 1)
    given.note("set_next", (B, 2, 500), 2)
    given.obey(2)
    given.happened(Event.STARTED, 1)
    return given


def sounding(token=1, *, queued_s=1.0, complete=False, others=()):
    heard = Heard(token, True, 60.0, position_s=5.0, heard_s=5.0, queued_s=queued_s, complete=complete)
    return Now(heard, others, speed=1.0, at=100.0)


def endings(plan):
    return [(end.token, end.cause, end.listened_ms) for _, end in plan.events]


def test_what_was_queued_was_heard_while_it_hung(given):
    plan = given.recover(sounding(), 100.4, blamed=None, hung=True)
    assert endings(plan) == [(1, EndCause.ERROR, 5_400)]
    assert plan.commands == (("play", B, 2, 0, False),)
    assert plan.state is PlayerState.PLAYING


def test_a_play_whose_end_was_queued_and_heard_is_finished(given):
    plan = given.recover(sounding(queued_s=0.5, complete=True), 101.0, blamed=None, hung=True)
    assert endings(plan) == [(1, EndCause.FINISHED, 5_500)]


def test_the_decoder_that_crashed_is_to_blame_and_what_sounds_goes_on(given):
    plan = given.recover(sounding(), 100.0, blamed=2, hung=False)
    assert endings(plan) == [(2, EndCause.ERROR, 0)]
    assert plan.commands == (("restore", A, 1, 5.0, 5.0, True, False),)
    assert plan.now.present.position_s == 5.0


def test_a_skip_that_was_not_carried_out_any_more_is(given):
    """The process hung before it was asked: the play before is to blame, the one asked for starts."""
    given.note("play", (C, 3, 0, False), 3)
    plan = given.recover(sounding(), 100.2, blamed=None, hung=True)
    assert endings(plan) == [(1, EndCause.ERROR, 5_200)]
    assert plan.commands == (("play", C, 3, 0, False), ("set_next", B, 2, 500))


def test_a_play_that_crashed_at_its_very_beginning_is_to_blame(given):
    given.note("play", (C, 3, 0, False), 3)
    plan = given.recover(sounding(), 100.2, blamed=None, hung=False)
    assert endings(plan) == [(1, EndCause.REPLACED, 5_200), (3, EndCause.ERROR, 0)]
    assert plan.commands == (("play", B, 2, 0, False),)


def test_a_stop_that_was_not_carried_out_any_more_is(given):
    given.note("stop", (), 3)
    plan = given.recover(sounding(), 100.0, blamed=None, hung=True)
    assert endings(plan) == [(1, EndCause.STOPPED, 5_000)]
    assert (plan.commands, plan.state) == ((), PlayerState.STOPPED)


def test_a_paused_play_is_blamed_the_second_time_only(given):
    given.note("pause", (), 3)
    given.obey(3)
    paused = Now(Heard(1, True, 60.0, 5.0, 5.0), at=100.0)
    plan = given.recover(paused, 100.0, blamed=None, hung=False)
    assert (endings(plan), plan.state) == ([], PlayerState.PAUSED)
    given.renumber(2)
    given.obey(2)
    assert endings(given.recover(plan.now, 101.0, blamed=None, hung=False)) == [(1, EndCause.ERROR, 5_000)]


def test_a_play_that_fades_out_is_over(given):
    given.happened(Event.STARTED, 2)
    fading = Heard(1, True, 60.0, 59.0, 59.0, queued_s=0.5)
    plan = given.recover(sounding(2, others=(fading,)), 100.1, blamed=None, hung=False)
    assert endings(plan) == [(1, EndCause.FINISHED, 59_100), (2, EndCause.ERROR, 5_100)]
    assert plan.commands == (("run_out",),)


def test_a_seek_that_was_not_carried_out_any_more_is(given):
    given.note("seek", (30_000,), 3)
    plan = given.recover(sounding(), 100.0, blamed=2, hung=False)
    assert plan.commands == (("restore", A, 1, 30.0, 5.0, True, False),)


def test_what_is_set_after_the_end_begins_at_once_and_may_change_until_it_sounds(given):
    for token, cause in ((1, EndCause.FINISHED), (2, EndCause.FINISHED)):
        given.happened(Event.STARTED, token)
        given.happened(Event.ENDED, PlayEnded(token, cause, Ms(1), Ms(1)))
    given.note("set_next", (C, 3, 0), 3)
    given.note("set_next", (A, 4, 0), 4)
    given.obey(4)
    assert (given.wanted, set(given.sources)) == (4, {4})


def test_without_a_process_everything_ends(given):
    plan = given.give_up(sounding(), 100.0)
    assert endings(plan) == [(1, EndCause.ERROR, 5_000)]
    assert (given.sources, plan.state) == ({}, PlayerState.STOPPED)

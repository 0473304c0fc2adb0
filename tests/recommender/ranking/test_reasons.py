"""Reasons: the largest contributions that can be said truly."""

from __future__ import annotations

import pytest

from recommender import Reason, ReasonKind
from recommender.ranking import Evidence, reasons_for

KNOWN = Evidence(
    plays=9,
    days=20.0,
    follows=4,
    follows_count=3,
    together=True,
    artist_plays=31,
    hour=8,
    at_this_time=4,
    alike=8,
    tags=("piano",),
)


def test_the_largest_contributions_come_first_with_their_evidence() -> None:
    reasons = reasons_for({"artist": 1.0, "sequence": 3.0, "time": -2.0}, KNOWN)
    assert reasons == (
        Reason(ReasonKind.FOLLOWS, 0.75, other=4, count=3),
        Reason(ReasonKind.ARTIST, 0.25, count=31),
    )


def test_small_and_surplus_contributions_are_not_said() -> None:
    values = {"artist": 5.0, "sequence": 4.0, "session": 3.0, "time": 2.0, "content": 0.1}
    kinds = [reason.kind for reason in reasons_for(values, KNOWN)]
    assert kinds == [ReasonKind.ARTIST, ReasonKind.FOLLOWS, ReasonKind.SESSION]


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (Evidence(plays=3, days=2.0), ReasonKind.RECENT),
        (Evidence(plays=3, days=20.0), ReasonKind.LIKED),
        (Evidence(plays=3, days=200.0), ReasonKind.LONG_AGO),
        (Evidence(), ReasonKind.NEW),
    ],
)
def test_memory_is_said_by_its_age(evidence: Evidence, kind: ReasonKind) -> None:
    assert reasons_for({"memory": 1.0}, evidence)[0].kind is kind


def test_what_has_no_evidence_is_not_said() -> None:
    values = {"sequence": 5.0, "artist": 4.0, "skip": 3.0, "thumb": 2.0, "content": 2.0, "unknown": 2.0}
    assert reasons_for(values, Evidence()) == (Reason(ReasonKind.NEW, 1.0),)


def test_groups_of_one_kind_are_one_reason() -> None:
    reasons = reasons_for({"kin": 0.0, "content": 1.0}, KNOWN)
    assert reasons == (Reason(ReasonKind.SIMILAR, 1.0, other=8, tags=("piano",)),)


def test_rules_of_the_queue_frame_the_reasons() -> None:
    first = reasons_for({"content": 1.0}, Evidence(alike=3, tags=("jazz",)), ReasonKind.EXPLORE)
    assert [reason.kind for reason in first] == [ReasonKind.EXPLORE, ReasonKind.SIMILAR]
    last = reasons_for({"artist": 1.0}, KNOWN, ReasonKind.VARIETY)
    assert [reason.kind for reason in last] == [ReasonKind.ARTIST, ReasonKind.VARIETY]


def test_there_is_always_a_reason() -> None:
    assert reasons_for({}, Evidence(plays=2, days=20.0)) == (Reason(ReasonKind.LIKED, 1.0, count=2),)
    assert reasons_for({"artist": -1.0}, KNOWN)


def test_what_the_listener_does_not_know_comes_before_the_thumb() -> None:
    evidence = Evidence(liked=True, plays=4, artist_plays=9, hour=8, at_this_time=2)
    reasons = reasons_for({"thumb": 1.3, "time": 0.4, "artist": 0.1}, evidence)
    assert [reason.kind for reason in reasons] == [ReasonKind.TIME_OF_DAY, ReasonKind.LIKED, ReasonKind.ARTIST]
    assert [reason.share for reason in reasons] == pytest.approx([0.4 / 1.8, 1.3 / 1.8, 0.1 / 1.8])


def test_what_a_thumb_has_just_done_is_said_before_what_always_speaks_for_a_track() -> None:
    evidence = Evidence(plays=4, days=20, artist_plays=9, kin=5)
    reasons = reasons_for({"artist": 2.0, "kin": 1.0}, evidence)
    assert [(reason.kind, reason.other) for reason in reasons] == [(ReasonKind.KIN, 5), (ReasonKind.ARTIST, None)]
    assert reasons_for({"artist": 4.0, "kin": 1.0}, evidence)[0].kind is ReasonKind.ARTIST
    assert ReasonKind.KIN not in [reason.kind for reason in reasons_for({"artist": 2.0, "kin": 1.0}, KNOWN)]


@pytest.mark.parametrize(
    ("evidence", "said"),
    [(Evidence(plays=9, at_this_time=3), True), (Evidence(plays=9, at_this_time=2), False), (Evidence(plays=1), False)],
)
def test_a_time_of_day_is_said_of_what_is_often_played_then(evidence: Evidence, said: bool) -> None:
    kinds = [reason.kind for reason in reasons_for({"time": 1.0}, evidence)]
    assert (ReasonKind.TIME_OF_DAY in kinds) == said


def test_an_album_goes_on_where_it_plays() -> None:
    assert reasons_for({"album": 1.0}, Evidence(same_album=True))[0].kind is ReasonKind.ALBUM
    assert reasons_for({"album": 1.0}, Evidence())[0].kind is ReasonKind.NEW


def test_what_has_just_come_says_so_where_that_matters() -> None:
    assert [reason.kind for reason in reasons_for({"added": 1.0, "content": 3.0}, Evidence(alike=2))] == [
        ReasonKind.SIMILAR,
        ReasonKind.ADDED,
    ]
    assert ReasonKind.ADDED not in [reason.kind for reason in reasons_for({"added": 0.1, "content": 3.0}, KNOWN)]


def test_a_thumb_alone_is_said_with_when_it_was_played() -> None:
    reasons = reasons_for({"thumb": 0.7}, Evidence(liked=True, plays=4, days=200.0))
    assert [reason.kind for reason in reasons] == [ReasonKind.LONG_AGO, ReasonKind.LIKED]

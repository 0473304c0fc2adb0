"""Matching: certain ways first, no match rather than a wrong one."""

import pytest

from player.domain import TrackId
from player.importing import Candidate, How, Matcher, Names


@pytest.fixture(scope="module")
def matcher():
    return Matcher(
        [
            Candidate(TrackId(1), "Venus as a Boy", ("Björk",), "Debut", 282_000, "mb-1", "/m/venus.flac"),
            Candidate(TrackId(2), "Venus as a Boy", ("Björk",), "Greatest Hits", 281_000),
            Candidate(TrackId(3), "Symphony, Part 1", ("Mahler",), "", 600_000),
            Candidate(TrackId(4), "花样年华", ("周璇",), "", 170_000),
            Candidate(TrackId(5), "Redbone", ("Childish Gambino", "Donald Glover"), "Awaken", 326_000),
        ]
    )


@pytest.mark.parametrize(
    ("names", "track", "how"),
    [
        (Names("other", "other", recording_mbid="MB-1"), 1, How.MBID),
        (Names("other", "other", path="/m/venus.flac"), 1, How.PATH),
        (Names("venus as a boy", "Bjork", "Debut"), 1, How.EXACT),
        (Names("Venus as a Boy", "Björk", "Greatest Hits"), 2, How.EXACT),
        (Names("Venus as a Boy", "BJÖRK", duration_ms=282_100), 1, How.EXACT),
        (Names("Venus As A Boy - 2004 Remaster", "Björk", "Debut"), 1, How.LOOSE),
        (Names("Venus as a Boy (Live) [Bonus]", "Björk", "Debut"), 1, How.LOOSE),
        (Names("Redbone feat. Somebody", "Donald Glover"), 5, How.LOOSE),
        (Names("Venus as an Boy", "Björk", "Debut"), 1, How.FUZZY),
        (Names("Redbone", "Childish Gambin"), 5, How.FUZZY),
        (Names("花样年华", "周璇"), 4, How.EXACT),
    ],
)
def test_matches(matcher, names, track, how):
    match = matcher.match(names)
    assert match is not None
    assert (match.track_id, match.how) == (track, how)


@pytest.mark.parametrize(
    "names",
    [
        Names("Symphony, Part 2", "Mahler"),
        Names("Venus as a Boy", "Somebody Else"),
        Names("Hyperballad", "Björk"),
        Names("", "Björk"),
    ],
)
def test_no_match_rather_than_a_wrong_one(matcher, names):
    assert matcher.match(names) is None

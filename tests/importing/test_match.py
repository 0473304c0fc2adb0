"""Matching: certain ways first, no match rather than a wrong one."""

import pytest

from player.domain import TrackId
from player.importing import Candidate, How, Matcher, Names, Reason


@pytest.fixture(scope="module")
def matcher():
    return Matcher(
        [
            Candidate(TrackId(1), "Venus as a Boy", ("Björk",), "Debut", 282_000, "mb-1", "/m/venus.flac"),
            Candidate(TrackId(2), "Venus as a Boy", ("Björk",), "Greatest Hits", 281_000),
            Candidate(TrackId(3), "Symphony, Part 1", ("Mahler",), "", 600_000),
            Candidate(TrackId(4), "花样年华", ("周璇",), "", 170_000),
            Candidate(TrackId(8), "(I Can't Get No) Satisfaction", ("The Rolling Stones",)),
            Candidate(TrackId(9), "Please Read the Letter", ("Robert Plant, Alison Kraus",)),
            Candidate(TrackId(10), "Hurt", ("Nin",), "Downward", 372_000),
            Candidate(TrackId(11), "Hurt (Live)", ("Nin",), "Halo", 300_000),
            Candidate(TrackId(12), "About a Girl", ("Nirvana",), "Bleach", 168_000),
            Candidate(TrackId(13), "Untitled (How Does It Feel)", ("D'Angelo",), "Voodoo", 430_000),
            Candidate(TrackId(14), "Shine On (Part One)", ("Pink Floyd",), "Wish", 810_000),
            Candidate(TrackId(15), "Blue", ("Twice",), "A", 200_000),
            Candidate(TrackId(16), "Blue", ("Twice",), "B", 300_000),
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
        (Names("Venus as a Boy [Bonus Track] (Remastered)", "Björk", "Debut"), 1, How.LOOSE),
        (Names("Venus as a Boy (feat. Nobody)", "Björk feat. Nobody"), 1, How.LOOSE),
        (Names("Venus as a Boy", "Björk", "A Compilation", 289_000), 1, How.EXACT),
        (Names("Satisfaction", "The Rolling Stones"), 8, How.LOOSE),
        (Names("Please Read the Letter", "Robert Plant & Alison Kraus"), 9, How.EXACT),
        (Names("Hurt (Live at the Roxy)", "Nin"), 11, How.LOOSE),
        (Names("Hurt", "Nin", "Live at the Roxy"), 11, How.LOOSE),
        (Names("Hurt", "Nin"), 10, How.EXACT),
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


@pytest.mark.parametrize(
    "version",
    [
        "Live", "Will Clarke Remix", "Acoustic Version", "Karaoke Version", "Demo", "Instrumental", "Extended Mix",
        "Radio Edit", "Cover", "A Cappella", "Alternate Take", "Taylor's Version", "Live at Wembley", "Dub", "12\" Mix",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{} ({})", "{} - {}", "{} [{}]"])
def test_another_version_is_another_recording(matcher, version, form):
    names = Names(form.format("Venus as a Boy", version), "Björk", "Debut")
    assert matcher.match(names) is None
    doubt = next(doubt for doubt in matcher.doubts() if doubt.names == names)
    assert (doubt.reason, doubt.near[0].id, doubt.chosen) == (Reason.VERSION, 1, None)


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (Names("Venus as a Boy", "Björk", "Debut", 300_000), Reason.LENGTH),
        (Names("About a Girl", "Nirvana", "MTV Unplugged in New York"), Reason.VERSION),
        (Names("Hurt (Danny Lohner Remix)", "Nin"), Reason.VERSION),
        (Names("Untitled (Another One)", "D'Angelo"), Reason.VERSION),
    ],
)
def test_what_comes_near_is_a_doubt_and_no_match(matcher, names, reason):
    assert matcher.match(names) is None
    assert next(doubt for doubt in matcher.doubts() if doubt.names == names).reason is reason


def test_parts_are_not_the_whole(matcher):
    assert matcher.match(Names("Shine On", "Pink Floyd")) is None
    assert matcher.match(Names("Shine On (Part Two)", "Pink Floyd")) is None


def test_recordings_of_one_name_are_in_doubt_where_nothing_tells_them_apart(matcher):
    names = Names("Blue", "Twice")
    assert matcher.match(names).track_id == 15
    doubt = next(doubt for doubt in matcher.doubts() if doubt.names == names)
    assert (doubt.reason, [track.id for track in doubt.near], doubt.chosen) == (Reason.SEVERAL, [15, 16], 15)
    told = Names("Blue", "Twice", "B")
    assert matcher.match(told).track_id == 16
    assert all(doubt.names != told for doubt in matcher.doubts())


def test_what_is_named_exactly_is_not_also_what_is_named_similarly():
    matcher = Matcher([Candidate(TrackId(1), "Venus as a Boy", ("Björk",))])
    exact, similar = Names("Venus as a Boy", "Björk"), Names("Venus as an Boy", "Björk")
    matches = matcher.match_all([similar, exact])
    assert (matches[exact].how, matches[similar]) == (How.EXACT, None)
    assert [(doubt.names, doubt.reason) for doubt in matcher.doubts()] == [(similar, Reason.SIMILAR)]
    matcher.decide(similar, TrackId(1))
    assert matcher.match(similar).how is How.DECIDED
    matcher.decide(exact, None)
    assert matcher.match(exact) is None


def test_one_recording_on_two_albums_is_told_by_its_album():
    here = [Candidate(TrackId(n), "Air", ("Bach",), album, 1, "mb") for n, album in ((1, "One"), (2, "Two"))]
    assert Matcher(here).match(Names("Air", "Bach", "Two", recording_mbid="mb")).track_id == 2

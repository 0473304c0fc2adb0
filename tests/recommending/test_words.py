"""Reasons as sentences."""

from dataclasses import replace

import pytest

from player.domain import Ms, Track, TrackId
from player.domain import ReasonKind as Kind
from player.recommending._words import Named, sentence, sentences, span
from recommender import Reason, ReasonKind

TRACK = Track(TrackId(1), "/a.flac", "Blue Line", artist="Mara Voss", album="Winter Harbour")
OTHER = Track(TrackId(2), "/b.flac", "Tides")
JAZZ = replace(TRACK, genres=("Other", "Jazz"), year=1994)


@pytest.mark.parametrize(
    ("reason", "named", "text"),
    [
        (Reason(ReasonKind.FOLLOWS, 1, other=7, count=4), Named(TRACK, OTHER), "Followed “Tides” 4 times"),
        (Reason(ReasonKind.FOLLOWS, 1, other=7, count=1), Named(TRACK, OTHER), "Followed “Tides” before"),
        (Reason(ReasonKind.FOLLOWS, 1, other=7, count=4), Named(TRACK), "Has followed this before"),
        (Reason(ReasonKind.SIMILAR, 1, other=7), Named(TRACK, OTHER), "Close to “Tides”"),
        (Reason(ReasonKind.SIMILAR, 1, other=7, tags=("piano",)), Named(TRACK, OTHER), "Piano, like “Tides”"),
        (Reason(ReasonKind.SIMILAR, 1, tags=("piano", "mellow", "slow")), Named(TRACK), "Piano, mellow"),
        (Reason(ReasonKind.SIMILAR, 1), Named(TRACK), "Like what you play now"),
        (Reason(ReasonKind.NEW, 1, other=7, tags=("piano",)), Named(TRACK, OTHER), "New to you, like “Tides”"),
        (Reason(ReasonKind.NEW, 1, tags=("piano", "mellow")), Named(TRACK), "New to you: piano, mellow"),
        (Reason(ReasonKind.NEW, 1, other=7), Named(replace(TRACK, play_count=3), OTHER), "No plays to go by yet"),
        (Reason(ReasonKind.EXPLORE, 1), Named(TRACK), "New to you"),
        (Reason(ReasonKind.ADDED, 1), Named(TRACK), "New in your library"),
        (Reason(ReasonKind.LIKED, 1, count=12), Named(TRACK), "Played 12 times"),
        (Reason(ReasonKind.LIKED, 1, count=1), Named(TRACK), "Played before"),
        (Reason(ReasonKind.KIN, 1, other=7), Named(TRACK, OTHER), "Because you liked “Tides”"),
        (Reason(ReasonKind.KIN, 1), Named(TRACK), "Because of what you liked"),
        (Reason(ReasonKind.ARTIST, 1, count=30), Named(TRACK, None, 7, 9), "You've played 7 of 9 by Mara Voss"),
        (Reason(ReasonKind.ARTIST, 1), Named(TRACK, finished=1, by_artist=1), "You play Mara Voss"),
        (Reason(ReasonKind.ALBUM, 1), Named(TRACK), "Next on “Winter Harbour”"),
        (Reason(ReasonKind.LONG_AGO, 1, days=92), Named(TRACK), "Not played for 3 months"),
        (Reason(ReasonKind.RECENT, 1, count=5), Named(TRACK), "Played lately, 5 times in all"),
        (Reason(ReasonKind.RECENT, 1, count=1), Named(TRACK), "Played lately"),
        (Reason(ReasonKind.TIME_OF_DAY, 1, hour=7), Named(TRACK), "Often in the morning"),
        (Reason(ReasonKind.TIME_OF_DAY, 1, hour=1), Named(TRACK), "Often at night"),
        (Reason(ReasonKind.SESSION, 1), Named(TRACK), "Goes with this session"),
        (Reason(ReasonKind.SESSION, 1, other=7), Named(TRACK, OTHER), "Played around “Tides”"),
        (Reason(ReasonKind.GENRE, 0, count=28), Named(JAZZ), "Jazz: 28 tracks to explore"),
        (Reason(ReasonKind.GENRE, 0, count=1), Named(JAZZ), "Jazz: your only track"),
        (Reason(ReasonKind.SOUND, 0, tags=("piano", "mellow", "slow")), Named(TRACK), "Piano, mellow"),
        (Reason(ReasonKind.COLLECTION, 0, count=16), Named(TRACK), "You have 16 tracks by Mara Voss"),
        (Reason(ReasonKind.OPENER, 0), Named(TRACK), "Opens “Winter Harbour”"),
        (Reason(ReasonKind.SOURCE, 0), Named(TRACK), "From “Winter Harbour”"),
        (Reason(ReasonKind.DECADE, 0), Named(JAZZ), "From 1994"),
        (Reason(ReasonKind.LENGTH, 0), Named(replace(TRACK, duration_ms=Ms(71_600))), "A short one, 1:12"),
        (Reason(ReasonKind.LENGTH, 0), Named(replace(TRACK, duration_ms=Ms(719_000))), "A long one, 11 minutes"),
    ],
)
def test_reasons_in_words(reason: Reason, named: Named, text: str) -> None:
    assert sentence(reason, named) == text
    # More has no room in a narrow Up Next.
    assert len(text) <= 33


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_every_kind_has_a_sentence_even_when_nothing_is_known(kind: ReasonKind) -> None:
    nameless = Track(TrackId(3), "/c.flac", "c")
    text = sentence(Reason(kind, 1.0), Named(nameless))
    needs_a_name = (ReasonKind.GENRE, ReasonKind.SOUND, ReasonKind.OPENER, ReasonKind.SOURCE, ReasonKind.COLLECTION)
    assert bool(text) is (kind not in (*needs_a_name, ReasonKind.DECADE))
    assert "{" not in text
    assert Kind(str(kind))


@pytest.mark.parametrize("name", ["Other", "none", "Default", "Unknown artist", "sounds", "http://www.example.org"])
def test_what_is_no_name_is_no_reason(name: str) -> None:
    track = replace(TRACK, artist=name, album=name, genres=(name,))
    for kind in ReasonKind:
        assert name not in sentence(Reason(kind, 1.0, count=3), Named(track, finished=2, by_artist=5))


def test_a_name_from_right_to_left_moves_nothing_else() -> None:
    other = replace(OTHER, title="قافلة 3")
    assert sentence(Reason(ReasonKind.FOLLOWS, 1, other=7, count=4), Named(TRACK, other)) == (
        "Followed “\u2068قافلة 3\u2069” 4 times"
    )


def test_a_thumb_says_more_than_a_count() -> None:
    liked = Track(TrackId(1), "/a.flac", "Blue Line", thumb=1)
    assert sentence(Reason(ReasonKind.LIKED, 1, count=12), Named(liked)) == "You gave it a thumb up"


def test_nothing_is_said_twice() -> None:
    reasons = [Reason(ReasonKind.EXPLORE, 0.0), Reason(ReasonKind.NEW, 0.6), Reason(ReasonKind.SESSION, 0.3)]
    texts = sentences(reasons, lambda _reason: Named(TRACK))
    assert [text.text for text in texts] == ["New to you", "Goes with this session"]
    assert texts[0].kind is Kind.EXPLORE


def test_what_is_new_and_close_is_not_close_once_more() -> None:
    reasons = [Reason(ReasonKind.EXPLORE, 0.6, other=7), Reason(ReasonKind.SIMILAR, 0.4, other=7)]
    texts = sentences(reasons, lambda _reason: Named(TRACK, OTHER))
    assert [text.text for text in texts] == ["New to you, like “Tides”"]


@pytest.mark.parametrize(
    ("days", "text"),
    [(0.2, "a day"), (5, "5 days"), (7, "a week"), (20, "2 weeks"), (30, "a month"), (92, "3 months"), (370, "a year")],
)
def test_spans_of_time(days: float, text: str) -> None:
    assert span(days) == text

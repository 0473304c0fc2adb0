"""Reasons as sentences."""

import pytest

from player.domain import ReasonKind as Kind
from player.domain import Track, TrackId
from player.recommending._words import Named, sentence, sentences, span
from recommender import Reason, ReasonKind

TRACK = Track(TrackId(1), "/a.flac", "Blue Line", artist="Mara Voss", album="Winter Harbour")
OTHER = Track(TrackId(2), "/b.flac", "Tides")


@pytest.mark.parametrize(
    ("reason", "named", "text"),
    [
        (Reason(ReasonKind.FOLLOWS, 1, other=7, count=4), Named(TRACK, OTHER), "Usually follows “Tides”"),
        (Reason(ReasonKind.FOLLOWS, 1, other=7, count=1), Named(TRACK, OTHER), "Followed “Tides” before"),
        (Reason(ReasonKind.FOLLOWS, 1, other=7), Named(TRACK), "Usually follows what plays now"),
        (Reason(ReasonKind.SIMILAR, 1, other=7), Named(TRACK, OTHER), "Close to “Tides”"),
        (Reason(ReasonKind.SIMILAR, 1, tags=("piano", "mellow", "slow")), Named(TRACK), "Piano, mellow"),
        (Reason(ReasonKind.SIMILAR, 1), Named(TRACK), "Like what you play now"),
        (
            Reason(ReasonKind.NEW, 1, other=7, tags=("piano",)),
            Named(TRACK, OTHER),
            "New to you, close to “Tides” (piano)",
        ),
        (Reason(ReasonKind.NEW, 1, tags=("piano", "mellow")), Named(TRACK), "New to you: piano, mellow"),
        (Reason(ReasonKind.EXPLORE, 1), Named(TRACK), "New to you"),
        (Reason(ReasonKind.LIKED, 1, count=12), Named(TRACK), "You have played it 12 times"),
        (Reason(ReasonKind.LIKED, 1, count=1), Named(TRACK), "You have played it before"),
        (
            Reason(ReasonKind.ARTIST, 1, count=30),
            Named(TRACK, finished=7, by_artist=9),
            "Because you finished 7 of 9 tracks by Mara Voss",
        ),
        (Reason(ReasonKind.ARTIST, 1), Named(TRACK, finished=1, by_artist=1), "Because you play Mara Voss"),
        (Reason(ReasonKind.ALBUM, 1), Named(TRACK), "“Winter Harbour” goes on"),
        (Reason(ReasonKind.LONG_AGO, 1, days=92), Named(TRACK), "Not heard for 3 months"),
        (Reason(ReasonKind.RECENT, 1, count=5), Named(TRACK), "On repeat these days: 5 times so far"),
        (Reason(ReasonKind.TIME_OF_DAY, 1), Named(TRACK, hour=7), "Often played in the morning"),
        (Reason(ReasonKind.TIME_OF_DAY, 1), Named(TRACK, hour=1), "Often played at night"),
    ],
)
def test_reasons_in_words(reason: Reason, named: Named, text: str) -> None:
    assert sentence(reason, named) == text


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_every_kind_has_a_sentence_even_when_nothing_is_known(kind: ReasonKind) -> None:
    nameless = Track(TrackId(3), "/c.flac", "c")
    text = sentence(Reason(kind, 1.0), Named(nameless))
    assert text
    assert "{" not in text
    assert Kind(str(kind))


def test_a_thumb_says_more_than_a_count() -> None:
    liked = Track(TrackId(1), "/a.flac", "Blue Line", thumb=1)
    assert sentence(Reason(ReasonKind.LIKED, 1, count=12), Named(liked)) == "You gave it a thumb up"


def test_nothing_is_said_twice() -> None:
    reasons = [Reason(ReasonKind.EXPLORE, 0.0), Reason(ReasonKind.NEW, 0.6), Reason(ReasonKind.SESSION, 0.3)]
    texts = sentences(reasons, lambda _reason: Named(TRACK))
    assert [text.text for text in texts] == ["New to you", "Goes with what you have been playing"]
    assert texts[0].kind is Kind.EXPLORE


def test_what_is_new_and_close_is_not_close_once_more() -> None:
    reasons = [Reason(ReasonKind.EXPLORE, 0.6, other=7), Reason(ReasonKind.SIMILAR, 0.4, other=7)]
    texts = sentences(reasons, lambda _reason: Named(TRACK, OTHER))
    assert [text.text for text in texts] == ["New to you, close to “Tides”"]


@pytest.mark.parametrize(
    ("days", "text"),
    [(0.2, "a day"), (5, "5 days"), (7, "a week"), (20, "2 weeks"), (30, "a month"), (92, "3 months"), (370, "a year")],
)
def test_spans_of_time(days: float, text: str) -> None:
    assert span(days) == text

"""Which reason is said first."""

from collections import Counter

from recommender import Reason, ReasonKind, Suggestion
from recommender.ranking import varied


def rows(*reasons: Reason, count: int = 24) -> list[Suggestion]:
    return [Suggestion(item, 1.0, reasons) for item in range(count)]


def test_no_more_than_two_of_eight_rows_say_the_same() -> None:
    kinds = (ReasonKind.ARTIST, ReasonKind.GENRE, ReasonKind.DECADE, ReasonKind.NEW)
    answer = varied(rows(*(Reason(kind, 0.0) for kind in kinds)))
    leads = [one.reasons[0].kind for one in answer]
    for place in range(len(leads) - 7):
        assert max(Counter(leads[place : place + 8]).values()) == 2
    assert all({reason.kind for reason in one.reasons} == set(kinds) for one in answer)


def test_what_is_new_and_what_is_to_be_explored_read_the_same() -> None:
    either = [Suggestion(n, 1.0, (Reason((ReasonKind.NEW, ReasonKind.EXPLORE)[n % 2], 1.0),)) for n in range(4)]
    other = Reason(ReasonKind.GENRE, 0.0)
    leads = [one.reasons[0].kind for one in varied([Suggestion(9, 1.0, (*one.reasons, other)) for one in either])]
    assert leads == [ReasonKind.NEW, ReasonKind.EXPLORE, ReasonKind.GENRE, ReasonKind.GENRE]


def test_the_same_track_is_not_named_over_and_over() -> None:
    kinds = (ReasonKind.SIMILAR, ReasonKind.SESSION, ReasonKind.KIN, ReasonKind.FOLLOWS)
    answer = varied(rows(*(Reason(kind, 0.0, other=7) for kind in kinds), Reason(ReasonKind.GENRE, 0.0), count=4))
    assert [one.reasons[0].other for one in answer] == [7, 7, 7, None]


def test_where_nothing_else_is_so_it_is_said_again() -> None:
    assert {one.reasons[0].kind for one in varied(rows(Reason(ReasonKind.NEW, 1.0)))} == {ReasonKind.NEW}

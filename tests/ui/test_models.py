"""Models against Qt's own checks, and what they tell."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.modeltest import ModelTester

from player.app import App
from player.domain import (
    EndReason,
    LoggedPlay,
    Ms,
    PlayId,
    ReasonKind,
    ReasonText,
    SortKey,
    StartReason,
    Suggestion,
    Track,
    TrackId,
    TrackOrder,
    UtcMs,
)
from player.playback import PlayQueue
from player.ui.covers import CoverArt
from player.ui.models.cards import Card, CardModel, LazyCards, row_of
from player.ui.models.history import HistoryModel
from player.ui.models.nav import NavItem, NavModel, PageKind, Place
from player.ui.models.queue import QueueModel, unpack_entries
from player.ui.models.sorting import next_keys
from player.ui.models.tracks import INDEX_OF, MIME, PAGE, TrackModel, unpack_tracks

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class Asked:
    """A library that counts what it is asked."""

    def __init__(self) -> None:
        self.pages: list[int] = []

    def __call__(self, ids: list[TrackId]) -> list[Track]:
        """Every track but the thirteenth."""
        self.pages.append(len(ids))
        return [
            Track(i, f"/m/{i}.flac", f"Title {i}", artist="Ada", duration_ms=Ms(61_000), thumb=i % 2)
            for i in ids
            if i != 13
        ]


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def tracks(qapp: object, asked: Asked) -> TrackModel:
    model = TrackModel(asked)
    model.set_ids(array("q", range(1, 1001)))
    return model


def suggestions(*ids: int) -> list[Suggestion]:
    reason = ReasonText(ReasonKind.FOLLOWS, "Usually follows Circuit", 0.7)
    return [Suggestion(TrackId(i), 1.0 / (n + 1), (reason,), "test") for n, i in enumerate(ids)]


@pytest.mark.parametrize(
    ("track", "shown"),
    [
        (Track(TrackId(1), "/m/Drawer/1.flac", "One", album="Low Water", genres=("Folk",)), "New to you · Low Water"),
        (Track(TrackId(1), "/m/Drawer/1.flac", "One", genres=("Folk", "Pop")), "New to you · Folk"),
        (Track(TrackId(1), "/m/Drawer/1.flac", "One", album="default", genres=("Other", "Pop")), "New to you · Pop"),
        (Track(TrackId(1), "/m/Drawer/1.flac", "One", album="none"), "New to you"),
    ],
)
def test_reasons_that_many_rows_share_say_what_the_track_is_from(qapp: object, track: Track, shown: str) -> None:
    queue = PlayQueue()
    queue.refill([Suggestion(track.id, 1.0, (ReasonText(ReasonKind.NEW, "New to you", 1.0),), "test")])
    model = QueueModel(queue, lambda _ids: [track])
    assert model.row(0).reason == shown
    queue.refill([Suggestion(track.id, 1.0, (ReasonText(ReasonKind.LIKED, "You like it", 1.0),), "test")])
    assert model.row(0).reason == "You like it"


def test_tracks_pass_the_model_test(tracks: TrackModel, qtmodeltester: ModelTester) -> None:
    tracks.set_ids(array("q", range(1, 30)))
    qtmodeltester.check(tracks)


def test_only_the_shown_pages_are_read(tracks: TrackModel, asked: Asked) -> None:
    assert tracks.track(500).title == "Title 501"
    assert tracks.track(500 // PAGE * PAGE).title
    assert asked.pages == [PAGE]


def test_memory_for_rows_is_bounded(tracks: TrackModel, asked: Asked) -> None:
    tracks.set_ids(array("q", range(1, PAGE * 200)))
    for row in range(0, PAGE * 199, PAGE):
        tracks.track(row)
    assert len(tracks._pages) <= 96


def test_a_track_that_has_gone_leaves_an_empty_row(tracks: TrackModel) -> None:
    assert tracks.track(12) is None
    assert tracks.index(12, INDEX_OF["title"]).data() == ""


def test_rows_speak(tracks: TrackModel) -> None:
    assert tracks.index(0, 1).data(ACCESSIBLE) == "Title 1, Ada, 1:01, liked"


def test_heading_shows_the_order(tracks: TrackModel) -> None:
    tracks.set_sorted_by([SortKey(TrackOrder.TITLE, True)])
    assert tracks.headerData(INDEX_OF["title"], Qt.Orientation.Horizontal) == "Title ↓"
    tracks.set_sorted_by([SortKey(TrackOrder.YEAR), SortKey(TrackOrder.TITLE, True)])
    assert tracks.headerData(INDEX_OF["year"], Qt.Orientation.Horizontal) == "Year ↑¹"
    assert tracks.headerData(INDEX_OF["title"], Qt.Orientation.Horizontal) == "Title ↓²"
    assert tracks.headerData(INDEX_OF["album"], Qt.Orientation.Horizontal) == "Album"


def test_clicks_on_headings() -> None:
    title, year, plays = TrackOrder.TITLE, TrackOrder.YEAR, TrackOrder.PLAYS

    def after(*clicks: tuple[TrackOrder, bool]) -> list[tuple[TrackOrder, bool]]:
        keys: Sequence[SortKey] = [SortKey(TrackOrder.RELEVANCE)]
        for order, further in clicks:
            keys = next_keys(keys, order, further=further)
        return [(key.order, key.descending) for key in keys]

    assert after((title, False)) == after((title, True)) == [(title, False)]
    assert after((title, False), (title, False)) == [(title, True)]
    assert after((title, False), (plays, True)) == [(title, False), (plays, True)]
    assert after((title, False), (plays, True), (plays, True)) == [(title, False), (plays, False)]
    assert after((title, False), (plays, True), (plays, True), (plays, True)) == [(title, False)]
    assert after((title, True), (title, True), (title, True)) == [(title, False)]
    assert after((title, False), (plays, True), (year, False)) == [(year, False)]
    many = [(order, True) for order in (title, year, plays, TrackOrder.ALBUM, TrackOrder.ADDED)]
    assert [order for order, _ in after(*many)] == [title, year, plays, TrackOrder.ADDED]


def test_refresh_reads_again(tracks: TrackModel, asked: Asked, qtbot: object) -> None:
    tracks.track(0)
    with qtbot.waitSignal(tracks.dataChanged):
        tracks.refresh()
    tracks.track(0)
    assert len(asked.pages) == 2


def test_drag_carries_the_tracks(tracks: TrackModel) -> None:
    data = tracks.mimeData([tracks.index(3, 1), tracks.index(1, 0), tracks.index(3, 0)])
    assert unpack_tracks(data) == [2, 4]


def test_foreign_drags_carry_nothing(qapp: object) -> None:
    data = QMimeData()
    data.setData(MIME, b"1,x,\xff,3")
    assert unpack_tracks(data) == [1, 3]
    assert unpack_tracks(QMimeData()) == []


def test_numbers_of_the_album(tracks: TrackModel) -> None:
    tracks.album_numbers = True
    track = replace(tracks.track(4), track_no=9)
    assert tracks.number_text(4, track) == "9"


# Up Next


def test_queue_passes_the_model_test(app: App, library: list[TrackId], qtmodeltester: ModelTester) -> None:
    model = QueueModel(app.queue, app.library.tracks)
    app.queue.add(library[:3])
    qtmodeltester.check(model)
    app.queue.refill(suggestions(*library[3:6]))
    app.queue.move(app.queue.entries()[0].id, 2)
    app.queue.remove([app.queue.entries()[1].id])
    app.history.undo()
    assert model.entries == app.queue.entries()


def test_sections_of_up_next(app: App, library: list[TrackId]) -> None:
    model = QueueModel(app.queue, app.library.tracks)
    app.queue.refill(suggestions(*library[3:5]))
    assert [model.row(n).section for n in range(2)] == ["", ""]
    app.queue.add(library[:2])
    assert [model.row(n).section for n in range(4)] == ["Queued by you", "", "Chosen for you", ""]


def test_a_suggestion_that_becomes_the_users_where_it_stands_moves_the_heading(qapp: object) -> None:
    queue = PlayQueue()
    queue.add([TrackId(1)])
    queue.refill([Suggestion(TrackId(number), 1.0, (), "test") for number in (10, 11)])
    model = QueueModel(queue, lambda _ids: [])
    queue.gather([entry.id for entry in queue.entries()[:2]], 0)
    assert [entry.track_id for entry in model.entries] == [1, 10, 11]
    assert queue.user_count == 2
    assert [model.begins_section(row) for row in range(3)] == [True, False, True]


def test_rows_of_up_next_say_why(app: App, library: list[TrackId]) -> None:
    model = QueueModel(app.queue, app.library.tracks)
    app.queue.refill(suggestions(library[5]))
    assert model.row(0).reason == "Usually follows Circuit"
    assert model.index(0).data(ACCESSIBLE) == "Circuit. Beth Hartmann. 0:24. Usually follows Circuit"


def test_a_lost_track_in_up_next_speaks(qapp: object) -> None:
    queue = PlayQueue()
    model = QueueModel(queue, lambda _ids: [])
    queue.refill(suggestions(5))
    assert "no longer" in model.index(0).data(ACCESSIBLE)


def test_drag_carries_entries_and_tracks(app: App, library: list[TrackId]) -> None:
    model = QueueModel(app.queue, app.library.tracks)
    app.queue.add(library[:2])
    data = model.mimeData([model.index(1)])
    assert unpack_entries(data) == [app.queue.entries()[1].id]
    assert unpack_tracks(data) == [library[1]]


# The others


def test_cards_pass_the_model_test(qapp: object, qtmodeltester: ModelTester) -> None:
    model = CardModel()
    model.set_cards([Card(n, f"Album {n}", "Ada", CoverArt(None, str(n)), "9 tracks") for n in range(5)])
    qtmodeltester.check(model)
    assert model.index(1).data(ACCESSIBLE) == "Album 1, Ada, 9 tracks"


def test_equal_cards_change_nothing(qapp: object) -> None:
    model, resets = CardModel(), []
    model.set_cards([Card(1, "A", "", CoverArt(None, "A"))])
    model.modelReset.connect(lambda: resets.append(1))
    model.set_cards([Card(1, "A", "", CoverArt(None, "A"))])
    assert not resets


def test_lazy_cards_are_made_as_they_are_shown(qapp: object, qtmodeltester: ModelTester) -> None:
    made: list[int] = []

    def make(keys: Sequence[int]) -> list[Card]:
        made.extend(keys)
        return [Card(key, f"Album {key}", "Ada", CoverArt(None, str(key))) for key in keys]

    ids = array("q", range(1_000, 101_000))
    model, resets, changes = CardModel(), [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.dataChanged.connect(lambda *_: changes.append(1))
    model.set_cards(LazyCards(ids, make))
    assert (model.rowCount(), made) == (100_000, [])
    assert model.card(99_999).title == "Album 100999"
    assert model.card(-1).id == model.cards[99_998:][1].id == 100_999
    assert len(made) < 1_000
    with pytest.raises(IndexError):
        model.card(100_000)
    made.clear()
    assert (row_of(model.cards, 51_000), row_of(model.cards, 7), row_of(model.cards, "x"), made) == (50_000, -1, -1, [])
    model.set_cards(LazyCards(array("q", ids), make))
    assert (len(resets), len(changes)) == (1, 1)  # the same ids: what is shown is read again, and stays where it is
    model.set_cards(LazyCards(ids[:300], make))
    qtmodeltester.check(model)


def test_navigation_passes_the_model_test(qapp: object, qtmodeltester: ModelTester) -> None:
    model = NavModel()
    model.set_items([NavItem("Home", "house", Place(PageKind.HOME)), NavItem("Playlists")])
    qtmodeltester.check(model)
    assert not model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_only_playlists_are_renamed(qapp: object) -> None:
    model, told = NavModel(), []
    place = Place(PageKind.PLAYLIST, 4)
    model.set_items([NavItem("Home", "house", Place(PageKind.HOME)), NavItem("Rain", "playlist", place, True)])
    model.renamed.connect(lambda where, name: told.append((where, name)))
    assert not model.setData(model.index(0), "x")
    assert not model.setData(model.index(1), "  ")
    assert model.setData(model.index(1), " Sun ")
    assert told == [(place, "Sun")]


def play(**facts: object) -> LoggedPlay:
    usual: dict[str, object] = {
        "id": PlayId(1),
        "track_id": TrackId(1),
        "title": "Circuit",
        "artist": "Beth",
        "started_at": UtcMs(1_760_000_000_000),
        "utc_offset_min": 0,
        "listened_ms": Ms(4_000),
        "duration_ms": Ms(60_000),
        "start_reason": StartReason.UP_NEXT,
        "end_reason": EndReason.SKIPPED,
        "queue_position": 0,
        "model_version": None,
        "score": None,
        "session": 1,
    }
    return LoggedPlay(**(usual | facts))


def test_history_passes_the_model_test(qapp: object, qtmodeltester: ModelTester) -> None:
    model = HistoryModel()
    model.set_plays([play(), play(end_reason=None), play(listened_ms=Ms(60_000), end_reason=EndReason.FINISHED)])
    qtmodeltester.check(model)
    assert [model.index(row, 4).data() for row in range(3)] == ["Skipped, 0:04", "Playing, 0:04", "Played, 1:00"]


@pytest.mark.parametrize("reason", list(StartReason))
def test_every_start_has_words(qapp: object, reason: StartReason) -> None:
    model = HistoryModel()
    model.set_plays([play(start_reason=reason)])
    assert model.index(0, 3).data()

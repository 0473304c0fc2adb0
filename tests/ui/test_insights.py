"""Sums over the logs."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from player.application.insights import (
    DAY_MS,
    WEEK_MS,
    WEEKS,
    Effect,
    effect_of,
    gather,
    skip_share,
    skipped_artists,
    top_artists,
    weekly_hours,
    weekly_kept,
)
from player.domain import EndReason, Ms, PlayFinished, StartReason, ThumbGiven, TrackId, TrackStarted, UtcMs
from player.recommending import Hindrance, Outlook
from player.storage import END_REASONS, START_REASONS, Database, PlayLog
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.learning.insights_models import ModelsCard, outlook_text

NOW = 1_760_000_000_000


def log(*plays: tuple[int, int, int, EndReason, bool]) -> PlayLog:
    """A log of (track, days ago, listened ms, end, suggested); tracks are four minutes long."""
    return PlayLog(
        track_id=np.array([p[0] for p in plays], np.int64),
        started_at=np.array([NOW - p[1] * DAY_MS for p in plays], np.int64),
        utc_offset_min=np.zeros(len(plays), np.int16),
        listened_ms=np.array([p[2] for p in plays], np.int32),
        duration_ms=np.full(len(plays), 240_000, np.int32),
        start_reason=np.full(len(plays), START_REASONS.index(StartReason.PICKED), np.int8),
        end_reason=np.array([END_REASONS.index(p[3]) for p in plays], np.int8),
        suggested=np.array([p[4] for p in plays], bool),
        imported=np.zeros(len(plays), bool),
        session=np.zeros(len(plays), np.int32),
    )


def test_hours_of_each_week() -> None:
    hours = weekly_hours(
        log(
            (1, 0, 3_600_000, EndReason.FINISHED, False),
            (1, 8, 1_800_000, EndReason.FINISHED, False),
            (1, 9_999, 3_600_000, EndReason.FINISHED, False),
        ),
        NOW,
    )
    assert len(hours) == WEEKS
    assert hours[-1] == pytest.approx(1.0)
    assert hours[-2] == pytest.approx(0.5)
    assert sum(hours) == pytest.approx(1.5)


def test_skips_of_suggestions_and_of_own_picks() -> None:
    plays = log(
        (1, 0, 5_000, EndReason.SKIPPED, True),
        (2, 0, 200_000, EndReason.FINISHED, True),
        (3, 0, 50_000, EndReason.SKIPPED, True),
        (4, 0, 1_000, EndReason.STOPPED, True),
        (5, 0, 2_000, EndReason.REPLACED, False),
    )
    assert skip_share(plays, suggested=True) == pytest.approx(1 / 3)
    assert skip_share(plays, suggested=False) == 1.0


def test_no_plays_say_nothing() -> None:
    assert skip_share(log(), suggested=True) is None
    assert weekly_hours(log(), NOW) == (0.0,) * WEEKS


def test_top_and_rising_artists() -> None:
    full, end = 230_000, EndReason.FINISHED
    plays = log(
        *[(1, 5, full, end, False)] * 3,
        *[(2, 5, full, end, False)] * 2,
        *[(2, 100, full, end, False)] * 4,
        (3, 5, 9, end, False),
    )
    found = top_artists(plays, {1: "Ada", 2: "Beth", 3: "Nobody"}, NOW)
    assert [(a.name, a.plays, a.before) for a in found] == [("Ada", 3, 0), ("Beth", 2, 4)]


def test_the_learning_curve_is_what_was_kept_of_suggestions() -> None:
    heard, lost = EndReason.FINISHED, EndReason.SKIPPED
    plays = log(
        *[(1, 1, 200_000, heard, True)] * 8,
        *[(2, 1, 4_000, lost, True)] * 2,
        *[(3, 8, 200_000, heard, True)] * 5,
        *[(3, 8, 4_000, lost, True)] * 5,
        *[(4, 15, 200_000, heard, True)] * 2,  # too few to say anything
        *[(5, 22, 4_000, lost, False)] * 9,  # what the listener picked is no suggestion
    )
    kept = weekly_kept(plays, NOW)
    assert len(kept) == WEEKS
    assert kept[-1] == pytest.approx(0.8)
    assert kept[-2] == pytest.approx(0.5)
    assert kept[-4:-2] == (None, None)


def test_what_a_thumb_changed_is_the_share_before_and_after() -> None:
    end = EndReason.FINISHED
    plays = log(
        *[(1, 20, 200_000, end, True)] * 4,
        *[(2, 20, 200_000, end, True)] * 6,
        *[(1, 5, 200_000, end, True)] * 1,
        *[(2, 5, 200_000, end, True)] * 9,
    )
    at = NOW - 10 * DAY_MS
    assert effect_of(plays, plays.track_id == 1, at) == Effect(pytest.approx(0.4), pytest.approx(0.1))
    assert effect_of(plays, plays.track_id == 1, NOW).after is None


def test_artists_skipped_more_than_once() -> None:
    lost = EndReason.SKIPPED
    plays = log(
        *[(1, 3, 2_000, lost, True)] * 3,
        (2, 3, 2_000, lost, True),
        *[(3, 3, 2_000, lost, False)] * 4,
        *[(4, 200, 2_000, lost, True)] * 4,
    )
    found = skipped_artists(plays, {1: "Ada", 2: "Beth", 3: "Picked", 4: "Long ago"}, NOW)
    assert [(artist.name, artist.skips) for artist in found] == [("Ada", 3)]


def test_gathering_from_the_database(database: Database, library: list[TrackId]) -> None:
    start = TrackStarted(library[0], UtcMs(NOW - WEEK_MS), Ms(60_000), StartReason.PICKED)
    play = database.plays.open(start)
    database.plays.close(play, PlayFinished(start, UtcMs(NOW), Ms(60_000), EndReason.FINISHED))
    database.thumbs.give(ThumbGiven(library[1], 1, UtcMs(NOW)))
    database.thumbs.dismiss(library[2], UtcMs(NOW), UtcMs(NOW + DAY_MS))
    found = gather(database, UtcMs(NOW))
    assert found.plays == 1
    assert [track.id for track in found.judged] == [library[1]]
    assert set(found.effects) == {library[1]}
    assert [track.id for track in found.put_off] == [library[2]]
    assert [artist.name for artist in found.artists] == ["Ada Bianchi"]
    assert found.models == ()


@pytest.mark.parametrize(
    ("outlook", "words"),
    [
        (Outlook(training=True), "trained now"),
        (Outlook(off=True), "turned off"),
        (Outlook(private=True), "private session"),
        (Outlook(plays=7, rests_ms=5), "waits for 7 plays more"),
        (Outlook(rests_ms=60_001), "waits for 2 min"),
        (Outlook(hindrance=Hindrance.BATTERY), "runs on battery"),
        (Outlook(hindrance=Hindrance.SAVING), "saves power"),
        (Outlook(hindrance=Hindrance.METERED), "metered"),
        (Outlook(hindrance=Hindrance.USED), "three minutes"),
        (Outlook(), "within a minute"),
    ],
)
def test_what_the_next_training_waits_for_is_said(window: MainWindow, outlook: Outlook, words: str) -> None:
    assert words in outlook_text(outlook)


def test_the_page_says_what_the_next_training_waits_for(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place(PageKind.INSIGHTS))
    page = window.router.page
    assert page is not None
    (card,) = page.findChildren(ModelsCard)
    qtbot.waitUntil(lambda: "waits for 100 plays more" in card.outlook.text(), timeout=20_000)

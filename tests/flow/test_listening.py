"""Listening with the whole application: what is played is logged, and what is logged changes what comes."""

from collections import Counter

from player.domain import EndReason, Origin, Outcome, StartReason
from tests.flow.music import SECONDS


def test_up_next_is_filled_at_the_start_with_reasons(running):
    entries = running.app.queue.entries()
    assert len(entries) >= 10
    assert len({entry.track_id for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.origin is Origin.SUGGESTED
        assert entry.suggestion.reasons[0].text


def test_a_finished_track_leads_into_the_suggested_one(running):
    app = running.app
    app.queue.play_now([running.find("Ash 1.1")])
    running.hear(SECONDS - 1)
    expected = app.queue.entries()[0].track_id
    running.hear(2)
    assert app.controller.current_track.id == expected
    finished = app.db.plays.recent(2)[1]
    assert (finished.title, finished.end_reason, finished.start_reason) == (
        "Ash 1.1", EndReason.FINISHED, StartReason.PICKED,
    )  # fmt: skip
    assert abs(finished.listened_ms - SECONDS * 1000) < 50
    now = app.db.plays.recent(1)[0]
    assert (now.start_reason, now.end_reason) == (StartReason.UP_NEXT, None)
    assert now.model_version
    assert now.score is not None


def test_music_never_stops_by_itself(running):
    app = running.app
    app.queue.play_now([running.find("Birch 2.3")])
    for _ in range(6):
        running.hear(SECONDS)
    plays = app.db.plays.recent(20)
    assert len(plays) >= 6
    assert {play.end_reason for play in plays[1:]} == {EndReason.FINISHED}
    assert len({play.track_id for play in plays}) == len(plays)


def test_seeking_does_not_count_as_listening(running):
    app = running.app
    app.queue.play_now([running.find("Ash 1.1")])
    running.hear(3)
    app.controller.seek(30_000)
    running.hear(2)
    app.controller.next()
    running.hear(1)
    play = app.db.plays.recent(2)[1]
    assert abs(play.listened_ms - 5_000) < 150
    assert play.outcome is Outcome.SKIPPED


def test_what_the_user_queued_comes_first_and_stays(running):
    app = running.app
    wanted = [running.find("Cedar 1.2"), running.find("Dogwood 2.1")]
    app.queue.play_now([running.find("Ash 1.1")])
    app.queue.add(wanted)
    running.hear(2)
    app.suggestions.refresh()
    running.hear(1)
    entries = app.queue.entries()
    assert [entry.track_id for entry in entries[:2]] == wanted
    assert {entry.origin for entry in entries[2:]} == {Origin.SUGGESTED}


def test_skips_of_an_artist_move_it_down(running):
    app = running.app
    before = places(running, "Birch")
    for title in ("Birch 1.1", "Birch 1.2", "Birch 2.1", "Birch 2.2", "Birch 1.3"):
        app.queue.play_now([running.find(title)])
        running.hear(4)
        app.controller.next()
        running.hear(31)
    assert Counter(play.outcome for play in app.db.plays.recent(50))[Outcome.SKIPPED] == 5
    assert places(running, "Birch") > before


def places(running, artist):
    """The mean place of an artist's tracks in Up Next; those not in it stand behind its end."""
    entries = [app_track(running, entry.track_id) for entry in running.app.queue.entries()]
    found = [place for place, track in enumerate(entries) if track.artist == artist]
    absent = 6 - len(found)
    return (sum(found) + absent * (len(entries) + 5)) / 6


def app_track(running, track_id):
    return running.app.track(track_id)


def test_a_thumb_down_skips_and_keeps_out(running):
    app = running.app
    track = running.find("Dogwood 1.1")
    app.queue.play_now([track])
    running.hear(3)
    app.feedback.give_thumb(app.library.tracks([track]), -1)
    running.hear(3)
    assert app.controller.current_track.id != track
    assert app.db.thumbs.current() == {track: -1}
    assert track not in {entry.track_id for entry in app.queue.entries()}


def test_a_private_session_leaves_no_trace(running):
    app = running.app
    app.settings.change(private_session=True)
    app.queue.play_now([running.find("Ash 1.1")])
    running.hear(SECONDS + 2)
    assert app.db.plays.count() == 0

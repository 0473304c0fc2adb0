"""The demo's past: the same for the same day, before now, and with habits a person can see."""

from collections import Counter, defaultdict

import pytest

from player.demo import make_history
from player.demo._catalogue import ALBUMS, ARTISTS
from player.demo._history import DAY_MS, DAYS, DISLIKED, FOLLOWS, NEWCOMER, UNHEARD
from player.domain import EndReason, Ms, Outcome, StartReason, Track, TrackId, UtcMs

NOW = UtcMs(1_790_000_000_000)


@pytest.fixture(scope="module")
def tracks():
    return [
        Track(
            TrackId(number),
            path=f"/{number}",
            title=title,
            artist=ARTISTS[album.artists[at] if album.artists else album.artist].name,
            album=album.title,
            track_no=at + 1,
            duration_ms=Ms(60_000),
        )
        for number, (album, at, title) in enumerate(
            ((album, at, title) for album in ALBUMS for at, title in enumerate(album.tracks)), start=1
        )
    ]


@pytest.fixture(scope="module")
def history(tracks):
    return make_history(tracks, NOW)


@pytest.fixture(scope="module")
def by_id(tracks):
    return {track.id: track for track in tracks}


def test_the_same_day_has_the_same_past(tracks, history):
    assert make_history(list(reversed(tracks)), NOW) == history
    assert make_history(tracks, NOW, seed=8) != history


def test_it_is_some_weeks_long_and_over(history):
    starts = [play.start.started_at for play in history.plays]
    assert starts == sorted(starts)
    assert 300 < len(starts) < 1_500
    assert starts[0] > NOW - (DAYS + 2) * DAY_MS
    assert history.plays[-1].ended_at < NOW


def test_plays_do_not_overlap_and_end_as_they_say(history):
    for play, following in zip(history.plays, history.plays[1:], strict=False):
        assert play.ended_at <= following.start.started_at
    for play in history.plays:
        assert 0 < play.listened_ms <= play.start.duration_ms
        assert (play.listened_ms == play.start.duration_ms) == (play.reason is EndReason.FINISHED)


def test_every_kind_of_start_and_end_occurs(history):
    assert {play.start.reason for play in history.plays} == {
        StartReason.PICKED, StartReason.ALBUM, StartReason.UP_NEXT,
    }  # fmt: skip
    assert {play.reason for play in history.plays} >= {EndReason.FINISHED, EndReason.SKIPPED, EndReason.QUIT}


def test_disliked_artists_are_skipped_and_others_are_not(history, by_id):
    heard = defaultdict(Counter)
    for play in history.plays:
        heard[by_id[play.start.track_id].artist][play.outcome] += 1
    share = {name: counts[Outcome.SKIPPED] / counts.total() for name, counts in heard.items()}
    disliked = {ARTISTS[key].name for key in DISLIKED}
    assert min(share[name] for name in disliked) > 0.4
    assert max(part for name, part in share.items() if name not in disliked) < 0.4


def test_what_usually_follows_does(history, by_id):
    pairs = Counter(
        (by_id[play.start.track_id].title, by_id[following.start.track_id].title)
        for play, following in zip(history.plays, history.plays[1:], strict=False)
        if following.start.reason is StartReason.UP_NEXT
    )
    assert max(pairs[pair] for pair in FOLLOWS.items()) >= 3


def test_the_new_album_is_not_heard_before_it_came(history, by_id):
    starts = [play.start.started_at for play in history.plays if by_id[play.start.track_id].album == NEWCOMER[0]]
    assert len(starts) > 10
    assert min(starts) > NOW - NEWCOMER[1] * DAY_MS


def test_something_good_is_left_to_find_and_nothing_bad(history, tracks):
    heard = {play.start.track_id for play in history.plays}
    left = {track.album for track in tracks if track.id not in heard}
    disliked = {ARTISTS[key].name for key in DISLIKED}
    assert UNHEARD in left
    assert not {track.artist for track in tracks if track.album in left} & disliked


def test_thumbs_go_up_and_down_once_each(history):
    judged = [thumb.track_id for thumb in history.thumbs]
    assert len(judged) == len(set(judged))
    assert {thumb.value for thumb in history.thumbs} == {1, -1}


def test_other_music_has_no_past(tracks):
    with pytest.raises(ValueError, match="demo"):
        make_history([Track(TrackId(1), "/a", "A", "Somebody")], NOW)

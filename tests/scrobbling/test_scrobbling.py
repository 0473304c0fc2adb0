"""Plays go out to services that stand in for ListenBrainz and Last.fm; nothing is lost, nothing unwanted is sent."""

import json
from dataclasses import replace

import keyring
import keyring.backends.fail
import pytest

from player.domain import Ms, Settings, StartReason, TrackStarted, UtcMs
from player.scrobbling import Trouble
from player.storage import ImportedPlay, ScrobbleAccount
from tests.scrobbling.conftest import AT, BOTH, LENGTH
from tests.scrobbling.stand_in import KEY, SECRET, SESSION, TOKEN, Answer

MINUTE = 60_000


def wait(qtbot, condition):
    qtbot.waitUntil(condition, timeout=20_000)


def titles(services):
    return [listen["track_metadata"]["track_name"] for listen in services.listens]


def test_off_by_default_nothing_is_asked_or_sent(make, play, tracks, services, ring, qtbot, monkeypatch):
    monkeypatch.setattr(keyring, "get_keyring", lambda: pytest.fail("the keyring was asked"))
    assert not Settings().listenbrainz
    assert not Settings().lastfm
    scrobbling = make()
    play(tracks[0])
    scrobbling.look()
    scrobbling.playing_now(None)
    qtbot.wait(50)
    assert services.requests == []
    assert not scrobbling.listenbrainz.state.on


def test_plays_that_count_are_sent_to_both(make, play, tracks, services, ring, database, qtbot):
    ring.put(**BOTH)
    play(tracks[0], LENGTH // 2 - 1, AT)  # a second less than half
    play(tracks[0], LENGTH // 2, AT + MINUTE)
    play(tracks[1], 30_000, AT + 2 * MINUTE, length=30_000)  # too short a track
    play(tracks[2], LENGTH, AT + 3 * MINUTE)  # nobody's
    play(tracks[0], 240_000, AT + 4 * MINUTE, length=900_000, reason="up_next")  # four minutes of a long one
    database.plays.import_plays("lastfm", [ImportedPlay(tracks[0], UtcMs(AT + 900_000), LENGTH, LENGTH)])
    scrobbling = make(listenbrainz=True, lastfm=True)
    wait(qtbot, lambda: scrobbling.lastfm.state.sent == 2 and scrobbling.listenbrainz.state.sent == 2)
    assert [listen["listened_at"] for listen in services.listens] == [(AT + n * MINUTE) // 1000 for n in (1, 4)]
    told = services.listens[0]["track_metadata"]
    assert (told["artist_name"], told["track_name"], told["release_name"]) == ("Ada Bianchi", "Blue Rooms", "Horizon")
    info = told["additional_info"]
    assert info["recording_mbid"] == "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"
    assert (info["duration_ms"], info["tracknumber"], info["submission_client_version"]) == (LENGTH, 2, "9")
    first, second = services.scrobbles
    assert (first["artist"], first["track"], first["album"], first["chosenByUser"]) == (
        "Ada Bianchi",
        "Blue Rooms",
        "Horizon",
        "1",
    )
    assert second["chosenByUser"] == "0"
    assert second["duration"] == "900"
    state = scrobbling.lastfm.state
    assert (state.waiting, state.trouble, state.kept) == (0, Trouble.NONE, True)


def test_the_next_start_sends_what_is_new_and_nothing_twice(make, play, tracks, services, ring, qtbot):
    ring.put(**BOTH)
    play(tracks[0], at=AT)
    first = make(listenbrainz=True)
    wait(qtbot, lambda: first.listenbrainz.state.sent == 1)
    first.close()
    for n in range(1, 121):
        play(tracks[0], at=AT + n * MINUTE)
    second = make(listenbrainz=True)
    wait(qtbot, lambda: second.listenbrainz.state.sent == 121)
    assert [listen["listened_at"] for listen in services.listens] == [(AT + n * MINUTE) // 1000 for n in range(121)]
    assert sorted(len(json.loads(body)["payload"]) for _path, body in services.requests) == [1, 20, 50, 50]


def test_turned_on_only_what_comes_is_told_and_what_sounds_now(make, play, tracks, services, ring, database, qtbot):
    ring.put(**BOTH)
    play(tracks[0], at=AT)
    scrobbling = make()
    scrobbling.apply(replace(Settings(), listenbrainz=True, listenbrainz_url=services.url))
    wait(qtbot, lambda: scrobbling.listenbrainz.state.ready)
    play(tracks[0], at=AT + MINUTE)
    scrobbling.look()
    wait(qtbot, lambda: scrobbling.listenbrainz.state.sent == 1)
    assert [listen["listened_at"] for listen in services.listens] == [(AT + MINUTE) // 1000]


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(500, {"error": "oops"}), Trouble.BUSY),
        (Answer(429, {"error": "slow down"}, {"X-RateLimit-Reset-In": "0.2"}), Trouble.BUSY),
        (Answer(502), Trouble.BUSY),
        (Answer(302, None, {"Location": "https://example.org/"}), Trouble.MISUNDERSTOOD),
        (Answer(404), Trouble.MISUNDERSTOOD),
        (Answer(200), Trouble.MISUNDERSTOOD),
    ],
)
def test_after_a_failure_it_waits_and_sends_it_all(make, play, tracks, services, ring, qtbot, answer, trouble):
    ring.put(**BOTH)
    play(tracks[0], at=AT)
    play(tracks[0], at=AT + MINUTE)
    services.plan = [answer, answer]
    scrobbling = make()
    seen = []
    scrobbling.listenbrainz.changed.connect(lambda state: seen.append(state.trouble))
    scrobbling.apply(replace(Settings(), listenbrainz=True, listenbrainz_url=services.url))
    wait(qtbot, lambda: scrobbling.listenbrainz.state.ready)
    play(tracks[0], at=AT + 2 * MINUTE)
    play(tracks[0], at=AT + 3 * MINUTE)
    scrobbling.look()
    wait(qtbot, lambda: scrobbling.listenbrainz.state.sent == 2)
    assert trouble in seen
    assert scrobbling.listenbrainz.state.trouble is Trouble.NONE
    assert [listen["listened_at"] for listen in services.listens] == [(AT + n * MINUTE) // 1000 for n in (2, 3)]


def test_as_long_is_waited_as_the_service_asks(make, play, tracks, services, ring, qtbot):
    ring.put(**BOTH)
    play(tracks[0])
    services.plan = [Answer(429, {}, {"Retry-After": "7000"})]
    account = make(listenbrainz=True).listenbrainz
    wait(qtbot, lambda: account.state.trouble is Trouble.BUSY)
    account.look()
    qtbot.wait(100)
    assert len(services.requests) == 1
    assert account.state.again_at is not None
    assert account.state.again_at - AT > 6_000_000
    assert account.state.waiting == 1


def test_without_a_connection_plays_wait(make, play, tracks, services, ring, qtbot):
    ring.put(**BOTH)
    play(tracks[0])
    account = make(listenbrainz=True, listenbrainz_url="http://127.0.0.1:9").listenbrainz
    wait(qtbot, lambda: account.state.trouble is Trouble.OFFLINE)
    assert account.state.detail
    assert account.state.waiting == 1


def test_a_play_that_is_refused_does_not_hold_up_the_others(make, play, tracks, services, ring, database, qtbot):
    ring.put(**BOTH)
    for n in range(3):
        play(tracks[0], at=AT + n * MINUTE)
    services.plan = [Answer(400, {"error": "bad"}), Answer(200, {"status": "ok"}), Answer(400, {"error": "bad"})]
    account = make(listenbrainz=True).listenbrainz
    wait(qtbot, lambda: account.state.waiting == 0 and account.state.sent == 2)
    assert account.state.ignored == 1
    assert [listen["listened_at"] for listen in services.listens] == [(AT + 2 * MINUTE) // 1000]


def test_a_service_that_refuses_everything_is_not_believed(make, play, tracks, services, ring, qtbot):
    ring.put(**BOTH)
    for n in range(9):
        play(tracks[0], at=AT + n * MINUTE)
    services.bad_titles = {"Blue Rooms"}
    account = make(listenbrainz=True).listenbrainz
    wait(qtbot, lambda: account.state.trouble is Trouble.MISUNDERSTOOD)
    assert account.state.waiting >= 5


def test_a_token_that_is_not_good_is_said_and_not_tried_again(make, play, tracks, services, ring, qtbot):
    ring.put(**{"listenbrainz.token": "old"})
    play(tracks[0])
    scrobbling = make(listenbrainz=True)
    account = scrobbling.listenbrainz
    wait(qtbot, lambda: account.state.trouble is Trouble.UNAUTHORISED)
    account.look()
    qtbot.wait(100)
    assert len(services.requests) == 1
    scrobbling.set_token(f" {TOKEN}\n")
    wait(qtbot, lambda: account.state.sent == 1)
    assert (account.state.user, account.state.trouble) == ("ada", Trouble.NONE)
    assert ring.secrets["Segue", "listenbrainz.token of tests"] == TOKEN
    scrobbling.set_token("")
    wait(qtbot, lambda: account.state.trouble is Trouble.NOT_SIGNED_IN)
    assert ring.secrets.keys() == set()


def test_signing_in_at_lastfm(make, play, tracks, services, ring, qtbot):
    scrobbling = make(lastfm=True)
    account = scrobbling.lastfm
    wait(qtbot, lambda: account.state.trouble is Trouble.NOT_SIGNED_IN)
    with qtbot.waitSignal(scrobbling.authorise) as asked:
        scrobbling.sign_in(SECRET)
    assert asked.args == [f"{services.url}/api/auth/?api_key={KEY}&token=a-token"]
    assert scrobbling.asks_permission
    scrobbling.allowed()  # too early
    wait(qtbot, lambda: account.state.trouble is Trouble.UNAUTHORISED)
    assert "not been authorized" in account.state.detail
    services.allowed = True
    scrobbling.allowed()
    wait(qtbot, lambda: account.state.user == "ada")
    assert ring.secrets["Segue", "lastfm.session of tests"] == SESSION
    play(tracks[0])
    scrobbling.look()
    wait(qtbot, lambda: account.state.sent == 1)
    scrobbling.sign_out()
    wait(qtbot, lambda: not account.state.ready)
    assert ring.secrets == {}


def test_a_wrong_secret_is_said(make, services, ring, qtbot):
    scrobbling = make(lastfm=True)
    scrobbling.sign_in("not it")
    wait(qtbot, lambda: scrobbling.lastfm.state.trouble is Trouble.UNAUTHORISED)
    assert scrobbling.lastfm.state.detail == "Invalid method signature supplied"


def test_the_limit_of_the_day_leaves_the_rest_for_later(make, play, tracks, services, ring, qtbot):
    ring.put(**BOTH)
    for n in range(12):
        play(tracks[0], at=AT + n * MINUTE)
    services.over_limit = 10
    account = make(lastfm=True).lastfm
    wait(qtbot, lambda: account.state.sent == 10 and account.state.waiting == 2)
    assert account.state.trouble is Trouble.BUSY
    assert account.state.again_at is not None


def test_what_lastfm_does_not_want_is_counted(make, play, tracks, services, ring, qtbot):
    ring.put(**BOTH)
    play(tracks[0])
    services.bad_titles = {"Blue Rooms"}
    account = make(lastfm=True).lastfm
    wait(qtbot, lambda: account.state.ignored == 1)
    assert (account.state.sent, account.state.waiting) == (0, 0)


def test_what_plays_is_told(make, tracks, services, ring, database, qtbot):
    ring.put(**BOTH)
    scrobbling = make(listenbrainz=True, lastfm=True)
    wait(qtbot, lambda: scrobbling.lastfm.state.ready)
    scrobbling.playing_now(database.tracks.get([tracks[0]])[0])
    scrobbling.playing_now(database.tracks.get([tracks[2]])[0])
    wait(qtbot, lambda: len(services.now) == 2)
    assert sorted(services.now) == ["lastfm Blue Rooms", "listenbrainz Blue Rooms"]
    assert services.listens == services.scrobbles == []


def test_a_play_that_has_not_ended_holds_back_those_after_it(database, play, tracks):
    play(tracks[0], at=AT)
    database.plays.open(TrackStarted(tracks[0], UtcMs(AT + MINUTE), Ms(LENGTH), StartReason.PICKED))
    play(tracks[0], at=AT + 2 * MINUTE)
    assert [listen.started_at for listen in database.scrobbles.waiting(0, 9)] == [AT]
    database.plays.close_crashed()
    assert [listen.started_at for listen in database.scrobbles.waiting(0, 9)] == [AT, AT + 2 * MINUTE]


def test_forgetting_forgets_how_far_it_has_come(make, play, tracks, services, ring, database, qtbot):
    ring.put(**BOTH)
    for n in range(3):
        play(tracks[0], at=AT + n * MINUTE)
    scrobbling = make(listenbrainz=True)
    wait(qtbot, lambda: scrobbling.listenbrainz.state.sent == 3)
    database.forget_listening()
    assert database.scrobbles.account("listenbrainz") == ScrobbleAccount()
    scrobbling.reload()
    play(tracks[0], at=AT + 9 * MINUTE)
    scrobbling.look()
    wait(qtbot, lambda: scrobbling.listenbrainz.state.sent == 1)
    assert len(services.listens) == 4


def test_without_a_keyring_the_token_is_kept_in_memory_only(make, services, ring, database, qtbot, profile):
    keyring.set_keyring(keyring.backends.fail.Keyring())
    scrobbling = make(listenbrainz=True)
    scrobbling.set_token(TOKEN)
    wait(qtbot, lambda: scrobbling.listenbrainz.state.user == "ada")
    assert not scrobbling.listenbrainz.state.kept
    for path in profile.data.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_a_keyring_that_writes_plain_files_is_not_used(make, services, ring, qtbot):
    ring.__class__.priority, before = 0.5, ring.__class__.priority
    try:
        scrobbling = make(listenbrainz=True)
        scrobbling.set_token(TOKEN)
        wait(qtbot, lambda: scrobbling.listenbrainz.state.user == "ada")
    finally:
        ring.__class__.priority = before
    assert ring.secrets == {}
    assert not scrobbling.listenbrainz.state.kept

"""A library with a log, the services' stand-in, a keyring in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keyring
import keyring.backend
import pytest

from player.domain import EndReason, Ms, PlayFinished, Settings, StartReason, TrackId, TrackStarted, UtcMs
from player.scrobbling import Scrobbling
from player.storage import Database
from player.workers import Lane
from tests.scrobbling.stand_in import KEY, SECRET, SESSION, TOKEN, StandIn, running
from tests.storage.songs import song, store

AT = 1_760_000_000_000
LENGTH = 200_000
BOTH = {
    "listenbrainz.token": TOKEN,
    "lastfm.secret": SECRET,
    "lastfm.session": SESSION,
}


class MemoryRing(keyring.backend.KeyringBackend):
    """A keyring that keeps secrets in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What is kept."""
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Keep it no longer."""
        del self.secrets[service, username]

    def put(self, **secrets: str) -> None:
        """Keep secrets as the player would have."""
        self.secrets.update({("Segue", f"{name} of tests"): value for name, value in secrets.items()})


@pytest.fixture
def ring() -> Iterator[MemoryRing]:
    """The system's keyring."""
    before = keyring.get_keyring()
    ring = MemoryRing()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def services() -> Iterator[StandIn]:
    """Both services on this machine."""
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def tracks(database: Database) -> list[TrackId]:
    """Three tracks, one of them short, one without an artist."""
    tags = [
        {"title": "Blue Rooms", "artists": ("Ada Bianchi",), "album": "Horizon", "album_artists": ("Ada Bianchi",)},
        {"title": "A Word", "artists": ("Ada Bianchi",), "duration_ms": Ms(30_000)},
        {"title": "Nobody's", "artists": ()},
    ]
    more = {"track_no": 2, "mb_recording_id": "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"}
    songs = [song(f"/m/{n}.flac", **tag, **(more if n == 0 else {})) for n, tag in enumerate(tags)]
    return list(store(database, *songs))


@pytest.fixture
def play(database: Database) -> Callable[..., None]:
    """Logs a play that has ended."""

    def logged(track: TrackId, listened: int = LENGTH, at: int = AT, length: int = LENGTH, **more: object) -> None:
        reason = StartReason(str(more.get("reason", StartReason.PICKED)))
        start = TrackStarted(track, UtcMs(at), Ms(length), reason)
        play_id = database.plays.open(start)
        database.plays.close(play_id, PlayFinished(start, UtcMs(at + listened), Ms(listened), EndReason.FINISHED))

    return logged


MakeScrobbling = Callable[..., Scrobbling]


@pytest.fixture
def make(qapp: object, database: Database, services: StandIn, ring: MemoryRing) -> Iterator[MakeScrobbling]:
    """Makes the scrobbling of a player that starts; all of them are closed at the end."""
    lane = Lane("storage")
    made: list[Scrobbling] = []

    def scrobbling(**chosen: object) -> Scrobbling:
        values = {
            "listenbrainz_url": services.url,
            "lastfm_url": f"{services.url}/2.0/",
            "lastfm_key": KEY,
            **chosen,
        }
        settings = Settings(**values)  # type: ignore[arg-type]
        new = Scrobbling(database, lane, settings, owner="tests", version="9", waits_s=(0.05, 0.1))
        made.append(new)
        new.start()
        return new

    yield scrobbling
    for one in made:
        one.close()
    lane.close()

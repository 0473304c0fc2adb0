"""Scrobbling as a whole: both services, their settings, their secrets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from player.domain import KnownError, PlayId, Settings, Track, now_ms
from player.scrobbling._account import WAITS_S, Account
from player.scrobbling._calls import Reply
from player.scrobbling._keys import Keys
from player.scrobbling._lastfm import LastFm
from player.scrobbling._listenbrainz import ListenBrainz
from player.scrobbling._web import Web
from player.storage import Database, Listen
from player.workers import Lane

LB_TOKEN = "listenbrainz.token"  # noqa: S105 - the name of one
FM_SECRET = "lastfm.secret"  # noqa: S105
FM_SESSION = "lastfm.session"


class Scrobbling(QObject):
    """Tells ListenBrainz and Last.fm, or servers that speak like them, what was played; each only if the user wants.

    Off until the user turns it on: before that no network, no keyring and no thread is used. Private sessions and
    plays imported from elsewhere are never told.

    Signals:
        authorise(str): The address of a page on which the user allows Segue to use their Last.fm account.

    Attributes:
        listenbrainz: The account at ListenBrainz.
        lastfm: The account at Last.fm.

    Args:
        db: The database.
        storage_lane: Where it is read and written.
        settings: What the user has chosen.
        owner: What tells the profiles of one user apart; part of a secret's name in the keyring.
        version: Of this program.
        waits_s: How long to wait after failures.
        parent: Qt parent.
    """

    authorise = Signal(str)

    def __init__(
        self,
        db: Database,
        storage_lane: Lane,
        settings: Settings,
        *,
        owner: str,
        version: str,
        waits_s: Sequence[float] = WAITS_S,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._version = version
        self._settings = settings
        self._secrets = {LB_TOKEN: "", FM_SECRET: "", FM_SESSION: ""}
        self._kept = True
        self._token = ""  # that the user is allowing
        self._web = Web(f"Segue/{version}", self)
        self._keys = Keys(owner, self)
        self.listenbrainz = Account("listenbrainz", db, storage_lane, self._web, waits_s, self)
        self.lastfm = Account("lastfm", db, storage_lane, self._web, waits_s, self)
        self._read = False  # whether the keyring was asked

    # What the rest of the player tells.

    def start(self) -> None:
        """Take up what the last run left; after the window is shown."""
        if self._settings.listenbrainz or self._settings.lastfm:
            self._read_keys()

    def apply(self, settings: Settings) -> None:
        """The user may have chosen differently."""
        before, self._settings = self._settings, settings
        if settings.listenbrainz and not before.listenbrainz:
            self.listenbrainz.begin()
        if settings.lastfm and not before.lastfm:
            self.lastfm.begin()
        if (settings.listenbrainz or settings.lastfm) and not self._read:
            self._read_keys()
        elif _concerned(before) != _concerned(settings):
            self._use()

    def look(self) -> None:
        """Plays may have come into the log."""
        for account in (self.listenbrainz, self.lastfm):
            account.look()

    def playing_now(self, track: Track | None) -> None:
        """A track has started that may be told of."""
        if track is None or not track.artist or not (self._settings.listenbrainz or self._settings.lastfm):
            return
        listen = Listen(
            PlayId(0),
            now_ms(),
            track.duration_ms,
            track.title,
            track.artist,
            track.album,
            track.album_artist,
            track.track_no,
        )
        for account in (self.listenbrainz, self.lastfm):
            account.playing_now(listen)

    def reload(self) -> None:
        """The listening data was deleted."""
        for account in (self.listenbrainz, self.lastfm):
            account.reload()

    def close(self) -> None:
        """Give up what is under way; it is sent at the next start."""
        for account in (self.listenbrainz, self.lastfm):
            account.close()
        self._web.close()
        self._keys.close()

    # What the page of it asks for.

    def set_token(self, token: str) -> None:
        """Use this token for ListenBrainz, and see whose it is; an empty one signs out."""
        self._write({LB_TOKEN: token.strip()}, self.listenbrainz.check)

    def sign_in(self, secret: str) -> None:
        """Begin to sign in at Last.fm with the settings' API key; `authorise` follows, or the account's trouble."""

        def begin() -> None:
            service = self._last_fm()
            self._web.send(service.ask_token(), lambda reply: self._on_token(service, reply))

        self._write({FM_SECRET: secret.strip()} if secret.strip() else {}, begin)

    def allowed(self) -> None:
        """The user has allowed it on the page that `authorise` named."""
        service = self._last_fm()
        self._web.send(service.ask_session(self._token), lambda reply: self._on_session(service, reply))

    def sign_out(self) -> None:
        """Forget the account at Last.fm, the secret too."""
        self._token = ""
        self._write({FM_SECRET: "", FM_SESSION: ""}, lambda: None)

    @property
    def asks_permission(self) -> bool:
        """Whether the user is to allow it at Last.fm now."""
        return bool(self._token)

    def _on_token(self, service: LastFm, reply: Reply) -> None:
        try:
            self._token = service.token(reply)
        except KnownError as error:
            self.lastfm.complain(error)
            return
        self.authorise.emit(service.page(self._token))

    def _on_session(self, service: LastFm, reply: Reply) -> None:
        try:
            session, _user = service.signed_in(reply)
        except KnownError as error:
            self.lastfm.complain(error)
            return
        self._token = ""
        self._write({FM_SESSION: session}, self.lastfm.check)

    # Secrets.

    def _read_keys(self, then: Callable[[], None] = lambda: None) -> None:
        self._read = True
        self._keys.read(tuple(self._secrets), partial(self._on_keys, then))

    def _on_keys(self, then: Callable[[], None], secrets: dict[str, str], kept: bool) -> None:
        self._secrets.update(secrets)
        self._kept = kept
        self._use()
        then()

    def _write(self, secrets: dict[str, str], then: Callable[[], None]) -> None:
        self._keys.write(secrets, lambda _kept: self._read_keys(then))

    def _use(self) -> None:
        chosen, secrets = self._settings, self._secrets
        brainz = ListenBrainz(chosen.listenbrainz_url, secrets[LB_TOKEN], self._version)
        token = brainz if secrets[LB_TOKEN] else None
        self.listenbrainz.use(token, on=chosen.listenbrainz, kept=self._kept)
        complete = chosen.lastfm_key and secrets[FM_SECRET] and secrets[FM_SESSION]
        self.lastfm.use(self._last_fm() if complete else None, on=chosen.lastfm, kept=self._kept)

    def _last_fm(self) -> LastFm:
        secrets = self._secrets
        return LastFm(self._settings.lastfm_url, self._settings.lastfm_key, secrets[FM_SECRET], secrets[FM_SESSION])


def _concerned(settings: Settings) -> tuple[object, ...]:
    """The settings that concern scrobbling."""
    chosen = settings
    return chosen.listenbrainz, chosen.listenbrainz_url, chosen.lastfm, chosen.lastfm_url, chosen.lastfm_key

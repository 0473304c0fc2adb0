"""The Last.fm API 2.0, which Libre.fm and others speak too: signing in, `track.scrobble`, `track.updateNowPlaying`.

Every program needs an API key and its secret; a secret in a program that anybody can read is none, so the listener
brings their own. Source: last.fm/api, "Scrobbling", "Desktop authentication", "Authentication specification".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from player.scrobbling._calls import (
    Accepted,
    Call,
    MisunderstoodError,
    RefusedError,
    Reply,
    TryLaterError,
    UnauthorisedError,
    check_reached,
)
from player.storage import Listen

OFFICIAL = "https://ws.audioscrobbler.com/2.0/"
OFFICIAL_PAGE = "https://www.last.fm/api/auth/"
NOT_SIGNED_IN = frozenset({4, 9, 10, 13, 14, 15, 17, 26})
"""Error codes: authentication failed, invalid session key, API key or signature, token not authorised or expired,
login required, key suspended."""
NO_TIME = frozenset({8, 11, 16, 29})
"""Error codes: operation failed, offline, temporarily unavailable, rate limit."""
BAD_PLAY = frozenset({6, 7})
"""Error codes: invalid parameters, invalid resource."""
GOOD = 200
DAY_LIMIT = "5"
"""Code of a play that was not taken because the day's limit is reached."""


@dataclass(frozen=True, slots=True)
class LastFm:
    """Makes requests and reads answers; does nothing itself.

    Attributes:
        url: Address of the API.
        key: The API key.
        secret: Its secret.
        session: The session key that signing in gives; empty before.
    """

    url: str
    key: str
    secret: str
    session: str = ""

    # Signing in: a token, which the user allows on a page of the service, becomes a session.

    def ask_token(self) -> Call:
        """Begin to sign in."""
        return self._call("auth.getToken")

    def token(self, reply: Reply) -> str:
        """The token that the user shall allow.

        Raises:
            KnownError: there is none, and why.
        """
        return self._text(self._checked(reply).get("token"))

    def page(self, token: str) -> str:
        """Where the user allows it."""
        if self.url == OFFICIAL:
            page = OFFICIAL_PAGE
        else:
            parts = urlsplit(self.url)
            page = urlunsplit((parts.scheme, parts.netloc, "/api/auth/", "", ""))
        return f"{page}?{urlencode({'api_key': self.key, 'token': token})}"

    def ask_session(self, token: str) -> Call:
        """Trade the allowed token for a session."""
        return self._call("auth.getSession", token=token)

    def signed_in(self, reply: Reply) -> tuple[str, str]:
        """Session key and user name.

        Raises:
            KnownError: it was not allowed, or it cannot be told now.
        """
        session = self._checked(reply).get("session")
        if not isinstance(session, dict):
            raise MisunderstoodError("the answer is none of Last.fm's")
        return self._text(session.get("key")), str(session.get("name") or "")

    # Plays.

    def check(self) -> Call:
        """Ask whose the session is."""
        return self._call("user.getInfo", sk=self.session)

    def user(self, reply: Reply) -> str:
        """Who is signed in, by the answer to `check`.

        Raises:
            KnownError: nobody, or it cannot be told now.
        """
        user = self._checked(reply).get("user")
        return str(user.get("name") or "") if isinstance(user, dict) else ""

    def playing_now(self, listen: Listen) -> Call:
        """Say what plays."""
        return self._call("track.updateNowPlaying", sk=self.session, **_described(listen))

    def submit(self, listens: Sequence[Listen]) -> Call:
        """Tell plays that have ended; at most 50."""
        rows: dict[str, str] = {}
        for number, listen in enumerate(listens):
            told = {
                **_described(listen),
                "timestamp": str(listen.started_at // 1000),
                "chosenByUser": "1" if listen.chosen else "0",
            }
            rows.update({f"{name}[{number}]": value for name, value in told.items()})
        return self._call("track.scrobble", sk=self.session, **rows)

    def accepted(self, reply: Reply, listens: Sequence[Listen]) -> Accepted:
        """What became of `submit`.

        Raises:
            KnownError: nothing of it was taken, and what that means.
        """
        scrobbles = self._checked(reply).get("scrobbles")
        if not isinstance(scrobbles, dict):
            raise MisunderstoodError("the answer is none of Last.fm's")
        rows = scrobbles.get("scrobble")
        codes = [_ignored(row) for row in (rows if isinstance(rows, list) else [rows])]
        done = codes.index(DAY_LIMIT) if DAY_LIMIT in codes else len(listens)
        return Accepted(done, sum(code not in ("", "0") for code in codes[:done]), done < len(listens))

    # Their parts.

    def _call(self, method: str, **values: str) -> Call:
        told = {"method": method, "api_key": self.key, **{name: value for name, value in values.items() if value}}
        signed = {**told, "api_sig": signature(told, self.secret), "format": "json"}
        return Call(self.url, urlencode(signed).encode(), "application/x-www-form-urlencoded")

    def _checked(self, reply: Reply) -> dict[str, Any]:
        """The answer; errors are told by a code, whatever the HTTP status."""
        said = reply.document()
        code = said.get("error")
        if isinstance(code, int):
            why = str(said.get("message") or f"error {code}")
            if code in NOT_SIGNED_IN:
                raise UnauthorisedError(why)
            if code in NO_TIME:
                raise TryLaterError(why, reply.wait_s())
            raise RefusedError(why) if code in BAD_PLAY else MisunderstoodError(why)
        check_reached(reply)
        if reply.status != GOOD or not said:
            raise MisunderstoodError(f"HTTP {reply.status}")
        return said

    @staticmethod
    def _text(value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise MisunderstoodError("the answer is none of Last.fm's")
        return value


def signature(values: dict[str, str], secret: str) -> str:
    """`api_sig`: MD5 of all names and values in the order of their bytes, and the secret."""
    joined = "".join(name + values[name] for name in sorted(values)) + secret
    return hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()


def _described(listen: Listen) -> dict[str, str]:
    told = {
        "artist": listen.artist,
        "track": listen.title,
        "album": listen.album,
        "albumArtist": listen.album_artist if listen.album_artist != listen.artist else "",
        "trackNumber": str(listen.track_no or ""),
        "duration": str(listen.duration_ms // 1000 or ""),
        "mbid": listen.recording_mbid,
    }
    return {name: value for name, value in told.items() if value}


def _ignored(row: Any) -> str:
    """Why one play was ignored, "0" where it was not."""
    message = row.get("ignoredMessage") if isinstance(row, dict) else None
    return str(message.get("code", "0")) if isinstance(message, dict) else "0"

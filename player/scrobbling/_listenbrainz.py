"""The ListenBrainz API, which Maloja and others speak too: `submit-listens` and `validate-token`.

Source: listenbrainz.readthedocs.io, "Core" and "JSON Documentation" of the API.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from player.scrobbling._calls import (
    Accepted,
    Call,
    MisunderstoodError,
    RefusedError,
    Reply,
    UnauthorisedError,
    check_reached,
)
from player.storage import Listen

NO_RIGHT = (401, 403)
GOOD = 200
BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class ListenBrainz:
    """Makes requests and reads answers; does nothing itself.

    Attributes:
        url: Root of the server, without `/1/…`.
        token: The user's token.
        version: Of this program, told with every play.
    """

    url: str
    token: str
    version: str

    def check(self) -> Call:
        """Ask whose the token is."""
        return Call(self._address("validate-token"), authorization=f"Token {self.token}")

    def user(self, reply: Reply) -> str:
        """Who is signed in, by the answer to `check`.

        Raises:
            KnownError: the token is not good, or it cannot be told now.
        """
        check_reached(reply)
        said = reply.document()
        if reply.status in NO_RIGHT or said.get("valid") is False:
            raise UnauthorisedError(str(said.get("message") or said.get("error") or f"HTTP {reply.status}"))
        if reply.status != GOOD or not said:
            raise MisunderstoodError(f"HTTP {reply.status}")
        return str(said.get("user_name") or "")

    def playing_now(self, listen: Listen) -> Call:
        """Say what plays."""
        return self._submission("playing_now", [{"track_metadata": self._metadata(listen)}])

    def submit(self, listens: Sequence[Listen]) -> Call:
        """Tell plays that have ended."""
        rows = [
            {"listened_at": listen.started_at // 1000, "track_metadata": self._metadata(listen)} for listen in listens
        ]
        return self._submission("single" if len(rows) == 1 else "import", rows)

    def accepted(self, reply: Reply, listens: Sequence[Listen]) -> Accepted:
        """What became of `submit`.

        Raises:
            KnownError: nothing of it was taken, and what that means.
        """
        check_reached(reply)
        said = reply.document()
        why = str(said.get("error") or f"HTTP {reply.status}")
        if reply.status in NO_RIGHT:
            raise UnauthorisedError(why)
        if reply.status == BAD_REQUEST and said:
            raise RefusedError(why)
        if reply.status != GOOD or not said:
            raise MisunderstoodError(why)
        return Accepted(len(listens))

    def _address(self, name: str) -> str:
        return f"{self.url.rstrip('/')}/1/{name}"

    def _submission(self, kind: str, payload: list[dict[str, Any]]) -> Call:
        body = json.dumps({"listen_type": kind, "payload": payload}).encode()
        return Call(self._address("submit-listens"), body, "application/json", f"Token {self.token}")

    def _metadata(self, listen: Listen) -> dict[str, Any]:
        more = {
            "media_player": "Segue",
            "submission_client": "Segue",
            "submission_client_version": self.version,
            "duration_ms": listen.duration_ms,
            "recording_mbid": listen.recording_mbid,
            "release_artist_name": listen.album_artist,
            "tracknumber": listen.track_no,
        }
        told = {
            "artist_name": listen.artist,
            "track_name": listen.title,
            "additional_info": {name: value for name, value in more.items() if value},
        }
        return {**told, "release_name": listen.album} if listen.album else told

"""A stand-in for the services: an HTTP server on this machine that answers as they document it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "b2f5-good"
KEY, SECRET, SESSION = "the-key", "the-secret", "the-session"


@dataclass
class Answer:
    """One answer out of the ordinary."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class StandIn:
    """What the services have seen.

    Attributes:
        url: Root of the server.
        listens: Listens taken, in order, as ListenBrainz keeps them.
        scrobbles: Scrobbles taken, in order: their parameters.
        now: What was said to play, by service.
        requests: Path and body of every request.
        plan: Answers to give next, before ordinary ones.
        bad_titles: Plays of these are refused.
        allowed: Whether the user has allowed the token.
        over_limit: From how many scrobbles on the day's limit is reached.
    """

    url: str = ""
    listens: list[dict[str, Any]] = field(default_factory=list)
    scrobbles: list[dict[str, str]] = field(default_factory=list)
    now: list[str] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    plan: list[Answer] = field(default_factory=list)
    bad_titles: set[str] = field(default_factory=set)
    allowed: bool = False
    over_limit: int = 1_000

    def listenbrainz(self, path: str, authorization: str, body: str) -> Answer:
        """As `validate-token` and `submit-listens` answer."""
        good = authorization == f"Token {TOKEN}"
        if path.endswith("/validate-token"):
            if good:
                return Answer(200, {"code": 200, "message": "Token valid.", "valid": True, "user_name": "ada"})
            return Answer(200, {"code": 200, "message": "Token invalid.", "valid": False})
        if not good:
            return Answer(401, {"code": 401, "error": "Invalid authorization token."})
        document = json.loads(body)
        titles = [row["track_metadata"]["track_name"] for row in document["payload"]]
        if document["listen_type"] == "playing_now":
            self.now.append(f"listenbrainz {titles[0]}")
        elif self.bad_titles & set(titles):
            return Answer(400, {"code": 400, "error": "JSON document is invalid."})
        else:
            self.listens += document["payload"]
        return Answer(200, {"status": "ok"})

    def lastfm(self, body: str) -> Answer:  # noqa: PLR0911 - a table of answers
        """As `auth.*`, `user.getInfo`, `track.*` answer."""
        told = dict(parse_qsl(body))
        signature, _format = told.pop("api_sig"), told.pop("format")
        signed = "".join(name + told[name] for name in sorted(told)) + SECRET
        if told["api_key"] != KEY:
            return Answer(403, {"error": 10, "message": "Invalid API key"})
        if signature != hashlib.md5(signed.encode()).hexdigest():
            return Answer(403, {"error": 13, "message": "Invalid method signature supplied"})
        method = told["method"]
        if method == "auth.getToken":
            return Answer(200, {"token": "a-token"})
        if method == "auth.getSession":
            if not self.allowed:
                return Answer(403, {"error": 14, "message": "This token has not been authorized"})
            return Answer(200, {"session": {"name": "ada", "key": SESSION, "subscriber": 0}})
        if told.get("sk") != SESSION:
            return Answer(403, {"error": 9, "message": "Invalid session key - Please re-authenticate"})
        if method == "user.getInfo":
            return Answer(200, {"user": {"name": "ada"}})
        if method == "track.updateNowPlaying":
            self.now.append(f"lastfm {told['track']}")
            return Answer(200, {"nowplaying": {}})
        return self._scrobble(told)

    def _scrobble(self, told: dict[str, str]) -> Answer:
        rows = []
        number = 0
        while f"track[{number}]" in told:
            row = {name.partition("[")[0]: value for name, value in told.items() if name.endswith(f"[{number}]")}
            code = "0"
            if row["track"] in self.bad_titles:
                code = "2"
            elif len(self.scrobbles) >= self.over_limit:
                code = "5"
            else:
                self.scrobbles.append(row)
            rows.append({"track": {"#text": row["track"]}, "ignoredMessage": {"code": code, "#text": ""}})
            number += 1
        # As the service does it: one alone is no list.
        return Answer(200, {"scrobbles": {"scrobble": rows[0] if len(rows) == 1 else rows}})


@contextmanager
def running() -> Iterator[StandIn]:
    """The server, while it runs."""
    seen = StandIn()

    class Handler(BaseHTTPRequestHandler):
        """Hands requests on to `seen`."""

        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            seen.requests.append((self.path, body))
            if seen.plan:
                answer = seen.plan.pop(0)
            elif self.path.startswith("/1/"):
                answer = seen.listenbrainz(self.path, self.headers["Authorization"], body)
            else:
                answer = seen.lastfm(body)
            data = json.dumps(answer.body).encode() if answer.body is not None else b"<html>no JSON</html>"
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(data)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_what: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    seen.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Requests and answers as values, and what an answer may mean; free of Qt and of the network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from player.domain import KnownError

MOST_AT_ONCE = 50
"""Plays in one request: what Last.fm takes; ListenBrainz and its kin take more."""
TOO_MANY = 429
SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request: GET without a body, else POST.

    Attributes:
        url: Address, `https` or `http`.
        body: What is sent, None for GET.
        content_type: Of the body.
        authorization: The header of that name, empty without.
    """

    url: str
    body: bytes | None = None
    content_type: str = ""
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        status: HTTP status, 0 where no answer came.
        headers: Header fields, names in lower case.
        body: The answer's body.
        problem: Why no answer came, in words.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    problem: str = ""

    def document(self) -> dict[str, Any]:
        """The answer as a JSON object; empty where it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def wait_s(self) -> float | None:
        """How long the service asks us to wait, None where it does not say."""
        for name in ("retry-after", "x-ratelimit-reset-in"):
            try:
                seconds = float(self.headers[name])
            except (KeyError, ValueError):
                continue
            if 0 <= seconds < 1e9:
                return seconds
        return None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of the plays that were sent.

    Attributes:
        done: So many of them, from the first on, need not be sent again.
        ignored: Those among them that the service did not want.
        later: Whether the rest is to be sent later: the day's limit is reached.
    """

    done: int
    ignored: int = 0
    later: bool = False


class NoConnectionError(KnownError):
    """No answer came: no network, no such server, no secure connection."""


class TryLaterError(KnownError):
    """The service has no time now.

    Attributes:
        wait_s: How long it asks us to wait, None where it does not say.
    """

    def __init__(self, why: str, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class UnauthorisedError(KnownError):
    """The service does not know the token, key or session; asking again does not help."""


class RefusedError(KnownError):
    """The service does not take these plays, and never will."""


class MisunderstoodError(KnownError):
    """What answers is no such service, or does not do what it is asked: a wrong address, say."""


def check_reached(reply: Reply) -> None:
    """Whether a service answered at all and has time for us.

    Raises:
        NoConnectionError: no answer came.
        TryLaterError: it has no time now.
    """
    if reply.status == 0:
        raise NoConnectionError(reply.problem)
    if reply.status == TOO_MANY or reply.status >= SERVER_ERRORS:
        raise TryLaterError(f"HTTP {reply.status}", reply.wait_s())

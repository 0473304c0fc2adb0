"""Versions of the model: list them, or go back to the one before."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from player.cli._session import Session, say, say_json
from player.domain import ModelVersion, UsageError

SHIPPED = "shipped"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--roll-back", action="store_true", help="use the version before the one in use")
    parser.add_argument("--json", action="store_true", help="print the versions as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """List the versions, newest first, after rolling back if that is asked for."""
    with session.opened() as headless:
        if options.roll_back:
            headless.listening.use_model(_before(headless.listening.models()))
        versions = headless.listening.models()
    if options.json:
        say_json({"active": _active(versions) or SHIPPED, "models": [asdict(version) for version in versions]})
    else:
        for version in versions:
            say(_line(version))
        say(f"{'*' if _active(versions) is None else ' '} {SHIPPED}: the weights that came with Segue")
    return 0


def _active(versions: Sequence[ModelVersion]) -> str | None:
    return next((version.version for version in versions if version.active), None)


def _before(versions: Sequence[ModelVersion]) -> str | None:
    """The newest version older than the one in use that was better when it was trained; None: the shipped one."""
    places = [place for place, version in enumerate(versions) if version.active]
    if not places:
        raise UsageError("The shipped model is in use: there is none before it.")
    return next((version.version for version in versions[places[0] + 1 :] if version.promoted), None)


def _line(version: ModelVersion) -> str:
    at = datetime.fromtimestamp(version.trained_at / 1000, UTC).astimezone()
    mark = "*" if version.active else " "
    verdict = "better than the one before" if version.promoted else "not better, not taken into use by itself"
    return (
        f"{mark} {version.version}: {at:%Y-%m-%d %H:%M}, {version.events} plays, "
        f"{_figures(version.before)} -> {_figures(version.after)}, {verdict}"
    )


def _figures(figures: Mapping[str, Any]) -> str:
    found = [f"{name} {figures[key]:.3f}" for key, name in (("hr10", "HR@10"), ("mrr20", "MRR@20")) if key in figures]
    return " ".join(found) or "?"

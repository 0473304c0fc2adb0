"""Fine-tune the model to your listening now."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from player.cli._session import Progress, Session, say, say_json

_STAGES = {
    "load": "Reading your listening",
    "replay": "Going through your plays",
    "als": "Learning which tracks go together",
    "validate": "Trying learning rates",
    "fit": "Fine-tuning",
    "done": "Done",
}
"""What the training process reports -> what a person reads."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Train; whether the new model was better is no question of the exit code."""
    progress = Progress()
    try:
        with session.opened() as headless:
            report = headless.listening.train(lambda line: progress.show(_line(line)))
    finally:
        progress.end()
    if options.json:
        say_json(asdict(report))
    else:
        say(report.text)
    return 0


def _line(line: dict[str, Any]) -> str:
    stage = _STAGES.get(str(line.get("stage", "")), "Training")
    return f"{stage}: {line['done']} of {line['total']}" if line.get("total") else stage

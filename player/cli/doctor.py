"""What works, what does not, and what to do about it."""

from __future__ import annotations

import argparse

from player.cli._session import Session, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(session: Session, options: argparse.Namespace) -> int:
    """Examine everything; 1 where something does not work."""
    from player.cli._examine import examine  # noqa: PLC0415 - it loads every library there is

    findings = examine(session.profile)
    if options.json:
        say_json([{"what": f.what, "ok": f.ok, "says": f.says, "do": f.do} for f in findings])
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.ok else 'NOT '} {finding.what}: {finding.says}")
            if finding.do:
                say(f"     {finding.do}")
    return int(not all(finding.ok for finding in findings))

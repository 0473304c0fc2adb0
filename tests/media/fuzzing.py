"""Runs mutants through a player and a tag reader, child processes that may die, and counts what becomes of them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import psutil

from player.workers import ChildProcess, child_command
from tests.media.mutants import Mutant

HANG_S = 20.0
"""A file that takes longer has hung."""


@dataclass
class Report:
    """What became of all mutants.

    Attributes:
        outcomes: How many were played, damaged and refused, by format.
        crashes: Mutants at which a process died, with its exit code.
        hangs: Mutants that took longer than `HANG_S`.
        peak_mb: Peak resident memory of any child.
        slowest_s: Longest time of processor for one mutant.
        left: Children still there at the end.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    peak_mb: float = 0.0
    slowest_s: float = 0.0
    left: int = 0


class _Worker:
    """A child that takes a line for each file and is started again when it dies or hangs."""

    def __init__(self, command: list[str], report: Report) -> None:
        self._command = command
        self._report = report
        self._child: ChildProcess | None = None

    def ask(self, mutant: Mutant, line: str) -> str | None:
        """Its answer; None if it died or hung."""
        child = self._child = self._child or ChildProcess(self._command, name="fuzz")
        try:
            child.send(line)
            answer = child.receive(HANG_S)
        except TimeoutError:
            self._report.hangs.append(f"{mutant.path.name} in {self._command[-1]}")
            child.kill()
            answer = None
        except BrokenPipeError:
            answer = None
        if answer is None:
            code = child.wait()
            if not self._report.hangs or not self._report.hangs[-1].startswith(mutant.path.name):
                self._report.crashes.append(
                    f"{mutant.path.name} in {self._command[-1]}: {code} {child.last_words[-300:]}"
                )
            self.close()
        return answer

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.close()
            self._child = None


def run(mutants: Iterable[Mutant]) -> Report:
    """Scan and play every mutant; keep those at which something went wrong, remove the others."""
    report, before = Report(), set(psutil.Process().children(recursive=True))
    player = _Worker([sys.executable, "-m", "tests.media.fuzz_player"], report)
    reader = _Worker(child_command("player.tags"), report)
    try:
        for mutant in mutants:
            scanned = reader.ask(mutant, json.dumps(str(mutant.path)))
            played = player.ask(mutant, str(mutant.path))
            if played is None or scanned is None:
                continue
            answer = json.loads(played)
            report.outcomes[mutant.format, answer["outcome"]] += 1
            report.peak_mb = max(report.peak_mb, answer["peak_mb"])
            report.slowest_s = max(report.slowest_s, answer["seconds"])
            mutant.path.unlink()
    finally:
        for worker in (player, reader):
            worker.close()
    report.left = len(set(psutil.Process().children(recursive=True)) - before)
    return report

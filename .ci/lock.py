"""Write `requirements.lock` from `pyproject.toml`: exact versions and hashes for every platform and Python.

    python3 .ci/lock.py [--upgrade]

Needs `uv` on the PATH, at development time only. The lock has a section for each set that segue.py knows: what
running Segue needs, and what its tests and its bundle need besides. No address of a package index is written into it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
SETS = {"run": (), "test": ("dev",), "bundle": ("bundle",), "supply": ("supply",)}
"""Section of the lock -> extras of pyproject.toml."""

HEAD = "# Written by .ci/lock.py from pyproject.toml; installed by segue.py. Do not edit.\n"


def resolve(*options: str, known: str = "") -> str:
    """Ask uv for one set that fits every platform and every Python from 3.11 on.

    Args:
        options: Further options of `uv pip compile`.
        known: Versions to keep where they still fit, as requirements; read from standard input.

    Raises:
        subprocess.CalledProcessError: nothing fits; uv has said why on stderr.
    """
    command = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
    command += ["--no-emit-index-url", "--no-annotate", "--no-header", "--quiet", *options]
    if known:
        command += ["--constraints", "-"]
    return subprocess.run(command, cwd=ROOT, check=True, input=known, stdout=subprocess.PIPE, text=True).stdout


def entries(text: str) -> list[str]:
    """The requirements of a text, each with its lines of hashes."""
    return re.findall(r"^[a-z0-9].*\n(?:[ ]+--hash.*\n)*", text, re.MULTILINE)


def name_of(entry: str) -> str:
    """The project a requirement names."""
    return re.split(r"[=\s;]", entry, maxsplit=1)[0]


def without_hashes(text: str) -> str:
    """The bare requirements of a text."""
    return "".join(line.partition(" \\")[0] + "\n" for line in text.splitlines() if re.match(r"[a-z0-9]", line))


def main() -> int:
    """Resolve all sets together, then write each one's part that no section before it has."""
    known = without_hashes(LOCK.read_text("utf-8")) if LOCK.exists() and "--upgrade" not in sys.argv[1:] else ""
    extras = {name: [word for extra in extras for word in ("--extra", extra)] for name, extras in SETS.items()}
    whole = resolve(*(word for words in extras.values() for word in words), "--generate-hashes", known=known)
    left = {entry: name_of(entry) for entry in entries(whole)}
    text = HEAD
    for name, words in extras.items():
        names = {name_of(entry) for entry in entries(resolve(*words, known=without_hashes(whole)))}
        section = [entry for entry, project in left.items() if project in names]
        left = {entry: project for entry, project in left.items() if project not in names}
        text += f"\n# {name}:\n{''.join(section)}"
        sys.stdout.write(f"{name}: {len(section)}\n")
    LOCK.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

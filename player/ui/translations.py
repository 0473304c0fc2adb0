"""Keeping the translations in step with the code: `python -m player.ui.translations`, for development only.

Collects every text of the program into `resources/translations/segue_<language>.ts` (texts no longer used are
dropped, new ones are marked unfinished) and compiles them to the `.qm` files that the program loads.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import PySide6

from player.paths import shipped

LANGUAGES = ("en", "zh_CN")
"""English only needs its plurals."""


def tool(name: str) -> str:
    """A program of Qt Linguist as the PySide6 wheel brings it."""
    return str(Path(PySide6.__file__).parent / name)


def sources() -> list[str]:
    """Every file that may hold texts."""
    return sorted(str(path) for path in shipped("player").rglob("*.py"))


def collect(into: Sequence[Path], found_in: Sequence[str] | None = None) -> None:
    """Bring `.ts` files up to date with the texts of the whole program, or of some files.

    Raises:
        subprocess.CalledProcessError: lupdate failed.
    """
    for path in into:
        only = ["-pluralonly"] if path.stem.endswith("_en") else []
        language = path.stem.removeprefix("segue_")
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
        subprocess.run(
            [tool("lupdate"), *(found_in or sources()), *only, *options, "-ts", str(path)],
            check=True,
            capture_output=True,
        )


def compile_to_qm(path: Path) -> None:
    """Compile a `.ts` file to the `.qm` beside it.

    Raises:
        subprocess.CalledProcessError: lrelease failed.
    """
    command = [tool("lrelease"), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
    subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Collect and compile all languages."""
    paths = [shipped("resources", "translations", f"segue_{language}.ts") for language in LANGUAGES]
    collect(paths)
    for path in paths:
        compile_to_qm(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

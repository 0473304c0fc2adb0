"""List what Segue contains, with licences, and ask for known weaknesses of it: `python3 segue.py supply`.

Writes `dist/segue-sbom.cdx.json`, a CycloneDX list of the packages that running Segue needs (the section "run" of the
lock) with versions, hashes and licences. Then pip-audit asks its database about them; where that cannot be reached,
this is said and is no failure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "dist" / "segue-sbom.cdx.json"
LICENCES = {"protobuf": "BSD-3-Clause"}
"""Of packages whose metadata names none."""
RESOURCES = (("Inter", "OFL-1.1"), ("Phosphor Icons", "MIT"), ("MusiCNN", "ISC"))
"""Shipped works of others that are no packages, with their licences as the files beside them say."""


def run_section() -> str:
    """Return the lock's requirements for running Segue."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return next(part.partition(":")[2] for part in text.split("\n# ") if part.startswith("run:"))


def normal(name: str) -> str:
    """Return a project's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, tuple[str, list[str]]]:
    """Return version and SHA-256 hashes of every locked project by its normal name."""
    found: dict[str, tuple[str, list[str]]] = {}
    for entry in re.findall(r"^[a-z0-9].*\n(?:[ ]+--hash.*\n?)*", run_section(), re.MULTILINE):
        name, version = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", entry).groups()  # type: ignore[union-attr]
        found[normal(name)] = (version, re.findall(r"sha256:([0-9a-f]{64})", entry))
    return found


def write_sbom() -> dict[str, Any]:
    """Write the list; return it."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-format", "JSON", sys.executable]
    document: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    )
    known = locked()
    kept = [part for part in document["components"] if normal(part["name"]) in known]
    for part in kept:
        hashes = known[normal(part["name"])][1]
        part["properties"] = [{"name": "segue:locked-sha256", "value": value} for value in hashes]
        if not part.get("licenses") and part["name"] in LICENCES:
            part["licenses"] = [{"license": {"id": LICENCES[part["name"]]}}]
    references = {part["bom-ref"] for part in kept}
    document["components"] = kept + [
        {"type": "data", "bom-ref": name, "name": name, "licenses": [{"license": {"id": licence}}]}
        for name, licence in RESOURCES
    ]
    document["dependencies"] = [
        {**entry, "dependsOn": [ref for ref in entry.get("dependsOn", ()) if ref in references]}
        for entry in document.get("dependencies", ())
        if entry["ref"] in references
    ]
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    return document


def audit() -> int:
    """Ask about known weaknesses; 1 where there are some."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "run.txt"
        listed.write_text(run_section(), "utf-8")
        command = [
            sys.executable,
            "-m",
            "pip_audit",
            "-r",
            str(listed),
            "--no-deps",
            "--disable-pip",
            "--format",
            "json",
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        answers = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"Known weaknesses were not asked for: {done.stderr.strip().splitlines()[-1:]}")
        return 0
    asked = [answer for answer in answers if "skip_reason" not in answer]
    weak = [answer for answer in asked if answer["vulns"]]
    for answer in weak:
        print(f"{answer['name']} {answer['version']}: {', '.join(one['id'] for one in answer['vulns'])}")
    unknown = f"; {len(answers) - len(asked)} are unknown to the index used here" if len(asked) < len(answers) else ""
    print(f"Known weaknesses were asked for of {len(asked)} packages, found in {len(weak)}{unknown}.")
    return int(bool(weak))


def main() -> int:
    """Write the list, then ask."""
    parts = write_sbom()["components"]
    without = [part["name"] for part in parts if not part.get("licenses")]
    print(f"{SBOM.relative_to(ROOT)}: {len(parts)} parts, {len(without)} of them without a licence: {without}")
    return audit()


if __name__ == "__main__":
    raise SystemExit(main())

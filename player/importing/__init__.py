"""Other programs' histories in: read, match to the library, preview, add to the log; ours out.

Everything is loaded at first use: the window opens without the readers and the fuzzy matcher.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.importing._claim import claim_plays
    from player.importing._detect import read_history
    from player.importing._exchange import Exchange
    from player.importing._importer import HistoryImport, ImportPreview, ImportReport, Unmatched, finder
    from player.importing._match import Candidate, Doubt, How, Match, Matcher, Reason
    from player.importing._own import names_of, write_history
    from player.importing._records import (
        ImportedHistory,
        ImportedPlay,
        ImportedStats,
        ImportedThumb,
        Names,
    )

_HOMES = {
    "Candidate": "_match",
    "Doubt": "_match",
    "Exchange": "_exchange",
    "HistoryImport": "_importer",
    "How": "_match",
    "ImportPreview": "_importer",
    "ImportReport": "_importer",
    "ImportedHistory": "_records",
    "ImportedPlay": "_records",
    "ImportedStats": "_records",
    "ImportedThumb": "_records",
    "Match": "_match",
    "Matcher": "_match",
    "Names": "_records",
    "Reason": "_match",
    "Unmatched": "_importer",
    "claim_plays": "_claim",
    "finder": "_importer",
    "names_of": "_own",
    "read_history": "_detect",
    "write_history": "_own",
}

__all__ = [
    "Candidate",
    "Doubt",
    "Exchange",
    "HistoryImport",
    "How",
    "ImportPreview",
    "ImportReport",
    "ImportedHistory",
    "ImportedPlay",
    "ImportedStats",
    "ImportedThumb",
    "Match",
    "Matcher",
    "Names",
    "Reason",
    "Unmatched",
    "claim_plays",
    "finder",
    "names_of",
    "read_history",
    "write_history",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"player.importing.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Other programs' histories in: read, match to the library, preview, add to the log; ours out."""

from player.importing._detect import read_history
from player.importing._importer import HistoryImport, ImportPreview, ImportReport, Unmatched
from player.importing._match import Candidate, How, Match, Matcher
from player.importing._own import write_history
from player.importing._records import (
    ImportedHistory,
    ImportedPlay,
    ImportedStats,
    ImportedThumb,
    Names,
)

__all__ = [
    "Candidate",
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
    "Unmatched",
    "read_history",
    "write_history",
]

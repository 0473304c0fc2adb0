"""What is in the library: scanning, watching, searching and browsing it; covers, playlist files, tag editing.

Everything is loaded at first use: a scan by command needs neither the decoders nor the playlist files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.library._editing import TagEdit, edit_tags, undo_edit
    from player.library._library import Library
    from player.library._lookup import TrackLookup
    from player.library._lyrics import Lyrics, parse_lyrics
    from player.library._opening import open_files
    from player.library._playlist_files import (
        PLAYLIST_SUFFIXES,
        FileEntry,
        PlaylistFile,
        free_name,
        read_playlist,
        write_playlist,
    )
    from player.library._playlists import (
        ImportedPlaylist,
        export_playlist,
        export_playlists,
        import_playlist,
        playlist_tracks,
        resolve_playlist,
    )
    from player.library._probe import Probe
    from player.library._relocation import RelocationReport, relocate
    from player.library._scan import scan
    from player.library._search import ProblemKind, Search, SearchAdvice, SearchProblem, advise, parse_search, searched

_HOMES = {
    "FileEntry": "_playlist_files",
    "ImportedPlaylist": "_playlists",
    "Library": "_library",
    "Lyrics": "_lyrics",
    "PLAYLIST_SUFFIXES": "_playlist_files",
    "PlaylistFile": "_playlist_files",
    "Probe": "_probe",
    "ProblemKind": "_search",
    "RelocationReport": "_relocation",
    "Search": "_search",
    "SearchAdvice": "_search",
    "SearchProblem": "_search",
    "TagEdit": "_editing",
    "TrackLookup": "_lookup",
    "advise": "_search",
    "edit_tags": "_editing",
    "export_playlist": "_playlists",
    "export_playlists": "_playlists",
    "free_name": "_playlist_files",
    "import_playlist": "_playlists",
    "open_files": "_opening",
    "parse_lyrics": "_lyrics",
    "parse_search": "_search",
    "playlist_tracks": "_playlists",
    "read_playlist": "_playlist_files",
    "relocate": "_relocation",
    "resolve_playlist": "_playlists",
    "scan": "_scan",
    "searched": "_search",
    "undo_edit": "_editing",
    "write_playlist": "_playlist_files",
}

__all__ = [
    "PLAYLIST_SUFFIXES",
    "FileEntry",
    "ImportedPlaylist",
    "Library",
    "Lyrics",
    "PlaylistFile",
    "Probe",
    "ProblemKind",
    "RelocationReport",
    "Search",
    "SearchAdvice",
    "SearchProblem",
    "TagEdit",
    "TrackLookup",
    "advise",
    "edit_tags",
    "export_playlist",
    "export_playlists",
    "free_name",
    "import_playlist",
    "open_files",
    "parse_lyrics",
    "parse_search",
    "playlist_tracks",
    "read_playlist",
    "relocate",
    "resolve_playlist",
    "scan",
    "searched",
    "undo_edit",
    "write_playlist",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"player.library.{_HOMES[name]}"), name)  # asked for once only
    return found

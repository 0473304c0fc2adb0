"""What is in the library: scanning, watching, searching and browsing it; covers, playlist files, tag editing."""

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
from player.library._search import Search, parse_search, searched

__all__ = [
    "PLAYLIST_SUFFIXES",
    "FileEntry",
    "ImportedPlaylist",
    "Library",
    "Lyrics",
    "PlaylistFile",
    "Probe",
    "RelocationReport",
    "Search",
    "TagEdit",
    "TrackLookup",
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

"""What the library holds: files, tracks, albums, artists, genres, and what is known of their sound."""

from player.storage.library._album_gain import AlbumGain
from player.storage.library._corrections import CorrectionStore
from player.storage.library._features import Content, FeatureStore, Loudness
from player.storage.library._files import FileStore
from player.storage.library._known_files import KnownTable
from player.storage.library._scan_memory import ScanMemoryStore, ScannedFile
from player.storage.library._tracks import TrackStore

__all__ = [
    "AlbumGain",
    "Content",
    "CorrectionStore",
    "FeatureStore",
    "FileStore",
    "KnownTable",
    "Loudness",
    "ScanMemoryStore",
    "ScannedFile",
    "TrackStore",
]

"""What the listener does and what is learned from it: plays, thumbs, playlists, queues, models."""

from player.storage.listening._foreign import ForeignPlay, ForeignPlayStore
from player.storage.listening._foreign_counts import ForeignCount, ForeignCountStore
from player.storage.listening._forgetting import delete_learned, delete_listening
from player.storage.listening._fresh_starts import FreshStartStore
from player.storage.listening._imported import ImportedPlay, Prior
from player.storage.listening._models import ModelStore
from player.storage.listening._play_counters import refresh_counters
from player.storage.listening._playlists import PlaylistStore
from player.storage.listening._plays import PlayStore
from player.storage.listening._queues import QueueStore
from player.storage.listening._scrobbles import Listen, ScrobbleAccount, ScrobbleStore
from player.storage.listening._stars import StarStore
from player.storage.listening._thumbs import ThumbStore

__all__ = [
    "ForeignCount",
    "ForeignCountStore",
    "ForeignPlay",
    "ForeignPlayStore",
    "FreshStartStore",
    "ImportedPlay",
    "Listen",
    "ModelStore",
    "PlayStore",
    "PlaylistStore",
    "Prior",
    "QueueStore",
    "ScrobbleAccount",
    "ScrobbleStore",
    "StarStore",
    "ThumbStore",
    "delete_learned",
    "delete_listening",
    "refresh_counters",
]

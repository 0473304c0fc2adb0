"""Between the play log and the recommender: recorder, suggestions, snapshots, training. QtCore only."""

from player.recommending._mind import suggest_now
from player.recommending._players import close_crashed_plays, playing
from player.recommending._recorder import Recorder
from player.recommending._snapshot import build_snapshot

__all__ = ["Recorder", "build_snapshot", "close_crashed_plays", "playing", "suggest_now"]

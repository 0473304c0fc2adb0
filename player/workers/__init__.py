"""Off the GUI thread and back: lanes (threads) and child processes."""

from player.workers._lane import Lane

__all__ = ["Lane"]

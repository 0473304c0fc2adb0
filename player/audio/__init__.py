"""Sound: the interface every engine implements, and the engines."""

from player.audio._api import AudioOutput, Device, EndCause, PlayEnded, PlayerState, Source

__all__ = ["AudioOutput", "Device", "EndCause", "PlayEnded", "PlayerState", "Source"]

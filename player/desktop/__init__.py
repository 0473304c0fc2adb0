"""The platform around the window: single instance, remote control, MPRIS2, notifications, idleness, power."""

from player.desktop._art import ArtFiles
from player.desktop._desktop import Desktop
from player.desktop._instance import ask
from player.desktop._protocol import ARGUMENTS, Request

__all__ = ["ARGUMENTS", "ArtFiles", "Desktop", "Request", "ask"]

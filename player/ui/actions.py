"""What the window can do, as one table: names, keys, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from player.ui import words


class Group(Enum):
    """Where the overlay of shortcuts lists an action."""

    PLAYBACK = "playback"
    TRACKS = "tracks"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the window can do.

    Attributes:
        id: Its name; `MainWindow` has a method `act_<id>` unless `listed_only`.
        text: What it is, in words.
        keys: Its keys in the portable form of QKeySequence; several mean the same.
        group: Where it is listed.
        plain: Whether the keys have no modifier: text fields and lists get them first.
        listed_only: Whether lists handle it themselves; here only for the overlay.
        in_palette: Whether the palette offers it.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    group: Group = Group.WINDOW
    plain: bool = False
    listed_only: bool = False
    in_palette: bool = True


def group_title(group: Group) -> str:
    """The heading of a group."""
    return {
        Group.PLAYBACK: words.translate("Actions", "Playback"),
        Group.TRACKS: words.translate("Actions", "In lists of tracks"),
        Group.WINDOW: words.translate("Actions", "Window"),
    }[group]


def all_actions() -> tuple[ActionSpec, ...]:
    """Every action, in the language of the window."""
    playback, tracks = Group.PLAYBACK, Group.TRACKS
    return (
        ActionSpec("play_pause", words.translate("Actions", "Play or pause"), ("Space",), playback, plain=True),
        ActionSpec("next", words.translate("Actions", "Next track"), ("Ctrl+Right",), playback),
        ActionSpec("previous", words.translate("Actions", "Previous track"), ("Ctrl+Left",), playback),
        ActionSpec("louder", words.translate("Actions", "Louder"), ("Ctrl+Up",), playback, in_palette=False),
        ActionSpec("quieter", words.translate("Actions", "Quieter"), ("Ctrl+Down",), playback, in_palette=False),
        ActionSpec("mute", words.translate("Actions", "Mute or unmute"), ("Ctrl+M",), playback),
        ActionSpec("thumb_up", words.translate("Actions", "Thumb up: more like this"), ("+",), playback, plain=True),
        ActionSpec(
            "thumb_down", words.translate("Actions", "Thumb down: skip it, leave it out"), ("-",), playback, plain=True
        ),
        ActionSpec("stop", words.translate("Actions", "Stop"), ("Ctrl+.",), playback),
        ActionSpec(
            "seek",
            words.translate("Actions", "Seek 5 seconds, on the seek bar"),
            ("Left", "Right"),
            playback,
            listed_only=True,
        ),
        ActionSpec("l_play", words.translate("Actions", "Play"), ("Return",), tracks, listed_only=True),
        ActionSpec("l_next", words.translate("Actions", "Play next"), ("Shift+Return",), tracks, listed_only=True),
        ActionSpec(
            "l_add", words.translate("Actions", "Add to queue, keep in Up Next"), ("Q",), tracks, listed_only=True
        ),
        ActionSpec("l_remove", words.translate("Actions", "Remove"), ("Del",), tracks, listed_only=True),
        ActionSpec(
            "l_move", words.translate("Actions", "Move up or down"), ("Alt+Up", "Alt+Down"), tracks, listed_only=True
        ),
        ActionSpec("l_menu", words.translate("Actions", "Menu"), ("Menu", "Shift+F10"), tracks, listed_only=True),
        ActionSpec("l_rename", words.translate("Actions", "Rename a playlist"), ("F2",), tracks, listed_only=True),
        ActionSpec("search", words.translate("Actions", "Search"), ("Ctrl+F",)),
        ActionSpec("palette", words.translate("Actions", "Find anything"), ("Ctrl+K",), in_palette=False),
        ActionSpec("up_next", words.translate("Actions", "Show or hide Up Next"), ("Ctrl+U",)),
        ActionSpec("focus_up_next", words.translate("Actions", "Go to Up Next"), ("Ctrl+Shift+U",)),
        ActionSpec("full", words.translate("Actions", "Full view with lyrics"), ("Ctrl+L",)),
        ActionSpec("undo", words.translate("Actions", "Undo"), ("Ctrl+Z",)),
        ActionSpec("back", words.translate("Actions", "Back"), ("Alt+Left",)),
        ActionSpec("forward", words.translate("Actions", "Forward"), ("Alt+Right",)),
        ActionSpec("home", words.translate("Actions", "Go to Home"), ("Ctrl+1",)),
        ActionSpec("albums", words.translate("Actions", "Go to Albums"), ("Ctrl+2",)),
        ActionSpec("tracks", words.translate("Actions", "Go to Tracks"), ("Ctrl+3",)),
        ActionSpec("artists", words.translate("Actions", "Go to Artists"), ("Ctrl+4",)),
        ActionSpec("liked", words.translate("Actions", "Go to Liked"), ("Ctrl+5",)),
        ActionSpec("genres", words.translate("Actions", "Go to Genres"), ("Ctrl+6",)),
        ActionSpec("history", words.translate("Actions", "Go to History"), ("Ctrl+H",)),
        ActionSpec("insights", words.translate("Actions", "What was learned"), ("Ctrl+I",)),
        ActionSpec("settings", words.translate("Actions", "Settings"), ("Ctrl+,",)),
        ActionSpec("add_folder", words.translate("Actions", "Add a music folder"), ("Ctrl+O",)),
        ActionSpec("rescan", words.translate("Actions", "Look for new music"), ("F5",)),
        ActionSpec("theme", words.translate("Actions", "Dark or light"), ("Ctrl+T",)),
        ActionSpec("private", words.translate("Actions", "Private session on or off"), ("Ctrl+Shift+P",)),
        ActionSpec("refresh", words.translate("Actions", "Choose Up Next again"), ("Ctrl+R",)),
        ActionSpec("shortcuts", words.translate("Actions", "All shortcuts"), ("?", "F1"), plain=True),
        ActionSpec("quit", words.translate("Actions", "Quit"), ("Ctrl+Q",)),
    )

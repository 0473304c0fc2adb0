"""What the window can do, as one table: names, keys, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from player.ui.words import translate as tr


class Group(Enum):
    """Where the overlay of shortcuts lists an action."""

    PLAYBACK = "playback"
    TRACKS = "tracks"
    WINDOW = "window"
    PLACES = "places"


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
        Group.PLAYBACK: tr("Actions", "Playback"),
        Group.TRACKS: tr("Actions", "In lists of tracks"),
        Group.WINDOW: tr("Actions", "Window"),
        Group.PLACES: tr("Actions", "Places"),
    }[group]


def all_actions() -> tuple[ActionSpec, ...]:
    """Every action, in the language of the window."""
    playback, tracks, places = Group.PLAYBACK, Group.TRACKS, Group.PLACES
    return (
        ActionSpec("play_pause", tr("Actions", "Play or pause"), ("Space",), playback, plain=True),
        ActionSpec("next", tr("Actions", "Next track"), ("Ctrl+Right",), playback),
        ActionSpec("previous", tr("Actions", "Previous track"), ("Ctrl+Left",), playback),
        ActionSpec("louder", tr("Actions", "Louder"), ("Ctrl+Up",), playback, in_palette=False),
        ActionSpec("quieter", tr("Actions", "Quieter"), ("Ctrl+Down",), playback, in_palette=False),
        ActionSpec("mute", tr("Actions", "Mute or unmute"), ("Ctrl+M",), playback),
        ActionSpec("thumb_up", tr("Actions", "Thumb up: more like this"), ("+",), playback, plain=True),
        ActionSpec("thumb_down", tr("Actions", "Thumb down: skip it, leave it out"), ("-",), playback, plain=True),
        ActionSpec("stop", tr("Actions", "Stop"), ("Ctrl+.",), playback),
        ActionSpec(
            "seek",
            tr("Actions", "Seek 5 seconds, on the seek bar"),
            ("Left", "Right"),
            playback,
            listed_only=True,
        ),
        ActionSpec("l_play", tr("Actions", "Play"), ("Return",), tracks, listed_only=True),
        ActionSpec("l_next", tr("Actions", "Play next"), ("Shift+Return",), tracks, listed_only=True),
        ActionSpec("l_add", tr("Actions", "Add to queue, keep in Up Next"), ("Q",), tracks, listed_only=True),
        ActionSpec("l_remove", tr("Actions", "Remove"), ("Del",), tracks, listed_only=True),
        ActionSpec("l_move", tr("Actions", "Move up or down"), ("Alt+Up", "Alt+Down"), tracks, listed_only=True),
        ActionSpec("l_menu", tr("Actions", "Menu"), ("Menu", "Shift+F10"), tracks, listed_only=True),
        ActionSpec("l_rename", tr("Actions", "Rename a playlist"), ("F2",), tracks, listed_only=True),
        ActionSpec("search", tr("Actions", "Search"), ("Ctrl+F",)),
        ActionSpec("palette", tr("Actions", "Find anything"), ("Ctrl+K",), in_palette=False),
        ActionSpec("up_next", tr("Actions", "Show or hide Up Next"), ("Ctrl+U",)),
        ActionSpec("focus_up_next", tr("Actions", "Go to Up Next"), ("Ctrl+Shift+U",)),
        ActionSpec("full", tr("Actions", "Full view with lyrics"), ("Ctrl+L",)),
        ActionSpec("undo", tr("Actions", "Undo"), ("Ctrl+Z",)),
        ActionSpec("back", tr("Actions", "Back"), ("Alt+Left",), places),
        ActionSpec("forward", tr("Actions", "Forward"), ("Alt+Right",), places),
        ActionSpec("home", tr("Actions", "Go to Home"), ("Ctrl+1",), places),
        ActionSpec("albums", tr("Actions", "Go to Albums"), ("Ctrl+2",), places),
        ActionSpec("tracks", tr("Actions", "Go to Tracks"), ("Ctrl+3",), places),
        ActionSpec("artists", tr("Actions", "Go to Artists"), ("Ctrl+4",), places),
        ActionSpec("liked", tr("Actions", "Go to Liked"), ("Ctrl+5",), places),
        ActionSpec("genres", tr("Actions", "Go to Genres"), ("Ctrl+6",), places),
        ActionSpec("history", tr("Actions", "Go to History"), ("Ctrl+H",), places),
        ActionSpec("insights", tr("Actions", "What was learned"), ("Ctrl+I",), places),
        ActionSpec("settings", tr("Actions", "Settings"), ("Ctrl+,",), places),
        ActionSpec("add_folder", tr("Actions", "Add a music folder"), ("Ctrl+O",)),
        ActionSpec("rescan", tr("Actions", "Look for new music"), ("F5",)),
        ActionSpec("theme", tr("Actions", "Dark or light"), ("Ctrl+T",)),
        ActionSpec("private", tr("Actions", "Private session on or off"), ("Ctrl+Shift+P",)),
        ActionSpec("refresh", tr("Actions", "Choose Up Next again"), ("Ctrl+R",)),
        ActionSpec("shortcuts", tr("Actions", "All shortcuts"), ("?", "F1"), plain=True),
        ActionSpec("quit", tr("Actions", "Quit"), ("Ctrl+Q",)),
    )

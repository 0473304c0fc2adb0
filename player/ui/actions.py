"""What the window can do, as one table: names, keys, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from player.ui.words import translate


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
        id: Its name; `WindowActions` carries it out unless `listed_only`.
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
        Group.PLAYBACK: translate("Actions", "Playback"),
        Group.TRACKS: translate("Actions", "In lists of tracks"),
        Group.WINDOW: translate("Actions", "Window"),
        Group.PLACES: translate("Actions", "Places"),
    }[group]


def all_actions() -> tuple[ActionSpec, ...]:
    """Every action, in the language of the window."""
    return (*_playback_actions(), *_list_actions(), *_window_actions(), *_places())


def _playback_actions() -> tuple[ActionSpec, ...]:
    playback = Group.PLAYBACK
    return (
        ActionSpec("play_pause", translate("Actions", "Play or pause"), ("Space",), playback, plain=True),
        ActionSpec("next", translate("Actions", "Next track"), ("Ctrl+Right",), playback),
        ActionSpec("previous", translate("Actions", "Previous track"), ("Ctrl+Left",), playback),
        ActionSpec("louder", translate("Actions", "Louder"), ("Ctrl+Up",), playback, in_palette=False),
        ActionSpec("quieter", translate("Actions", "Quieter"), ("Ctrl+Down",), playback, in_palette=False),
        ActionSpec("mute", translate("Actions", "Mute or unmute"), ("Ctrl+M",), playback),
        ActionSpec("thumb_up", translate("Actions", "Thumb up: more like this"), ("+",), playback, plain=True),
        ActionSpec("thumb_down", translate("Actions", "Thumb down: less like this"), ("-",), playback, plain=True),
        ActionSpec("stop", translate("Actions", "Stop"), ("Ctrl+.",), playback),
        ActionSpec(
            "options", translate("Actions", "Playback options: speed, repeat, sleep timer"), ("Ctrl+P",), playback
        ),
        ActionSpec(
            "seek",
            translate("Actions", "Seek 5 seconds, on the seek bar"),
            ("Left", "Right"),
            playback,
            listed_only=True,
        ),
    )


def _list_actions() -> tuple[ActionSpec, ...]:
    tracks = Group.TRACKS
    return (
        ActionSpec("l_play", translate("Actions", "Play"), ("Return",), tracks, listed_only=True),
        ActionSpec("l_next", translate("Actions", "Play next"), ("Shift+Return",), tracks, listed_only=True),
        ActionSpec("l_add", translate("Actions", "Add to queue, keep in Up Next"), ("Q",), tracks, listed_only=True),
        ActionSpec("l_remove", translate("Actions", "Remove"), ("Del",), tracks, listed_only=True),
        ActionSpec("l_move", translate("Actions", "Move up or down"), ("Alt+Up", "Alt+Down"), tracks, listed_only=True),
        ActionSpec("l_menu", translate("Actions", "Menu"), ("Menu", "Shift+F10"), tracks, listed_only=True),
        ActionSpec("l_rename", translate("Actions", "Rename a playlist"), ("F2",), tracks, listed_only=True),
    )


def _window_actions() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("search", translate("Actions", "Search"), ("Ctrl+F",)),
        ActionSpec("palette", translate("Actions", "Find anything"), ("Ctrl+K",), in_palette=False),
        ActionSpec("up_next", translate("Actions", "Show or hide Up Next"), ("Ctrl+U",)),
        ActionSpec("focus_up_next", translate("Actions", "Go to Up Next"), ("Ctrl+Shift+U",)),
        ActionSpec("full", translate("Actions", "Full view with lyrics"), ("Ctrl+L",)),
        ActionSpec("undo", translate("Actions", "Undo"), ("Ctrl+Z",)),
        ActionSpec("redo", translate("Actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
        ActionSpec("add_folder", translate("Actions", "Add a music folder"), ("Ctrl+O",)),
        ActionSpec("import_playlist", translate("Actions", "Import a playlist")),
        ActionSpec("rescan", translate("Actions", "Look for new music"), ("F5",)),
        ActionSpec("theme", translate("Actions", "Dark or light"), ("Ctrl+T",)),
        ActionSpec("private", translate("Actions", "Private session on or off"), ("Ctrl+Shift+P",)),
        ActionSpec("refresh", translate("Actions", "Choose Up Next again"), ("Ctrl+R",)),
        ActionSpec("shortcuts", translate("Actions", "All shortcuts"), ("?", "F1"), plain=True),
        ActionSpec("quit", translate("Actions", "Quit"), ("Ctrl+Q",)),
    )


def _places() -> tuple[ActionSpec, ...]:
    places = Group.PLACES
    return (
        ActionSpec("back", translate("Actions", "Back"), ("Alt+Left",), places),
        ActionSpec("forward", translate("Actions", "Forward"), ("Alt+Right",), places),
        ActionSpec("home", translate("Actions", "Go to Home"), ("Ctrl+1",), places),
        ActionSpec("albums", translate("Actions", "Go to Albums"), ("Ctrl+2",), places),
        ActionSpec("tracks", translate("Actions", "Go to Tracks"), ("Ctrl+3",), places),
        ActionSpec("artists", translate("Actions", "Go to Artists"), ("Ctrl+4",), places),
        ActionSpec("liked", translate("Actions", "Go to Liked"), ("Ctrl+5",), places),
        ActionSpec("genres", translate("Actions", "Go to Genres"), ("Ctrl+6",), places),
        ActionSpec("years", translate("Actions", "Go to Years"), (), places),
        ActionSpec("folders", translate("Actions", "Go to Folders"), ("Ctrl+7",), places),
        ActionSpec("duplicates", translate("Actions", "Show duplicates"), (), places),
        ActionSpec("history", translate("Actions", "Go to History"), ("Ctrl+H",), places),
        ActionSpec("insights", translate("Actions", "What was learned"), ("Ctrl+I",), places),
        ActionSpec("settings", translate("Actions", "Settings"), ("Ctrl+,",), places),
        ActionSpec("equaliser", translate("Actions", "Equaliser"), ("Ctrl+G",), places),
        ActionSpec("bring", translate("Actions", "Bring your history from another player"), (), places),
        ActionSpec("data", translate("Actions", "Your data: import, export, forget"), (), places),
    )

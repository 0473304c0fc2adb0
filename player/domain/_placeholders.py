"""Names in tags that stand for "not known": shown where a tag is listed, but never given as a reason."""

from __future__ import annotations

NO_NAMES = frozenset(
    (
        "",
        "-",
        "[unknown]",
        "<unknown>",
        "artist",
        "default",
        "general",
        "genre",
        "misc",
        "miscellaneous",
        "n/a",
        "none",
        "other",
        "sounds",
        "undefined",
        "unknown",
        "unknown album",
        "unknown artist",
        "unknown genre",
        "various",
        "various artists",
    )
)
"""In lower case."""


def is_name(text: str) -> bool:
    """Whether the name of a genre, an album or an artist says anything."""
    name = text.strip().lower()
    return name not in NO_NAMES and "://" not in name and not name.startswith("www.")

"""Names from tags and files as plain text in places where Qt would read more into them."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt as GuiQt

from player.domain import printable


def tip(text: str) -> str:
    """Return a tool tip that shows the text as it is.

    Qt takes what looks like HTML for HTML: a title could show a picture from the disk, or from the network.
    """
    text = printable(text)
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if GuiQt.mightBeRichText(text) else text


def menu_text(text: str) -> str:
    """Return the text of a menu's line or a button that shows the text as it is.

    An ampersand would underline the letter behind it, a tab begin the column of shortcuts.
    """
    return printable(text, one_line=True).replace("&", "&&")


def outside_text(text: str) -> str:
    """Return the text for other programs' tool tips, some of which show HTML: it looks the same and is none."""
    return printable(text, one_line=True).replace("<", "<\u2060")

"""Editing the tags of one or several tracks: in the files, checked, and undoable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from PySide6.QtWidgets import QWidget

from player.domain import Track, TrackId
from player.ui import words
from player.ui.services import HasLibrary, HasLook, HasTags
from player.ui.widgets.inputs.form import Field, FormSheet

People: TypeAlias = Mapping[TrackId, tuple[tuple[str, ...], tuple[str, ...]]]
"""Names of the artists and of the album's artists of tracks."""
SEPARATOR = ";"
SINGLE = ("title", "album", "year", "track", "disc", "rating")
"""Fields that hold one value; the others may hold several."""
READERS: dict[str, Callable[[Track], str]] = {
    "title": lambda track: track.title,
    "artist": lambda track: track.artist,
    "album": lambda track: track.album,
    "album_artist": lambda track: track.album_artist,
    "genre": lambda track: f"{SEPARATOR} ".join(track.genres),
    "year": lambda track: str(track.year or ""),
    "track": lambda track: str(track.track_no or ""),
    "disc": lambda track: str(track.disc_no or ""),
    "rating": lambda track: "" if track.rating is None else f"{track.rating * 5:g}",
}


def values_of(word: str, text: str) -> tuple[str, ...]:
    """What a field's text means: one value, or several with semicolons between; none removes the tag."""
    parts = (text,) if word in SINGLE else text.split(SEPARATOR)
    return tuple(part.strip() for part in parts if part.strip())


def shared_text(word: str, tracks: Sequence[Track], people: People | None = None) -> str | None:
    """What all tracks say in a field; None where they differ. Artists that tags keep apart have semicolons between."""
    texts = {_text(word, track, people or {}) for track in tracks}
    return texts.pop() if len(texts) == 1 else None


def _text(word: str, track: Track, people: People) -> str:
    text = READERS[word](track)
    if word in ("artist", "album_artist") and track.id in people:
        names = people[track.id][word == "album_artist"]
        if text == ", ".join(names):  # and not a text of the tag's own, such as "A feat. B"
            return f"{SEPARATOR} ".join(names)
    return text


class TagEditorNeeds(HasLibrary, HasLook, HasTags, Protocol):
    """What `TagEditor` asks for."""


class TagEditor(FormSheet):
    """The form. Only fields that were changed are written.

    Args:
        context: The window's services.
        tracks: What is edited.
        parent: The window's content.
    """

    def __init__(self, context: TagEditorNeeds, tracks: Sequence[Track], parent: QWidget) -> None:
        several = len(tracks) > 1
        super().__init__(
            context.look,
            parent,
            words.tracks(len(tracks)) if several else tracks[0].title,
            words.translate("TagEditor", "Written into the files. Several artists or genres: with ; between."),
            words.translate("TagEditor", "Save"),
        )
        self._context = context
        self._tracks = tracks
        people = context.library.people([track.id for track in tracks])
        self._shared = {word: shared_text(word, tracks, people) for word in READERS}
        self.fields: dict[str, Field] = {}
        differ = self.tr("Several values")
        for word, name in self._names().items():
            if several and word in ("title", "track"):
                continue
            text = self._shared[word]
            self.fields[word] = self.add_field(name, text or "", "" if text is not None else differ)
        self.accepted.connect(self._save)
        self.closed.connect(self.deleteLater)

    def _names(self) -> dict[str, str]:
        return {
            "title": self.tr("Title"),
            "artist": self.tr("Artist"),
            "album": self.tr("Album"),
            "album_artist": self.tr("Album artist"),
            "genre": self.tr("Genre"),
            "year": self.tr("Year"),
            "track": self.tr("Track number"),
            "disc": self.tr("Disc number"),
            "rating": self.tr("Rating (0 to 5 stars)"),
        }

    def changes(self) -> dict[str, tuple[str, ...]]:
        """New values of the fields that were changed."""
        return {
            word: values_of(word, field.text())
            for word, field in self.fields.items()
            if field.text().strip() != (self._shared[word] or "").strip()
        }

    def _save(self) -> None:
        changes = self.changes()
        if changes:
            self._context.tags.edit([track.id for track in self._tracks], changes)

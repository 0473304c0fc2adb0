"""What albums and tracks are sorted by where artists come first: the same key as in the list of artists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select

from player.storage.schema import AlbumArtistRow, AlbumRow, ArtistRow, Role, TrackArtistRow, TrackRow


def _first_known(of_artist: Any, of_tags: SQLColumnExpression[str]) -> ColumnElement[str | None]:
    # The artist's key may come from another file, which names how to sort them; where these tags don't, it holds too.
    return func.coalesce(func.nullif(of_artist.scalar_subquery(), ""), func.nullif(of_tags, ""))


def album_artist_key() -> ColumnElement[str | None]:
    """The sort key of an album's first artist; that of its tags where it has none; NULL where nobody is named."""
    first = select(ArtistRow.name_key).join(AlbumArtistRow, AlbumArtistRow.artist_id == ArtistRow.id)
    own = first.where(AlbumArtistRow.album_id == AlbumRow.id, AlbumArtistRow.position == 0).correlate(AlbumRow)
    return _first_known(own, AlbumRow.artist_key)


def track_artist_key() -> ColumnElement[str | None]:
    """The same for a track, which stands for itself where it belongs to no album."""
    first = select(ArtistRow.name_key).join(TrackArtistRow, TrackArtistRow.artist_id == ArtistRow.id)
    performs = (TrackArtistRow.role == Role.ARTIST, TrackArtistRow.position == 0)
    own = first.where(TrackArtistRow.track_id == TrackRow.id, *performs).correlate(TrackRow)
    return _first_known(own, TrackRow.artist_key)

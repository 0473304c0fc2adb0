"""Queries, and conditions on texts, as SQL conditions on `tracks`. Words go to the full-text index."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import (
    BLOB,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    column,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    table,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from player.domain import Condition, Field, Op, TrackQuery, UsageError
from player.storage.schema import (
    SEARCH_TABLE,
    AlbumArtistRow,
    AlbumRow,
    ArtistRow,
    GenreRow,
    PlaylistEntryRow,
    Role,
    TrackArtistRow,
    TrackDetailRow,
    TrackGenreRow,
    TrackRow,
    TrackStatRow,
    clean,
    ident,
    match_expression,
    stored_path,
)

Test: TypeAlias = SQLColumnExpression[bool]
Text: TypeAlias = SQLColumnExpression[Any]
_search = table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE))


def search_hits(expression: str) -> Select[Any]:
    """Ids of the tracks that an FTS5 expression finds."""
    return select(_search.c.rowid).where(_search.c[SEARCH_TABLE].op("MATCH")(expression))


def path_below(path: InstrumentedAttribute[str], folder: str) -> Test:
    """`path` lies below `folder`, found by a range of the index on paths (of texts, and of bytes: `PathText`)."""
    prefix = folder if folder.endswith(os.sep) else folder + os.sep
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    as_text, as_bytes = (stored_path(end) for end in (prefix, after))
    ranges: list[Test] = []
    if isinstance(as_text, str) and isinstance(as_bytes, str):
        ranges.append(and_(path >= prefix, path < after))
        as_text, as_bytes = as_text.encode(), as_bytes.encode()
    low, high = bindparam(None, as_text, BLOB), bindparam(None, as_bytes, BLOB)
    ranges.append(and_(path >= low, path < high))
    return or_(*ranges)


def query_tests(query: TrackQuery) -> list[Test]:
    """The conditions of a query that indexes answer: all but its words, its rule, and whether it was played."""
    tests: list[Test] = []
    if query.album_id is not None:
        tests.append(TrackRow.album_id == query.album_id)
    if query.artist_id is not None:
        tests.append(_by_artist(query.artist_id))
    if query.genre is not None:
        tests.append(_genre_is(query.genre))
    if query.folder is not None:
        tests.append(path_below(TrackRow.path, query.folder))
    if query.playlist_id is not None:
        entry = PlaylistEntryRow
        tests.append(TrackRow.id.in_(select(entry.track_id).where(entry.playlist_id == query.playlist_id)))
    if query.liked:
        tests.append(TrackRow.id.in_(select(TrackStatRow.track_id).where(TrackStatRow.thumb == 1)))
    return tests


def _by_artist(artist_id: int) -> Test:
    own = select(TrackArtistRow.track_id).where(TrackArtistRow.artist_id == artist_id)
    albums = select(AlbumArtistRow.album_id).where(AlbumArtistRow.artist_id == artist_id)
    return or_(TrackRow.id.in_(own), TrackRow.album_id.in_(albums))


def _genre_is(name: str) -> Test:
    link = select(TrackGenreRow.track_id).join(GenreRow, GenreRow.id == TrackGenreRow.genre_id)
    return TrackRow.id.in_(link.where(GenreRow.ident == ident(name)))


def _detail(attribute: InstrumentedAttribute[Any]) -> Text:
    return select(attribute).where(TrackDetailRow.track_id == TrackRow.id).scalar_subquery()


_SEARCHED = {
    Field.ANY: (),
    Field.TITLE: ("title",),
    Field.ARTIST: ("artists",),
    Field.ALBUM: ("album",),
    Field.ALBUM_ARTIST: ("album_artists",),
    Field.GENRE: ("genres",),
    Field.COMPOSER: ("composers",),
}


def text_hits(condition: Condition) -> Select[Any]:
    """Ids of the tracks that fulfil a condition on a text.

    Raises:
        UsageError: the text is compared in a way it cannot be.
    """
    if condition.field in _SEARCHED and (condition.op is Op.HAS or condition.field is Field.ANY):
        expression = match_expression(str(condition.value), _SEARCHED[condition.field])
        if expression is not None and condition.op is not Op.EMPTY:
            return search_hits(expression)  # straight from the index: no row of a track is touched
        return select(TrackRow.id).where(false() if condition.op is Op.EMPTY else true())
    return select(TrackRow.id).where(_text_test(condition))


def _text_test(condition: Condition) -> Test:
    text = clean(str(condition.value))
    if condition.op is Op.EMPTY:
        return _empty_test(condition.field)
    if condition.op not in (Op.HAS, Op.IS):
        raise UsageError(f"{condition.field.value}: is a text; it cannot be greater or smaller.")
    if condition.op is Op.IS and condition.field in _NAMED:
        return _NAMED[condition.field](ident(text))
    return _plain_test(condition.field, condition.op, text)


def _artist_is(role: Role) -> Callable[[str], Test]:
    def test(name: str) -> Test:
        link = select(TrackArtistRow.track_id).join(ArtistRow, ArtistRow.id == TrackArtistRow.artist_id)
        return TrackRow.id.in_(link.where(ArtistRow.ident == name, TrackArtistRow.role == role))

    return test


def _album_artist_is(name: str) -> Test:
    link = select(AlbumArtistRow.album_id).join(ArtistRow, ArtistRow.id == AlbumArtistRow.artist_id)
    return TrackRow.album_id.in_(link.where(ArtistRow.ident == name))


_NAMED: dict[Field, Callable[[str], Test]] = {
    Field.ARTIST: _artist_is(Role.ARTIST),
    Field.COMPOSER: _artist_is(Role.COMPOSER),
    Field.ALBUM_ARTIST: _album_artist_is,
    Field.GENRE: _genre_is,
}
_LISTS = frozenset({Field.MOOD, Field.LYRICIST, Field.PERFORMER})
"""Lists of texts as JSON."""


def _names_of(role: Role) -> Text:
    names = select(func.group_concat(ArtistRow.name, "; ")).join(
        TrackArtistRow, TrackArtistRow.artist_id == ArtistRow.id
    )
    return names.where(TrackArtistRow.track_id == TrackRow.id, TrackArtistRow.role == role).scalar_subquery()


_PLAIN: dict[Field, Callable[[], Text]] = {
    Field.TITLE: lambda: TrackRow.title,
    Field.ALBUM: lambda: select(AlbumRow.title).where(AlbumRow.id == TrackRow.album_id).scalar_subquery(),
    Field.PATH: lambda: type_coerce(TrackRow.path, String),
    Field.FORMAT: lambda: TrackRow.format,
    Field.MOOD: lambda: type_coerce(_detail(TrackDetailRow.moods), String),
    Field.COMMENT: lambda: _detail(TrackDetailRow.comment),
    Field.LYRICS: lambda: _detail(TrackDetailRow.lyrics),
    Field.LABEL: lambda: _detail(TrackDetailRow.label),
    Field.LYRICIST: lambda: type_coerce(_detail(TrackDetailRow.lyricists), String),
    Field.PERFORMER: lambda: type_coerce(_detail(TrackDetailRow.performers), String),
    Field.CONDUCTOR: lambda: _names_of(Role.CONDUCTOR),
    Field.WORK: lambda: _detail(TrackDetailRow.work),
    Field.MOVEMENT: lambda: _detail(TrackDetailRow.movement),
    Field.GROUPING: lambda: _detail(TrackDetailRow.grouping),
    Field.CATALOG_NUMBER: lambda: _detail(TrackDetailRow.catalog_number),
    Field.BARCODE: lambda: _detail(TrackDetailRow.barcode),
    Field.MEDIA: lambda: _detail(TrackDetailRow.media),
    Field.COUNTRY: lambda: _detail(TrackDetailRow.country),
    Field.KEY: lambda: _detail(TrackDetailRow.initial_key),
}


def _plain_test(field: Field, op: Op, text: str) -> Test:
    value = _PLAIN[field]()
    if op is Op.IS and field not in _LISTS:
        return func.segue_ident(value) == ident(text)
    if op is Op.IS:
        text = f'"{text}"'
    return and_(true(), *(_contains(value, word) for word in text.split()))


def _contains(value: Text, word: str) -> Test:
    if word.isascii():  # SQLite's own comparison knows the case of ASCII only, and is a hundred times quicker
        return value.like(_pattern(word), escape="\\")
    return func.instr(func.segue_ident(value), ident(word)) > 0


def signs_test(text: str) -> Test:
    """Titles and artists that hold all these signs, which are no words and not in the index: "!!!", "?"."""
    held = (or_(_contains(TrackRow.title, sign), _contains(TrackRow.artist, sign)) for sign in clean(text).split())
    return and_(true(), *held)


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _empty_test(field: Field) -> Test:
    match field:
        case Field.ARTIST | Field.COMPOSER:
            role = Role.ARTIST if field is Field.ARTIST else Role.COMPOSER
            return not_(exists().where(TrackArtistRow.track_id == TrackRow.id, TrackArtistRow.role == role))
        case Field.GENRE:
            return not_(exists().where(TrackGenreRow.track_id == TrackRow.id))
        case Field.ALBUM_ARTIST:
            return not_(exists().where(AlbumArtistRow.album_id == TrackRow.album_id))
        case Field.MOOD | Field.LYRICIST | Field.PERFORMER:
            return _PLAIN[field]() == "[]"
        case _:
            return func.coalesce(_PLAIN[field](), "") == ""

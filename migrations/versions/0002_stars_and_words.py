"""Own stars, dates of adding that wait, fields of classical music and releases; words are found however they are spelt.

Revision: 0002. The full-text index gets a column and is folded anew, with the function of today: a later change of it
needs a revision of its own. Files are read again by the next scan, for what they say in the new fields.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from player.storage import searchable, year_words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ("title", "artists", "album", "album_artists", "genres", "composers", "works")
SEARCH = (
    f"CREATE VIRTUAL TABLE track_search USING fts5({', '.join(COLUMNS)}, "
    "tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')"
)
TERMS = "CREATE VIRTUAL TABLE track_search_terms USING fts5vocab(track_search, row)"
LETTERS = {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŋ": "n"}
LETTERS |= {"ŧ": "t", "ə": "e"}
KEYS = (
    ("tracks", "title_key"),
    ("tracks", "artist_key"),
    ("artists", "name_key"),
    ("albums", "title_key"),
    ("albums", "artist_key"),
)
TEXTS = ("work", "movement", "grouping", "catalog_number", "barcode", "media", "country")
LISTS = ("composer_sorts", "lyricists", "performers")
OLD = (
    "SELECT s.rowid, s.title, s.artists, s.album, s.album_artists, s.genres, s.composers, d.label, d.date, "
    "d.original_date FROM track_search s JOIN track_details d ON d.track_id = s.rowid"
)
BATCH = 2_000


def upgrade() -> None:
    """Add the columns, fold keys and index anew."""
    for name in TEXTS:
        op.add_column("track_details", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    for name in LISTS:
        op.add_column("track_details", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    op.create_table(
        "stars",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False, comment="0 to 5 in halves"),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.CheckConstraint("value BETWEEN 0 AND 5 AND value * 2 = round(value * 2)", name=op.f("ck_stars_halves")),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_stars_track_id_tracks"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_stars")),
    )
    op.add_column("foreign_counts", sa.Column("added_at", sa.Integer()))
    _fold_keys()
    _index()
    op.execute("UPDATE tracks SET mtime_ns = 0 WHERE state = 'present'")
    op.execute("DELETE FROM scanned_folders")
    op.execute("DELETE FROM scanned_files")


def _fold_keys() -> None:
    for table, column in KEYS:
        folded = column
        for letter, plain in LETTERS.items():
            folded = f"replace({folded}, '{letter}', '{plain}')"
        op.execute(f"UPDATE {table} SET {column} = {folded} WHERE {column} GLOB '*[{''.join(LETTERS)}]*'")  # noqa: S608 - constants


def _index() -> None:
    connection = op.get_bind()
    rows = connection.exec_driver_sql(OLD).all()
    op.execute("DROP TABLE track_search")
    op.execute(SEARCH)
    op.execute(TERMS)
    insert = f"INSERT INTO track_search (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"  # noqa: S608
    for start in range(0, len(rows), BATCH):
        connection.exec_driver_sql(insert, [_folded(row) for row in rows[start : start + BATCH]])


def _folded(row: sa.Row[tuple[object, ...]]) -> tuple[object, ...]:
    key, *texts, label, date, original_date = row
    years = [int(text[:4]) for text in (date, original_date) if text[:4].isdecimal()]
    return (key, *map(searchable, texts), f"{searchable(label)} {year_words(*years)}".strip())

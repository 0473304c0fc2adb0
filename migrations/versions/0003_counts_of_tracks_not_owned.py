"""Counts and opinions that other programs had of tracks the library does not hold, kept until it does.

Revision: 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "foreign_counts",
        sa.Column("artist_key", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("album_key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("recording_mbid", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("play_count", sa.Integer(), nullable=False),
        sa.Column("skip_count", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("last_played_at", sa.Integer(), nullable=True),
        sa.Column("thumb", sa.Integer(), nullable=False),
        sa.Column("thumb_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("artist_key", "title_key", "album_key", "source", name=op.f("pk_foreign_counts")),
        sqlite_with_rowid=False,
    )

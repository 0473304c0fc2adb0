"""Plays that other programs logged of tracks the library does not hold, kept until it does.

Revision: 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "foreign_plays",
        sa.Column("artist_key", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("recording_mbid", sa.Text(), nullable=False),
        sa.Column("listened_ms", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("artist_key", "title_key", "started_at", "source", name=op.f("pk_foreign_plays")),
        sqlite_with_rowid=False,
    )

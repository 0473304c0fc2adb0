"""An index of the tracks whose folders were taken out, so that folders are counted without reading their tracks.

Revision: 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_tracks_removed", "tracks", ["path", "superseded"], sqlite_where=sa.text("state = 'removed'"))

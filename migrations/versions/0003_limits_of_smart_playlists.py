"""Smart playlists are limited by length and size too.

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
    """Add the columns."""
    op.add_column("playlists", sa.Column("rules_limit_ms", sa.Integer()))
    op.add_column("playlists", sa.Column("rules_limit_bytes", sa.Integer()))

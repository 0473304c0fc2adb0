"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}. Made: ${create_date}.

A safe migration:
- runs on real users' only copy: it adds; it deletes or rewrites what they made (plays, thumbs, playlists) never;
- is one transaction: it is all there or not at all; no PRAGMA, no VACUUM inside;
- imports nothing of the player but `player.storage` names that never change meaning; copies what it needs;
- changes tables through `op.batch_alter_table` (SQLite cannot alter constraints);
- gives each new NOT NULL column a server_default, or fills it in the same revision;
- moves data in SQL, not row by row in Python: a library may have a million tracks;
- creates indexes after filling tables;
- is never edited once released: write the next one. Set `HEAD` in player/storage/_upgrade.py.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Bring the database to ${up_revision}."""
    ${upgrades if upgrades else "pass"}

"""Alembic migrations of Segue's database; run by `player.storage.Database.open`."""

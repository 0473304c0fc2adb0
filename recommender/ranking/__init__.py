"""Package ranking."""

"""Package tags."""

"""Package desktop."""

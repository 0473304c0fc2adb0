"""Package audio."""

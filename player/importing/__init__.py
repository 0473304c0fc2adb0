"""Package importing."""

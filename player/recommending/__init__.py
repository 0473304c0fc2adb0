"""Package recommending."""

"""Package library."""

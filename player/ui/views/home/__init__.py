"""Home and its banner."""

"""Lists and grids of cards."""

"""Labels, spacing, scrolling, covers, dropping."""

"""Up Next, and why something was chosen."""

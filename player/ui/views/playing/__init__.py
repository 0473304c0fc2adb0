"""What plays: the bar, the full view, lyrics, options, equaliser."""

"""Tables of tracks, and editing their tags."""

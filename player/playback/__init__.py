"""Package playback."""

"""Playlists, their files, smart playlists."""

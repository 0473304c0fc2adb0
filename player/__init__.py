"""Segue, the player.

This module holds a docstring only: a child process that imports `player.tags` must not load Qt.
"""

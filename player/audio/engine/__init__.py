"""The engine itself: decodes, mixes, and puts out. Free of Qt; `python -m player.audio.engine` is the sound process."""

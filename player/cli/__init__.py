"""The command line: thin sub-commands that call the same parts as the window does.

Start-up matters: nothing heavy is imported before the sub-command that needs it is known.
"""

from player.cli._run import run

__all__ = ["run"]

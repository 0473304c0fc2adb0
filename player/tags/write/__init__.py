"""Changed tags back into files."""

from player.tags.write._families import EDITABLE
from player.tags.write._file import write_tags

__all__ = ["EDITABLE", "write_tags"]

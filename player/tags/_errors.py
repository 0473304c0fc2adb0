"""What can go wrong in a parser, and how it is said."""

from __future__ import annotations

import errno
import struct

from mutagen import MutagenError

PARSER_ERRORS = (
    MutagenError,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    struct.error,
)
"""What mutagen and FFmpeg raise on damaged files: far more than their own errors (measured on thousands of them)."""

EMPTY = "The file is empty."
NOT_A_FILE = "This is not an ordinary file."
NO_SOUND = "No sound was found in it: the file is damaged, incomplete or not what its name says."
VIDEO = "It is a video."
_OS_WORDS = {
    errno.ENOENT: "The file is not there any more.",
    errno.EACCES: "You may not read this file; check its permissions.",
    errno.EPERM: "You may not read this file; check its permissions.",
    errno.EIO: "The disk reports an error when reading this file.",
    errno.ENAMETOOLONG: "Its path is too long for this system.",
    errno.ELOOP: "It is a link that leads back to itself.",
    errno.EISDIR: NOT_A_FILE,
}


def os_words(error: OSError) -> str:
    """An operating system's error in words."""
    return _OS_WORDS.get(error.errno or 0, f"It cannot be read: {error.strerror or error}.")

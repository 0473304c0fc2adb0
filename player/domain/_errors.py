"""The tree of errors.

SegueError
├── KnownError          the environment is to blame; `str(error)` is a sentence for the user
│   ├── ProfileError    the data directory or its database cannot be used
│   ├── FileError       a file cannot be read, decoded or written
│   ├── AudioError      no output device, or it went away
│   ├── ModelError      a model or snapshot cannot be used
│   └── UsageError      the user asked for something that cannot be
├── NoLongerWantedError a question was given up: nobody waits for its answer
└── BugError            we are to blame; logged with its traceback
"""

from __future__ import annotations


class SegueError(Exception):
    """Base of every error raised on purpose."""


class KnownError(SegueError):
    """The environment is to blame. The message is plain text for the user: what happened, what to do."""


class ProfileError(KnownError):
    """The data directory or its database cannot be used."""


class FileError(KnownError):
    """A file cannot be read, decoded or written.

    Attributes:
        path: The file.
        why: What is wrong with it, in words.
    """

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class AudioError(KnownError):
    """No sound output can be opened, or it went away."""


class ModelError(KnownError):
    """A model or snapshot is damaged or of a version that is not understood."""


class UsageError(KnownError):
    """The user asked for something that cannot be; the message says what would be possible."""


class NoLongerWantedError(SegueError):
    """A question was given up half-way because its asker does not want the answer any more."""


class BugError(SegueError):
    """A state that cannot be, unless our own code is wrong."""

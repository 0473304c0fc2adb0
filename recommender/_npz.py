"""What NumPy and zipfile raise on damaged `.npz` files; found by changing bytes of them tens of thousands of times."""

from __future__ import annotations

import zipfile
import zlib

NPZ_ERRORS = (
    ValueError,
    TypeError,
    KeyError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
)

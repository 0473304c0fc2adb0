"""PNG pictures without the chunks that only describe them.

A text or colour profile in a PNG is compressed and may unpack to a thousand times its size, hundreds of times over in
one file: a picture of 7 MB then takes 8 GB in the decoder. Nothing of it is seen on a cover.
"""

from __future__ import annotations

MAGIC = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM"})
_FRAME = 12
"""Bytes of a chunk around its data: length, name, checksum."""


def without_extras(data: bytes) -> bytes:
    """Return the same picture with its pixels, palette and transparency alone; anything but a PNG unchanged."""
    if not data.startswith(MAGIC):
        return data
    kept, position = [MAGIC], len(MAGIC)
    while position + _FRAME <= len(data):
        end = position + _FRAME + int.from_bytes(data[position : position + 4], "big")
        name = data[position + 4 : position + 8]
        if name in _KEPT:
            kept.append(data[position:end])
        if name == b"IEND":
            break
        position = end
    return b"".join(kept)

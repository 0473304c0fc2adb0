"""`audio_key`: a digest of a file's sound that does not change when its tags do.

Cheap: a few blocks at fixed places of the payload and its size are read, whatever the file's size. Two files with equal
keys hold the same sound for every practical purpose, unless they were made to deceive.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import BinaryIO

from player.tags._bounds import Bounds

_BLOCK = 4_096
_MIDDLE = 4_096
_MAX_CHUNKS = 256
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")
_ASF_DATA_HEADER = 50
_ASF_SEARCH = 1 << 16
_ASF_MAX_HEADER = 64 << 20
_MATROSKA_SEGMENT = bytes.fromhex("18538067")
_MATROSKA_CLUSTER = bytes.fromhex("1f43b675")
_OGG_HEADER = 27
_OGG_TAILS = (8_192, 66_048)
"""An Ogg page is at most 65,307 bytes: so much of the end holds the start of the last page, mostly far less."""


def audio_key(file: BinaryIO, family: str, bounds: Bounds) -> str | None:
    """Digest of the sound of an open file, as 32 hexadecimal digits.

    Args:
        file: The file, seekable.
        family: Container: a key of `_FINDERS`, else a plain series of frames.
        bounds: The file without the tags around it.

    Returns:
        None where there is no sound, or it cannot be found.

    Raises:
        OSError: the file cannot be read.
    """
    if bounds.size == 0:
        return None
    digest = blake2b(digest_size=16)
    found = _FINDERS.get(family, _frames)(file, bounds, digest)
    return digest.hexdigest() if found else None


def _stretch(file: BinaryIO, start: int, size: int, digest: blake2b) -> bool:
    """Add a stretch of bytes: its size, beginning, middle and end."""
    if size <= 0:
        return False
    digest.update(size.to_bytes(8, "big"))
    file.seek(start)
    if size <= 2 * _BLOCK + _MIDDLE:
        digest.update(file.read(size))
        return True
    digest.update(file.read(_BLOCK))
    file.seek(start + size // 2)
    digest.update(file.read(_MIDDLE))
    file.seek(start + size - _BLOCK)
    digest.update(file.read(_BLOCK))
    return True


def _frames(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    return _stretch(file, bounds.start, bounds.size, digest)


def _flac(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    """The MD5 of the samples in STREAMINFO where given, so that recompressing keeps the key; else the frames."""
    position = bounds.start
    file.seek(position)
    if file.read(4) != b"fLaC":
        return _frames(file, bounds, digest)
    position += 4
    for _ in range(_MAX_CHUNKS):
        if position >= bounds.end:
            break
        file.seek(position)
        head = file.read(4)
        if len(head) < 4:
            return False
        kind, size = head[0] & 0x7F, int.from_bytes(head[1:4], "big")
        if kind == 0:
            info = file.read(size)[:34]
            if len(info) == 34 and any(info[18:34]):
                digest.update(b"md5" + info[10:34])  # rate, channels, bits, number of samples, MD5
                return True
        position += 4 + size
        if head[0] & 0x80:
            break
    return _stretch(file, position, bounds.end - position, digest)


def _mp4(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    """The `mdat` atoms (ISO/IEC 14496-12, 4.2 and 8.1.1)."""
    position, found = bounds.start, False
    for _ in range(_MAX_CHUNKS):
        if position >= bounds.end:
            break
        file.seek(position)
        head = file.read(16)
        if len(head) < 8:
            break
        size, header = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = bounds.end - position
        if size < header:
            break
        if head[4:8] == b"mdat":
            found = _stretch(file, position + header, min(size, bounds.end - position) - header, digest) or found
        position += size
    return found


def _chunked(
    file: BinaryIO, bounds: Bounds, digest: blake2b, *, wanted: tuple[bytes, ...], first: int, big: bool, wide: bool
) -> bool:
    """One chunk of an IFF-like file: four letters, a size of 4 or 8 (`wide`) bytes, the body, padded to even."""
    position, header = first, 12 if wide else 8
    for _ in range(_MAX_CHUNKS):
        if position >= bounds.end:
            break
        file.seek(position)
        head = file.read(header)
        if len(head) < header:
            return False
        size = int.from_bytes(head[4:], "big" if big else "little")
        if head[:4] in wanted:
            return _stretch(file, position + header, min(size, bounds.end - position - header), digest)
        position += header + size + (size & 1)
    return False


def _wav(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    return _chunked(file, bounds, digest, wanted=(b"data",), first=bounds.start + 12, big=False, wide=False)


def _aiff(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    return _chunked(file, bounds, digest, wanted=(b"SSND",), first=bounds.start + 12, big=True, wide=False)


def _dff(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    return _chunked(file, bounds, digest, wanted=(b"DSD ", b"DST "), first=bounds.start + 16, big=True, wide=True)


def _dsf(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    """The `data` chunk; sizes in a DSF file include the chunk's 12 byte header, and only it has no padding."""
    position = bounds.start
    for _ in range(4):
        if position >= bounds.end:
            break
        file.seek(position)
        head = file.read(12)
        size = int.from_bytes(head[4:12], "little")
        if len(head) < 12 or size < 12:
            return False
        if head[:4] == b"data":
            return _stretch(file, position + 12, min(size, bounds.end - position) - 12, digest)
        position += size
    return False


def _asf(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    """The packets of the data object (ASF specification, 3 and 5); searched for, as some miscount the header."""
    file.seek(bounds.start)
    head = file.read(24)
    header_size = int.from_bytes(head[16:24], "little")
    file.seek(bounds.start)
    header = file.read(min(max(header_size + 64, _ASF_SEARCH), _ASF_MAX_HEADER, bounds.size))
    at = header.find(_ASF_DATA)
    if at < 0:
        return False
    size = int.from_bytes(header[at + 16 : at + 24], "little")
    start = bounds.start + at
    return _stretch(file, start + _ASF_DATA_HEADER, min(size, bounds.end - start) - _ASF_DATA_HEADER, digest)


def _matroska(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    """The first clusters (RFC 9559, 5.1.3); seek tables, tags and attachments stand outside them."""
    position, left, found = bounds.start, 4, False
    for _ in range(_MAX_CHUNKS):
        if position >= bounds.end:
            break
        file.seek(position)
        head = file.read(12)
        if len(head) < 12 or left == 0:
            break
        header, size = _ebml_size(head)
        if head[:4] == _MATROSKA_SEGMENT:
            position += header
            continue
        if head[:4] == _MATROSKA_CLUSTER:
            size = min(size, bounds.end - position - header)
            found = _stretch(file, position + header, size, digest) or found
            left -= 1
        position += header + size
    return found


def _ebml_size(head: bytes) -> tuple[int, int]:
    """Bytes of an element's header, and of its body (RFC 8794, 4 and 5)."""
    name = 9 - head[0].bit_length() if head[0] else 1
    first = head[name] if name < len(head) else 0
    width = 9 - first.bit_length() if first else 1
    value = int.from_bytes(head[name : name + width], "big") & ((1 << 7 * width) - 1)
    return name + width, value


def _ogg(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    """The bodies of the first pages with sound, the last page, and the length in samples (RFC 3533).

    Page headers are left out: re-tagging numbers the pages anew. So are the pages before the first with a granule
    position above 0: they hold the header packets.
    """
    position, taken = bounds.start, 0
    while taken < _BLOCK and position < bounds.end:
        file.seek(position)
        head = file.read(_OGG_HEADER)
        if len(head) < _OGG_HEADER or head[:4] != b"OggS":
            break
        lacing = file.read(head[26])
        size = sum(lacing)
        if int.from_bytes(head[6:14], "little", signed=True) > 0:
            body = file.read(min(size, _BLOCK - taken))
            digest.update(body)
            taken += len(body)
        position += _OGG_HEADER + len(lacing) + size
    return _ogg_end(file, bounds, digest) and taken > 0


def _ogg_end(file: BinaryIO, bounds: Bounds, digest: blake2b) -> bool:
    for most in _OGG_TAILS:
        start = max(bounds.start, bounds.end - most)
        file.seek(start)
        tail = file.read(bounds.end - start)
        last = tail.rfind(b"OggS")
        if last >= 0 and len(tail) - last >= _OGG_HEADER:
            digest.update(tail[last + 6 : last + 14])
            digest.update(tail[last + _OGG_HEADER + tail[last + 26] :][-1_024:])
            return True
    return False


_FINDERS = {
    "flac": _flac,
    "mp4": _mp4,
    "ogg": _ogg,
    "wav": _wav,
    "aiff": _aiff,
    "dsf": _dsf,
    "dff": _dff,
    "asf": _asf,
    "matroska": _matroska,
}

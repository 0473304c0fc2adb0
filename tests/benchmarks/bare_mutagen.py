"""The reference of `scan_bench`: read the files named on standard input with mutagen, and nothing else."""

import sys

import mutagen

for line in sys.stdin.buffer:
    media = mutagen.File(line[:-1])
    if media is not None:
        dict(media.tags or {})
        float(media.info.length)

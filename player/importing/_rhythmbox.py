"""Rhythmbox: `rhythmdb.xml` (rhythmdb/rhythmdb.c); an absent element means 0."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import defusedxml.ElementTree

from player.importing import _values as v
from player.importing._itunes import refuse_entities
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedStats, Names

FULL_RATING = 5.0


def read(data: bytes) -> ImportedHistory:
    """Counts, ratings and times of all songs; radio, podcasts and ignored files are left out.

    Raises:
        ValueError: the file is damaged or no Rhythmbox library.
    """
    refuse_entities(data)
    root = defusedxml.ElementTree.fromstring(data)
    if root.tag != "rhythmdb":
        raise ValueError("is no Rhythmbox library")
    out = HistoryBuilder("Rhythmbox library")
    for number, entry in enumerate(root.iter("entry"), 1):
        if entry.get("type") != "song":
            out.ignore()
            continue
        try:
            out.stat(_song(entry))
        except ValueError as error:
            out.bad(f"entry {number}", error)
    return out.build()


def _song(entry: Element) -> ImportedStats:
    def field(name: str) -> str:
        return entry.findtext(name) or ""

    names = Names(
        v.required(field("title"), "title"),
        v.text(field("artist")),
        v.text(field("album")),
        v.whole(field("duration"), high=864_000) * 1000,
        path=v.file_path(field("location")),
    )
    rating = v.number(field("rating") or "0")
    played = v.whole(field("last-played"))
    added = v.whole(field("first-seen"))
    return ImportedStats(
        names,
        v.whole(field("play-count")),
        0,
        v.epoch_ms(played) if played else None,
        min(rating, FULL_RATING) / FULL_RATING if rating > 0 else None,
        v.epoch_ms(added) if added else None,
    )

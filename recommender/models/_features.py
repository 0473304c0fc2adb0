"""Names of the numbers the network reads: per candidate and per event. None refers to an id.

Every number is computed from what was observed before the event it describes the candidates for.
Where a library lacks the data (albums, content vectors, thumbs), the number is 0, which is also what
the base weights were trained with.
"""

from __future__ import annotations

from enum import StrEnum


class FeatureGroup(StrEnum):
    """Which signal a candidate feature belongs to; reasons are said per group."""

    MEMORY = "memory"
    SEQUENCE = "sequence"
    SESSION = "session"
    ARTIST = "artist"
    ALBUM = "album"
    SKIP = "skip"
    TIME = "time"
    CONTENT = "content"
    THUMB = "thumb"


LAGS = 12
"""Events that have columns of their own (`lags.py`)."""
_M, _Q, _S, _A = FeatureGroup.MEMORY, FeatureGroup.SEQUENCE, FeatureGroup.SESSION, FeatureGroup.ARTIST

CANDIDATE_FEATURES: tuple[tuple[str, FeatureGroup], ...] = (
    ("memory_slow", _M),  # log share of ACT-R activation, decay 0.5
    ("memory_fast", _M),  # log share of ACT-R activation, decay 1.0
    ("plays", _M),  # log(1 + plays)
    ("since", _M),  # log hours since the last play
    ("never", _M),  # 1 if never played
    ("plays_since", _M),  # log(1 + plays of anything since)
    ("trend_day", _M),  # log decayed plays, time constant 1 day
    ("trend_month", _M),  # ... 30 days
    ("age", _M),  # log hours since the first play
    ("follows", _Q),  # log share among what followed the current track
    ("follows_recent", _Q),  # the same, later occurrences weigh more
    ("follows_count", _Q),  # log(1 + times it followed)
    ("follows_last", _Q),  # 1 / (1 + occurrences since it last followed)
    ("follows_run", _Q),  # log(1 + length of the longest past run of events that led to it)
    ("follows_run_share", _Q),  # log share, occurrences after longer equal runs weigh more
    ("follows_run_best", _Q),  # log share among occurrences after the longest equal run alone
    ("follows_run_rank", _Q),  # 1 / rank by follows_run_share; 0 beyond the first hundred
    ("follows_played", _Q),  # log share among what followed the last play (the last event may be a skip)
    ("follows_raw", _Q),  # log share among the events that came next, skips too
    ("follows_near", _Q),  # log share among what came 2 to 4 events after the current track
    ("follows_before", _Q),  # log share among what came after the earlier events, aligned to now
    ("neighbours", _S),  # log share of sequence kNN
    ("neighbours_fresh", _S),  # ... of tracks not in this session yet
    ("neighbours_wide", _S),  # log share of kNN over whole sessions
    ("neighbours_rank", _S),  # 1 / rank by neighbours
    ("neighbours_wide_rank", _S),  # 1 / rank by neighbours_wide
    ("in_session", _S),  # 1 if played in this session
    ("skipped_in_session", _S),  # 1 if skipped in this session
    ("heard_since", _S),  # log(1 + events since it was last heard, skips too)
    ("same_artist", _A),  # 1 if by the artist of the last event
    ("artist_recent", _A),  # share of the artist in the last 5 plays
    ("artist_memory", _A),  # log share of the artist's decayed plays
    ("artist_follows", _A),  # log share of the artist among those that followed the current one
    ("artist_plays", _A),  # log(1 + plays of the artist)
    ("artist_unplayed", _A),  # log(1 + tracks of the artist never played)
    ("artist_share", _A),  # log of the track's part of the artist's plays
    ("artist_since", _A),  # log hours since the artist was last played
    ("artist_discovery", _A),  # log decayed first plays of the artist, time constant 3 hours
    ("same_album", FeatureGroup.ALBUM),  # 1 if on the album of the last event
    ("album_next", FeatureGroup.ALBUM),  # 1 if the next track of an album being played, 0.5 if that is not sure
    ("skip_rate", FeatureGroup.SKIP),  # posterior mean of the track's skip rate
    ("last_skipped", FeatureGroup.SKIP),  # 1 if its last play was a skip
    ("artist_skip_rate", FeatureGroup.SKIP),
    ("artist_skips_recent", FeatureGroup.SKIP),  # log decayed skips of the artist, time constant 1 hour
    ("hour", FeatureGroup.TIME),  # log affinity to this part of the day
    ("weekday", FeatureGroup.TIME),  # log affinity to working days or weekends
    ("daily", FeatureGroup.TIME),  # log share of the plays around this time of day in the last weeks
    *((f"after_{lag}", _Q) for lag in range(LAGS)),  # log share within 5 after the event so many before the last
    *((f"around_{lag}", _S) for lag in range(LAGS)),  # ... within 6 before or after, in its session
    *((f"artist_{lag}", _A) for lag in range(LAGS)),  # 1 if by the artist of that event
    ("starts", _S),  # log(1 + sessions it opened)
    ("starts_now", _S),  # ... relative to its plays, if a session begins; else 0
    ("begins", _S),  # log(1 + hours of silence) if a session begins, else 0
    ("content", FeatureGroup.CONTENT),  # cosine to the recent plays
    ("thumb", FeatureGroup.THUMB),  # -1, 0, 1
)

EVENT_FEATURES: tuple[str, ...] = (
    "skipped",  # 1 if ended by the listener within 30 s
    "listened",  # log(1 + minutes heard)
    "gap",  # log hours between the end of the event before and its start
    "new",  # 1 if never played before
    "in_session",
    "same_artist",
    "same_album",
    "album_next",
    "since",  # log hours since its last play, 0 if new
    "plays",  # log(1 + plays)
    "follow_hit",  # its share among what followed the event before
    "run",  # log(1 + length of the past run it continued)
    "run_hit",  # its share among what followed, longer equal runs weighing more
    "run_rank",  # 1 / its rank by that
    "neighbour_hit",  # its part of the best sequence kNN score
    "wide_hit",  # its part of the best score by whole sessions
    "memory_hit",  # log share of its memory
    "artist_hit",  # log share of its artist's memory
    "skips_recent",  # share of skips in the last 5 events
    "hour_sin",
    "hour_cos",
    "position",  # log(1 + events in this session)
    "picked",  # 1 if the listener chose it
    "suggested",  # 1 if Up Next chose it
    "thumb",
)

FEATURE_NAMES: tuple[str, ...] = tuple(name for name, _ in CANDIDATE_FEATURES)
FEATURE_GROUPS: tuple[FeatureGroup, ...] = tuple(group for _, group in CANDIDATE_FEATURES)
COLUMN: dict[str, int] = {name: column for column, name in enumerate(FEATURE_NAMES)}
EVENT_COLUMN: dict[str, int] = {name: column for column, name in enumerate(EVENT_FEATURES)}

UNTRAINED: frozenset[str] = frozenset({"same_album", "album_next", "content", "thumb"})
"""Candidate features that the base logs cannot show (constant there)."""

UNTRAINED_EVENT: frozenset[str] = frozenset({"same_album", "album_next", "picked", "suggested", "thumb"})
"""Event features that the base logs cannot show."""

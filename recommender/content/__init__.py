"""Audio -> what it sounds like, for tracks nobody has played yet. Samples come from the caller."""

from recommender.content._mel import RATE, log_mel
from recommender.content._model import (
    PATCH_SECONDS,
    PATCHES,
    TAG_NAMES,
    VECTOR_SIZE,
    Content,
    ContentModel,
)
from recommender.content._music import MUSIC_SECONDS, Music, describe_music

__all__ = [
    "MUSIC_SECONDS",
    "PATCHES",
    "PATCH_SECONDS",
    "RATE",
    "TAG_NAMES",
    "VECTOR_SIZE",
    "Content",
    "ContentModel",
    "Music",
    "describe_music",
    "log_mel",
]

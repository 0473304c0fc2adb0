"""Versions of the model trained on this computer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from player.domain._ids import UtcMs


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One version of the model with its report card.

    Attributes:
        version: Name of the version, also of its folder.
        trained_at: When it was trained.
        events: Events it was trained on.
        before: Metrics of the model in use before, on the same held-out recent events.
        after: Its own metrics on them.
        active: Whether it is the one in use.
        seconds: How long the training took.
        promoted: Whether it was better and was promoted when it was made.
    """

    version: str
    trained_at: UtcMs
    events: int
    before: Mapping[str, float] = field(default_factory=dict)
    after: Mapping[str, float] = field(default_factory=dict)
    active: bool = False
    seconds: float = 0.0
    promoted: bool = False

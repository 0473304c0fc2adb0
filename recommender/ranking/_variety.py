"""Which reason of each row is said first, so that a queue does not say the same thing over and over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from recommender._api import Reason, ReasonKind, Suggestion

WINDOW = 8
"""Rows that are on the screen together."""
MAX_OF_KIND = 2
"""Rows of one kind of reason among them."""
MAX_OF_CAUSE = 3
"""Rows among them that name the same other track."""
SAID_ALIKE = {ReasonKind.EXPLORE: ReasonKind.NEW}
"""Kinds that read the same."""


def varied(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """The same suggestions, each with the first of its reasons first that was not just said too often."""
    leads: list[Reason] = []
    answer = []
    for one in suggestions:
        lead = _lead(one.reasons, leads[-(WINDOW - 1) :])
        leads.append(lead)
        answer.append(replace(one, reasons=(lead, *(reason for reason in one.reasons if reason is not lead))))
    return answer


def _lead(reasons: Sequence[Reason], before: Sequence[Reason]) -> Reason:
    kinds = Counter(_kind(reason) for reason in before)
    causes = Counter(reason.other for reason in before if reason.other is not None)

    def too_often(reason: Reason) -> bool:
        again = reason.other is not None and causes[reason.other] >= MAX_OF_CAUSE
        return kinds[_kind(reason)] >= MAX_OF_KIND or again

    fresh = next((reason for reason in reasons if not too_often(reason)), None)
    return fresh or min(reasons, key=lambda reason: kinds[_kind(reason)])


def _kind(reason: Reason) -> ReasonKind:
    return SAID_ALIKE.get(reason.kind, reason.kind)

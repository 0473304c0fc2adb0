"""Rules as masks over track ids.

A condition gives a mask, AND, OR and NOT are numpy's. Words are looked up in the full-text index, numbers compared
in cached vectors (`_numbers`), other texts searched by SQL. Comparisons with an absent number are false, and so true
under NOT.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy import Connection

from player.domain import AllOf, AnyOf, Condition, Not, Op, Rule, UsageError
from player.storage._columns import BoolArray
from player.storage._vectors import FloatArray, LongArray, id_set
from player.storage.search._filters import text_hits
from player.storage.search._numbers import NUMBER_FIELDS
from player.storage.search._orders import Orders


class RuleMasks:
    """Evaluates rules on one state of the database.

    Args:
        connection: A reading connection.
        orders: The library's cached vectors.
    """

    def __init__(self, connection: Connection, orders: Orders) -> None:
        self._connection = connection
        self._values = orders.values
        self._known: BoolArray = orders.rank(connection) >= 0

    def ids(self, rule: Rule) -> LongArray:
        """Ids of the tracks that fulfil `rule`, ascending, int64[n].

        Raises:
            UsageError: a field is compared in a way it cannot be.
        """
        return np.flatnonzero(self._mask(rule)).astype(np.int64, copy=False)

    def _mask(self, rule: Rule) -> BoolArray:
        match rule:
            case AllOf(rules):
                mask = self._known
                for each in rules:
                    mask = mask & self._mask(each)
                return mask
            case AnyOf(rules):
                mask = np.zeros_like(self._known)
                for each in rules:
                    mask = mask | self._mask(each)
                return mask
            case Not(inner):
                return self._known & ~self._mask(inner)
            case Condition(field=field) if field in NUMBER_FIELDS:
                values = self._values.vector(self._connection, field)[: len(self._known)]
                mask = np.zeros_like(self._known)
                mask[: len(values)] = _compared(values, rule)
                return mask & self._known
            case Condition():
                return self._of_ids(id_set(self._connection, text_hits(rule)))

    def _of_ids(self, ids: LongArray) -> BoolArray:
        mask = np.zeros_like(self._known)
        mask[ids[ids < len(mask)]] = True
        return mask & self._known


_COMPARISONS: dict[Op, Callable[[Any, Any], Any]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.IS: operator.eq,
    Op.HAS: operator.eq,
}


def _compared(values: FloatArray, condition: Condition) -> BoolArray:
    if condition.op is Op.EMPTY:
        return np.isnan(values)
    if isinstance(condition.value, str):
        raise UsageError(f"{condition.field.value}: is compared with a number, not with “{condition.value}”.")
    if condition.op is Op.BETWEEN:
        return (values >= condition.value) & (values <= condition.high)
    mask: BoolArray = _COMPARISONS[condition.op](values, condition.value)
    return mask

"""A warning in the log that no test expects fails the test during which it was written."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

ExpectLog = Callable[[str], None]


@dataclass
class _Watch(logging.Handler):
    """Collects every record from WARNING up.

    Attributes:
        records: What was logged.
        expected: Patterns that must each match a record, and may.
    """

    records: list[logging.LogRecord] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def complaints(self) -> list[str]:
        """What the test must be failed for, in words."""
        lines = [f"{record.name}: {record.getMessage()}" for record in self.records]
        surprising = [line for line in lines if not any(pattern.search(line) for pattern in self.expected)]
        absent = [pattern.pattern for pattern in self.expected if not any(pattern.search(line) for line in lines)]
        return [f"unexpected in the log: {line}" for line in surprising] + [
            f"expected in the log, but not there: {pattern}" for pattern in absent
        ]


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[_Watch]:
    """Watches the log of every test."""
    watch = _Watch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(log_watch: _Watch) -> ExpectLog:
    """Call with a regular expression: a warning or error "logger.name: message" like it is expected, and must come."""

    def expect(pattern: str) -> None:
        log_watch.expected.append(re.compile(pattern))

    return expect

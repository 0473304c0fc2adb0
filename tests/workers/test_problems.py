"""Errors in words for the user."""

from __future__ import annotations

import pytest

from player.domain import ProfileError
from player.workers import problem_text
from tests.bed.logs import ExpectLog


def test_what_the_user_can_mend_is_said_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    assert problem_text(ProfileError("The disk is full; make room."), "it failed") == "The disk is full; make room."
    assert not caplog.records


def test_what_is_our_fault_goes_into_the_log_file(expect_log: ExpectLog, caplog: pytest.LogCaptureFixture) -> None:
    expect_log("a list cannot be read")
    try:
        raise ZeroDivisionError("by nought")
    except ZeroDivisionError as error:
        text = problem_text(error, "a list cannot be read")
    assert text == "Something went wrong; the log file says more."
    [record] = caplog.records
    assert record.exc_info is not None
    assert "by nought" in str(record.exc_info[1])

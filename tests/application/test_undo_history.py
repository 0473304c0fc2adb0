"""One history for everything: what is undone can be redone, in any order and any depth."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from player.application import MAX_STEPS, UndoHistory


class Machine(RuleBasedStateMachine):
    """A list as the state, changed through the history, against a plain list of all states it had."""

    def __init__(self) -> None:
        super().__init__()
        self.history = UndoHistory()
        self.state: list[int] = []
        self.states: list[list[int]] = [[]]
        self.at = 0
        self.told = 0
        self.history.changed.connect(self._hear)

    def _hear(self) -> None:
        self.told += 1

    def _append(self, number: int) -> None:
        self.state = [*self.state, number]
        self.history.add(f"add {number}", undo=self._pop, redo=lambda: self.state.append(number))

    def _pop(self) -> None:
        self.state.pop()

    def _changed(self) -> None:
        self.states = [*self.states[: self.at + 1], list(self.state)]
        self.at += 1

    @rule(number=st.integers(0, 9))
    def change(self, number: int) -> None:
        """Make a change."""
        self._append(number)
        self._changed()

    @rule(numbers=st.lists(st.integers(0, 9), min_size=1, max_size=4), text=st.sampled_from(["", "several"]))
    def change_together(self, numbers: list[int], text: str) -> None:
        """Make several changes as one."""
        with self.history.together(text), self.history.together("inside"):
            for number in numbers:
                self._append(number)
        self._changed()
        assert self.history.undo_text == (text or f"add {numbers[0]}")

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        """Take a change back."""
        text, before = self.history.undo_text, self.told
        assert self.history.undo() == text
        assert self.told == before + 1
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        """Make it again."""
        text = self.history.redo_text
        assert self.history.redo() == text
        self.at += 1

    @precondition(lambda self: self.at == 0)
    @rule()
    def undo_nothing(self) -> None:
        """There is nothing to take back."""
        assert self.history.undo() == ""

    @precondition(lambda self: self.at == len(self.states) - 1)
    @rule()
    def redo_nothing(self) -> None:
        """There is nothing to make again."""
        assert self.history.redo() == ""

    @rule()
    def clear(self) -> None:
        """Forget all steps."""
        self.history.clear()
        self.states, self.at = [list(self.state)], 0

    @rule(number=st.integers(0, 9))
    def fail(self, number: int) -> None:
        """A change that could not be written is retracted; what could be redone is forgotten with it."""
        self.history.retract(self.history.add("failed", undo=lambda: None, redo=lambda: None))
        self.states = self.states[: self.at + 1]

    @invariant()
    def state_is_the_one_expected(self) -> None:
        """The state is that of the model."""
        assert self.state == self.states[self.at]
        assert bool(self.history.undo_text) == (self.at > 0)
        assert bool(self.history.redo_text) == (self.at < len(self.states) - 1)


Machine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestHistory = Machine.TestCase


def test_the_oldest_steps_are_forgotten() -> None:
    history, undone = UndoHistory(), []
    for number in range(MAX_STEPS + 5):
        history.add(str(number), undo=lambda number=number: undone.append(number), redo=lambda: None)
    while history.undo():
        pass
    assert undone == list(range(MAX_STEPS + 4, 4, -1))


def test_a_step_retracted_while_undone_cannot_be_redone() -> None:
    history = UndoHistory()
    step = history.add("one", undo=lambda: None, redo=lambda: None)
    history.undo()
    history.retract(step)
    history.retract(step)
    assert history.redo() == ""

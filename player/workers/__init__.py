"""Off the GUI thread and back: lanes (threads) and child processes."""

from player.workers._bound import start_bound
from player.workers._child import CHILD_FLAG, ChildProcess, child_command, child_environment, lower_priority
from player.workers._collector import Collector
from player.workers._interrupts import Interrupts
from player.workers._lane import Lane
from player.workers._problems import problem_text

__all__ = [
    "CHILD_FLAG",
    "ChildProcess",
    "Collector",
    "Interrupts",
    "Lane",
    "child_command",
    "child_environment",
    "lower_priority",
    "problem_text",
    "start_bound",
]

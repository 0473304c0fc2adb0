"""Between the play log and the recommender: recorder, suggestions, snapshots, training, analysis. QtCore only.

Everything is loaded at first use: the child process that listens to files needs neither Qt nor the database,
and a sub-command that only reads the log needs no ONNX Runtime.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.recommending._ahead import LoudnessAhead
    from player.recommending._analysing import Analysis, AnalysisReport, analyze
    from player.recommending._ask import EXTRACTOR, base_model
    from player.recommending._background_analysis import BackgroundAnalysis
    from player.recommending._forgetting import Forgetter, Forgetting, forget
    from player.recommending._gate import Gate, Hindrance, on_mains
    from player.recommending._idle import IdleTrainer, Outlook
    from player.recommending._keeper import suggest_now
    from player.recommending._model_exchange import ModelExchange
    from player.recommending._moving import export_model, import_model, is_model_file
    from player.recommending._players import close_crashed_plays, others_playing, playing
    from player.recommending._recorder import Recorder
    from player.recommending._service import SuggestionService
    from player.recommending._snapshot import build_snapshot
    from player.recommending._status import LearningStatus
    from player.recommending._training import Training, TrainingReport, train_now

_HOMES = {
    "EXTRACTOR": "_ask",
    "Analysis": "_analysing",
    "AnalysisReport": "_analysing",
    "BackgroundAnalysis": "_background_analysis",
    "Forgetter": "_forgetting",
    "Forgetting": "_forgetting",
    "Gate": "_gate",
    "Hindrance": "_gate",
    "IdleTrainer": "_idle",
    "LearningStatus": "_status",
    "ModelExchange": "_model_exchange",
    "LoudnessAhead": "_ahead",
    "Outlook": "_idle",
    "Recorder": "_recorder",
    "SuggestionService": "_service",
    "Training": "_training",
    "TrainingReport": "_training",
    "analyze": "_analysing",
    "base_model": "_ask",
    "build_snapshot": "_snapshot",
    "close_crashed_plays": "_players",
    "export_model": "_moving",
    "forget": "_forgetting",
    "import_model": "_moving",
    "is_model_file": "_moving",
    "on_mains": "_gate",
    "others_playing": "_players",
    "playing": "_players",
    "suggest_now": "_keeper",
    "train_now": "_training",
}

__all__ = [
    "EXTRACTOR",
    "Analysis",
    "AnalysisReport",
    "BackgroundAnalysis",
    "Forgetter",
    "Forgetting",
    "Gate",
    "Hindrance",
    "IdleTrainer",
    "LearningStatus",
    "LoudnessAhead",
    "ModelExchange",
    "Outlook",
    "Recorder",
    "SuggestionService",
    "Training",
    "TrainingReport",
    "analyze",
    "base_model",
    "build_snapshot",
    "close_crashed_plays",
    "export_model",
    "forget",
    "import_model",
    "is_model_file",
    "on_mains",
    "others_playing",
    "playing",
    "suggest_now",
    "train_now",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"player.recommending.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Training on the listener's own computer: fine-tuning, ALS, comparison with the model in use.

`python -m recommender.training SNAPSHOT OUT` runs it as a process of its own.
"""

from recommender.training._graphs import training_graphs
from recommender.training._measure import auc
from recommender.training._progress import Progress
from recommender.training._run import LEAST_PLAYS, Outcome, train
from recommender.training._step import StepSettings, Trainer

__all__ = ["LEAST_PLAYS", "Outcome", "Progress", "StepSettings", "Trainer", "auc", "train", "training_graphs"]

"""The models: signals over one listener's history, the network that weighs them, ALS."""

from recommender.models._features import CANDIDATE_FEATURES, EVENT_FEATURES, FEATURE_GROUPS, FEATURE_NAMES, FeatureGroup
from recommender.models._interactions import AlsSettings
from recommender.models._network import CLIP, PAD, NetworkSpec
from recommender.models.als import Als, AlsFactors

__all__ = [
    "CANDIDATE_FEATURES",
    "CLIP",
    "EVENT_FEATURES",
    "FEATURE_GROUPS",
    "FEATURE_NAMES",
    "PAD",
    "Als",
    "AlsFactors",
    "AlsSettings",
    "FeatureGroup",
    "NetworkSpec",
]

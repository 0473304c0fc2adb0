"""The models: signals over one listener's history, the network that weighs them, ALS."""

from recommender.models._candidates import background, candidates
from recommender.models._catalogue import Catalogue
from recommender.models._extras import ContentFeatures
from recommender.models._factors import ItemFactors
from recommender.models._features import CANDIDATE_FEATURES, EVENT_FEATURES, FEATURE_GROUPS, FEATURE_NAMES, FeatureGroup
from recommender.models._interactions import AlsSettings
from recommender.models._network import CLIP, PAD, NetworkSpec
from recommender.models._priors import priors
from recommender.models._sampling import Draw, Samples, collect, negatives
from recommender.models._sessions import session
from recommender.models._signals import FeatureSource, Signals
from recommender.models._sparse import distinct
from recommender.models.als import Als, AlsFactors
from recommender.models.baselines import RULES, Rule, RuleModel
from recommender.models.habits import Habits
from recommender.models.lstm_ids import LstmIds
from recommender.models.network import Network, inference_provider, spec_of, spec_values
from recommender.models.sequence import SequenceState

__all__ = [
    "CANDIDATE_FEATURES",
    "CLIP",
    "EVENT_FEATURES",
    "FEATURE_GROUPS",
    "FEATURE_NAMES",
    "PAD",
    "RULES",
    "Als",
    "AlsFactors",
    "AlsSettings",
    "Catalogue",
    "ContentFeatures",
    "Draw",
    "FeatureGroup",
    "FeatureSource",
    "Habits",
    "ItemFactors",
    "LstmIds",
    "Network",
    "NetworkSpec",
    "Rule",
    "RuleModel",
    "Samples",
    "SequenceState",
    "Signals",
    "background",
    "candidates",
    "collect",
    "distinct",
    "inference_provider",
    "negatives",
    "priors",
    "session",
    "spec_of",
    "spec_values",
]

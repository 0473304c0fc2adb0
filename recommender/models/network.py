"""One artefact's network, ready to run: sequence model, ranker and skip head with their sizes."""

from __future__ import annotations

from dataclasses import fields

from recommender._artefact import Artefact
from recommender._errors import ArtefactError
from recommender.models._features import EVENT_FEATURES, FEATURE_NAMES
from recommender.models._network import NetworkSpec
from recommender.models._sessions import session
from recommender.models.blend import Ranker
from recommender.models.sequence import SequenceModel


def spec_of(artefact: Artefact) -> NetworkSpec:
    """The sizes of an artefact's network.

    Raises:
        ArtefactError: It was trained on other features than this program computes.
    """
    if list(artefact.spec.get("candidate_features", ())) != list(FEATURE_NAMES) or list(
        artefact.spec.get("event_features", ())
    ) != list(EVENT_FEATURES):
        raise ArtefactError(f"model {artefact.version} was trained on other features than this version computes")
    network = artefact.spec.get("network", {})
    return NetworkSpec(
        **{field.name: int(network[field.name]) for field in fields(NetworkSpec) if field.name in network}
    )


def spec_values(spec: NetworkSpec) -> dict[str, object]:
    """The `spec` of an artefact's manifest: what `spec_of` reads."""
    return {
        "network": {field.name: getattr(spec, field.name) for field in fields(NetworkSpec)},
        "candidate_features": list(FEATURE_NAMES),
        "event_features": list(EVENT_FEATURES),
    }


def inference_provider(artefact: Artefact) -> str:
    """Return the execution provider of ONNX Runtime that an artefact's sessions really use here.

    Raises:
        ArtefactError: The artefact lacks a graph.
    """
    return str(session(artefact.graph("ranker")).get_providers()[0])


class Network:
    """Sequence model, ranker and skip head of one artefact; holds no state of a listener.

    Raises:
        ArtefactError: The artefact is incomplete or belongs to other features.
    """

    def __init__(self, artefact: Artefact) -> None:
        self.spec = spec_of(artefact)
        self.sequence = SequenceModel(artefact, self.spec)
        self.ranker = Ranker(artefact, self.spec)

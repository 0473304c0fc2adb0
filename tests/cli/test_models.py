"""Versions of the model by the command line."""

from pathlib import Path

from player.domain import ModelVersion, UtcMs
from player.paths import Profile
from player.storage import Database
from tests.cli.command import Segue


def versions(segue: Segue, *, active: str | None) -> None:
    """Three versions: the second was no better than the first."""
    profile = Profile.at(segue.profile)
    profile.database.parent.mkdir(parents=True, exist_ok=True)
    database = Database.open(profile.database)
    for at, (name, promoted) in enumerate([("own-a", True), ("own-b", False), ("own-c", True)], start=1):
        before, after = {"hr10": 0.3, "mrr20": 0.1}, {"hr10": 0.31, "mrr20": 0.2}
        database.models.add(ModelVersion(name, UtcMs(at), 100, before, after, promoted=promoted))
    database.models.activate(active)
    database.close()


def test_versions_are_listed_newest_first_with_the_one_in_use(segue: Segue) -> None:
    versions(segue, active="own-c")
    document = segue("models", "--json").document
    assert document["active"] == "own-c"
    assert [one["version"] for one in document["models"]] == ["own-c", "own-b", "own-a"]
    text = segue("models").out
    assert "* own-c" in text
    assert "HR@10 0.310 MRR@20 0.200" in text
    assert "  shipped" in text


def test_rolling_back_goes_to_what_was_used_before_and_at_last_to_the_shipped_one(segue: Segue) -> None:
    versions(segue, active="own-c")
    assert segue("models", "--roll-back", "--json").document["active"] == "own-a"
    assert segue("models", "--roll-back", "--json").document["active"] == "shipped"
    refused = segue("models", "--roll-back")
    assert refused.code == 2
    assert "shipped model is in use" in refused.err


def test_a_profile_without_models_says_so(segue: Segue, tmp_path: Path) -> None:
    assert segue("models", "--json").document == {"active": "shipped", "models": []}

"""The rules of the house that no linter knows: sizes, doors, docstrings, what must never be loaded."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path.relative_to(ROOT)
    for path in (*ROOT.glob("player/**/*.py"), *ROOT.glob("recommender/**/*.py"), ROOT / "segue.py")
)
FILE_LINES, CLASS_LINES, FUNCTION_LINES = 500, 370, 60
"""At the most; 300 lines for a file or a class are the rule."""

OFFLINE_ONLY = {"numba", "pandas", "sklearn", "torch"}
"""May be imported where the base model is trained, and nowhere else."""


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse((ROOT / path).read_text("utf-8"))


def lines(node: ast.AST) -> int:
    """How many lines a definition takes."""
    return node.end_lineno - node.lineno + 1


def imported(path: Path) -> set[str]:
    """The modules a file imports, by full name."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_nothing_is_too_long(path):
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= FILE_LINES
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            assert lines(node) <= CLASS_LINES, node.name
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert lines(node) <= FUNCTION_LINES, node.name


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_every_module_says_what_it_is_and_has_no_globals(path):
    assert ast.get_docstring(tree(path))
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_nobody_goes_through_anothers_private_door(path):
    here = f"{'.'.join(path.parent.parts)}."
    for name in imported(path):
        package, _, module = name.rpartition(".")
        if name.startswith(("player.", "recommender.")) and module.startswith("_"):
            assert here.startswith(f"{package}."), name


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_what_is_for_development_only_is_not_loaded(path):
    if "basetrain" not in path.parts:
        assert not {name.partition(".")[0] for name in imported(path)} & OFFLINE_ONLY


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=str)
def test_doors_are_honest(path):
    """`__all__` names nothing twice, and everything that is imported and not used in the door itself."""
    names = [node for node in tree(path).body if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"]
    imports = {
        alias.asname or alias.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("player", "recommender"))
        for alias in node.names
        if not (alias.asname or alias.name).startswith("_")
    }
    imports -= {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    if names:
        listed = ast.literal_eval(names[0].value)
        assert len(listed) == len(set(listed))
        assert imports <= set(listed)
    else:
        assert not imports

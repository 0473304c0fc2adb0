"""The rules of the house that no linter knows: sizes, doors, docstrings, what must never be loaded."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

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


def length(node: ast.AST) -> int:
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


def test_nothing_is_too_long():
    limits = {ast.ClassDef: CLASS_LINES, ast.FunctionDef: FUNCTION_LINES, ast.AsyncFunctionDef: FUNCTION_LINES}
    definitions = [(path, node) for path in SOURCES for node in ast.walk(tree(path)) if type(node) in limits]
    assert [(str(path), node.name) for path, node in definitions if length(node) > limits[type(node)]] == []
    assert [str(path) for path in SOURCES if len((ROOT / path).read_text("utf-8").splitlines()) > FILE_LINES] == []


def test_every_module_says_what_it_is():
    assert [str(path) for path in SOURCES if not ast.get_docstring(tree(path))] == []


def test_there_are_no_globals_to_change():
    nodes = [(str(path), node) for path in SOURCES for node in ast.walk(tree(path))]
    assert [path for path, node in nodes if isinstance(node, ast.Global)] == []


def test_nobody_goes_through_anothers_private_door():
    """A private module is for its own package and the packages inside that."""
    offences = []
    for path in SOURCES:
        here = f"{'.'.join(path.parent.parts)}."
        for name in imported(path):
            package, _, module = name.rpartition(".")
            ours = name.startswith(("player.", "recommender."))
            if ours and module.startswith("_") and not here.startswith(f"{package}."):
                offences.append((str(path), name))
    assert offences == []


def test_what_is_for_development_only_is_not_loaded():
    shipped = [path for path in SOURCES if "basetrain" not in path.parts]
    loaded = {(str(path), name.partition(".")[0]) for path in shipped for name in imported(path)}
    assert [one for one in loaded if one[1] in OFFLINE_ONLY] == []


def test_doors_are_honest():
    """`__all__` names nothing twice, and everything that is imported and not used in the door itself."""
    for path in (path for path in SOURCES if path.name == "__init__.py"):
        nodes = tree(path).body
        listed = [
            name
            for node in nodes
            if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
            for name in ast.literal_eval(node.value)
        ]
        imports = {
            alias.asname or alias.name
            for node in nodes
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("player", "recommender"))
            for alias in node.names
        }
        used = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
        assert len(listed) == len(set(listed)), path
        assert {name for name in imports - used - set(listed) if not name.startswith("_")} == set(), path


def test_ffmpeg_opens_files_in_one_place_only():
    """A file that FFmpeg opens may name others, and addresses: `player.media` forbids it that."""
    calls = [(str(path), node.func) for path in SOURCES for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    found = {path for path, called in calls if ast.unparse(called) in {"av.open", "av.container.open"}}
    assert found == {"player/media/_open.py", "player/demo/_files.py"}


def test_no_files_import_each_other():
    """Imports for type checkers count as well: files that need each other's types are one file, or need a Protocol."""
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}
    doors = {name for name, path in modules.items() if path.name == "__init__.py"}
    graph = {name: _named(path) & (modules.keys() - doors) - {name} for name, path in modules.items()}
    TopologicalSorter(graph).prepare()  # raises a CycleError that names them


def _named(path: Path) -> set[str]:
    """All modules that a file may mean by its imports."""
    names = set(imported(path))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names

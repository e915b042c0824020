"""The cut of the package: who may import whom, who touches files, who prints.

LAYERS is the picture of docs/architecture.md as data: a module imports only from layers below
its own. A new module is put where it belongs; one that is missing here fails the first test.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import toolkit
from toolkit import definition

ROOT = Path(toolkit.__file__).parent
SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
}
MODULES = sorted(name for name in SOURCES if not name.endswith("__init__"))

LAYERS = (
    {"__main__"},
    {"cli"},
    {"side_by_side", "status", "proof_screen"},
    {"columns", "console", "endings", "options", "screen", "demo"},
    {"collection", "outputs"},
    {"intake"},
    {"writing"},
    {"outline"},
    {"material"},
    {"exhibits"},
    {"wording"},
    {"filling"},
    {"swings", "progress", "comparison"},
    {"like_for_like"},
    {"previous", "timeline"},
    {"merge", "compare", "proofreading"},
    {"effects"},
    {"boxes"},
    {"sums", "alike", "choice"},
    {"ledger"},
    {"decisions", "ledger_tables"},
    {"questions"},
    {"stored"},
    {"folder"},
    {"archives"},
    {"reading"},
    {"versions"},
    {"owners"},
    {"submissions"},
    {"roster"},
    {"units", "likeness"},
    {"files", "filenames", "zips", "office"},
    {"check"},
    {"schema", "rules", "certainty"},
    {"printed", "naming"},
    {"record"},
    {"text"},
    {"quantity", "shares"},
    {"numerals"},
    {"definition"},
    {"building"},
    {"rulebook"},
    {"tree"},
    {"marks"},
    {"form", "narrative"},
    {"findings"},
    {"words", "values"},
    {"resources"},
)
LIBRARIES: dict[str, set[str]] = {
    "python_calamine": set(),  # a hostile file of a kilobyte aborts the process it runs in
    "openpyxl": {"reading"},
    "lxml": {"reading", "writing"},
    "xlsxwriter": {"writing"},
    "docx": {"writing"},
    "docxtpl": {"writing"},
    "jinja2": {"writing", "filling"},
    "click": {"cli", "console", "options", "screen", "side_by_side", "status", "proof_screen"},
    "sqlite3": {"ledger"},
}
"""Libraries that only certain parts may import."""

PURE = {
    "form",
    "tree",
    "rulebook",
    "building",
    "rules",
    "record",
    "text",
    "quantity",
    "numerals",
    "values",
    "findings",
    "schema",
    "check",
    "printed",
    "compare",
    "timeline",
    "comparison",
    "previous",
    "roster",
    "units",
    "likeness",
    "owners",
    "questions",
    "decisions",
    "choice",
    "effects",
    "alike",
    "sums",
    "boxes",
    "merge",
    "swings",
    "like_for_like",
    "progress",
    "shares",
    "naming",
    "filling",
    "wording",
    "exhibits",
    "narrative",
    *(m for m in MODULES if m.startswith("proofreading.") and not m.endswith("phrases")),
}
FILE_LIBRARIES = {"io", "os", "pathlib", "shutil", "tempfile", "zipfile", "sqlite3", "subprocess"}
FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
PRINTS = {"print", "exit", "quit", "SystemExit", "echo", "secho", "_exit"}


def part(module: str) -> str:
    """Return the name by which a module stands in the layers."""
    return module.partition(".")[0]


def imported(module: str) -> Iterator[str]:
    """Yield every module that a module imports, with its full dotted name."""
    for node in ast.walk(SOURCES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative import"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def parts_used(module: str) -> set[str]:
    """Return the parts of the package that a module imports, its own not counted."""
    ours = (name.split(".") for name in imported(module) if name.startswith("toolkit."))
    return {names[1] for names in ours if not names[1].startswith("__")} - {part(module)}


def calls(module: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield what is called and its last name."""
    for node in ast.walk(SOURCES[module]):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func, node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.value, node.func.attr


def literals(module: str) -> Iterator[str | int]:
    """Yield the strings and whole numbers that stand in a module, docstrings not counted."""
    tree = SOURCES[module]
    documents = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documents:
            value = node.value
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield value


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_exactly_one_layer(module: str) -> None:
    assert sum(part(module) in layer for layer in LAYERS) == 1


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_layers_below(module: str) -> None:
    height = next(index for index, layer in enumerate(LAYERS) if part(module) in layer)
    below = set[str]().union(*LAYERS[height + 1 :])
    assert parts_used(module) - below == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_imported_only_where_it_belongs(module: str) -> None:
    used = {name.partition(".")[0] for name in imported(module)}
    strange = {name for name in used & LIBRARIES.keys() if part(module) not in LIBRARIES[name]}
    assert strange == set()


@pytest.mark.parametrize("module", [m for m in MODULES if part(m) not in {"cli", "__main__"}])
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    called = {name for _, name in calls(module)} & PRINTS
    streams = {name for name in imported(module) if re.fullmatch(r"sys(\.std\w+|\.exit)?", name)}
    assert (called, streams) == (set(), set())


@pytest.mark.parametrize("module", sorted(PURE))
def test_a_pure_module_opens_no_file_but_the_shipped_data(module: str) -> None:
    used = {name.partition(".")[0] for name in imported(module)}
    opened = [
        ast.unparse(owner)
        for owner, name in calls(module)
        if name in FILE_CALLS and not ast.unparse(owner).startswith("resources.data(")
    ]
    assert (used & FILE_LIBRARIES, opened) == (set(), [])


FORMS = [definition.load(edition) for edition in definition.editions()]
NAMES = {name for form in FORMS for i in form.indicators.values() for name in (i.key, i.label)}
YEARS = re.compile("|".join(rf"(?<!\d){form.edition}(?!\d)" for form in FORMS))


@pytest.mark.parametrize("module", MODULES)
def test_the_code_names_no_indicator(module: str) -> None:
    assert {literal for literal in literals(module) if literal in NAMES} == set()


@pytest.mark.parametrize("module", MODULES)
def test_the_code_names_no_edition(module: str) -> None:
    assert {literal for literal in literals(module) if YEARS.search(str(literal))} == set()

"""The catalogue of words: complete, worded, printable, and what the code asks for is in it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import toolkit
from toolkit import definition, findings, words
from toolkit.findings import Finding, Refused, Severity, finding

ROOT = Path(toolkit.__file__).parent
CODES = sorted(words.entry("finding"))
FINDERS = {"finding", "Refused"}
SPEAKERS = {"say", "entry"}


@dataclass(frozen=True)
class Use:
    """A place in the code that asks for words."""

    where: str
    path: str
    whole: bool
    """False where the code completes the path at run time."""
    given: frozenset[str] | None
    """The placeholders given there; None where that is not plain to see."""


def texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of the catalogue with its dotted path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, inner in node.items():
            yield from texts(inner, f"{path}.{key}".strip("."))
    elif isinstance(node, list):
        for inner in node:
            yield from texts(inner, path)


def literals(node: ast.expr) -> Iterator[tuple[str, bool]]:
    """Yield the paths an argument can be, and whether they are whole."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, True
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield str(node.values[0].value), False
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def placeholders(text: str) -> set[str]:
    """Return the names that a text wants filled."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def given(call: ast.Call) -> frozenset[str] | None:
    """Return the names of a call's keyword arguments, None where ``**`` hides some."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def uses() -> Iterator[Use]:
    """Yield every place in the package where words are asked for by a literal."""
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            where = f"{file.relative_to(ROOT)}:{node.lineno}"
            match node.func:
                case ast.Attribute(value=ast.Name(id="words"), attr=name) if name in SPEAKERS:
                    names = given(node) if name == "say" else None
                    for path, whole in literals(node.args[0]):
                        yield Use(where, path, whole, names)
                case ast.Name(id=name) if name in FINDERS:
                    for code, whole in literals(node.args[0]):
                        yield Use(where, f"finding.{code}", whole, given(node))


USES = list(uses())


# ---------------------------------------------------------------- the catalogue itself


@pytest.mark.parametrize("code", CODES)
def test_a_finding_has_a_severity_and_a_message(code: str) -> None:
    entry = words.entry(f"finding.{code}")
    assert set(entry) <= {"severity", "message", "remedy"}
    assert entry["severity"] in set(Severity)
    assert entry["message"].endswith(("。", "}"))


@pytest.mark.parametrize("edition", definition.editions())
def test_every_format_code_of_an_edition_has_words(edition: str) -> None:
    codes = set(definition.load(edition).formats)
    assert codes - {"F7"} <= set(CODES)  # F7 is a rule and has the words of one


def test_every_text_can_be_written_in_gbk() -> None:
    for path, text in texts(words.catalogue()):
        assert text == text.encode("gbk", "ignore").decode("gbk"), path


@pytest.mark.parametrize("edition", definition.editions())
def test_every_text_of_a_form_can_be_written_in_gbk(edition: str) -> None:
    form = definition.load(edition)
    form.definition.encode("gbk")


# ---------------------------------------------------------------- what the code asks for


def test_the_code_asks_for_words() -> None:
    assert len(USES) > 40


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.where} {use.path}")
def test_what_the_code_asks_for_exists(use: Use) -> None:
    if use.whole:
        words.entry(use.path)
    else:
        assert isinstance(words.entry(use.path.rpartition(".")[0]), dict)


@pytest.mark.parametrize(
    "use",
    [use for use in USES if use.whole and use.given is not None],
    ids=lambda use: f"{use.where} {use.path}",
)
def test_every_placeholder_is_filled(use: Use) -> None:
    found = words.entry(use.path)
    text = found if isinstance(found, str) else found["message"] + found.get("remedy", "")
    implied = {"value"} if use.path.startswith("finding.") else set()
    assert placeholders(text) <= (use.given or set()) | implied


# ---------------------------------------------------------------- saying and finding


def test_an_unknown_path_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        words.say("finding.X0")


def test_a_placeholder_not_given_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        words.say("definition.twice")


def test_what_is_filled_in_is_never_read_as_a_template() -> None:
    assert words.say("definition.twice", key="{x}") == "“{x}”出现两次"


def test_a_finding_takes_the_words_and_severity_of_its_code() -> None:
    found = finding("F6", key="fee.collected", label="七")
    assert found == Finding(
        "F6", Severity.NOTICE, "“七”整段未填。没有发生的请填0。", key="fee.collected"
    )


def test_a_form_may_be_stricter() -> None:
    assert finding("F6", severity=Severity.ERROR, label="七").severity is Severity.ERROR


def test_a_refusal_survives_the_way_back_from_a_worker() -> None:
    refusal = Refused("R7", reason="空")
    again = refusal.__reduce__()[0](*refusal.__reduce__()[1])
    assert (again.finding, str(again)) == (refusal.finding, refusal.finding.message)


def test_a_finding_is_plain_data_in_json() -> None:
    data = finding("F6", label="七").in_file("甲.xlsx").as_json()
    assert (data["code"], data["severity"], data["file"]) == ("F6", "notice", "甲.xlsx")


@pytest.mark.parametrize(
    ("code", "named", "fits"),
    [
        ("F6", {"label"}, True),
        ("F6", {"label", "raw"}, True),
        ("F6", {"raw"}, False),
        ("X1", {"label"}, False),
        ("", {"label"}, False),
    ],
)
def test_a_code_fits_what_is_known(code: str, named: set[str], fits: bool) -> None:
    assert findings.fits(code, named) is fits

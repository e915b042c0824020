"""The examples of docs/数值.md, each held against what it was decided to mean."""

import re
from decimal import Decimal
from itertools import combinations

import pytest

from tests import values_page
from toolkit import text, values, words
from toolkit.findings import Number
from toolkit.reading.figures import figure

TABLE = values.table()
EXAMPLES = TABLE["examples"]

FIGURES: dict[tuple[str, str], Number] = {
    ("12", "件"): 12,
    ("１２", "件"): 12,
    ("012", "件"): 12,
    (" 5 ", "件"): 5,
    ("1\u200b2", "件"): 12,
    ("\u202d12\u202c", "件"): 12,
    ("'12", "件"): 12,
    ("5.0", "件"): 5,
    ("８．２０", "万元"): Decimal("8.2"),
    ("12件", "件"): 12,
    ("12 件", "件"): 12,
    ("60人次", "人次"): 60,
    ("1,180", "件"): 1180,
    ("1，180", "件"): 1180,
    ("1 180", "件"): 1180,
    ("+8", "项"): 8,
    ("-8", "项"): -8,
    ("负8", "项"): -8,
    ("０", "件"): 0,
    ("零", "件"): 0,
    ("〇", "件"): 0,
    ("二十", "件"): 20,
    ("廿五", "件"): 25,
    ("一百二十八", "件"): 128,
    ("壹佰贰拾捌", "件"): 128,
    ("两千零五", "件"): 2005,
    ("十万零三千", "件"): 103000,
    ("一件", "件"): 1,
    ("1.2万", "件"): 12000,
    ("二万", "件"): 20000,
    ("5万元", "万元"): 5,
    ("5", "万元"): 5,
    ("251000元", "万元"): Decimal("25.1"),
    ("251,000 元", "万元"): Decimal("25.1"),
    ("5千元", "万元"): Decimal("0.5"),
    ("0.5亿元", "万元"): 5000,
    ("伍万贰仟元整", "万元"): Decimal("5.2"),
    ("人民币5万元", "万元"): 5,
    ("¥50,000元", "万元"): 5,
    ("8045元", "万元"): Decimal("0.8045"),
}
"""Read as a figure, with the trace F3."""
NOTHING = {
    ("无", "件"),
    ("—", "件"),
    ("－", "件"),
    ("/", "件"),
    ("没有", "件"),
    ("n/a", "件"),
}
"""Words for nothing, F5."""
ROUGH = {
    ("近50", "件"),
    ("128余", "件"),
    ("730余条", "条"),
    ("约一百", "件"),
    ("百余件", "件"),
    ("十几", "件"),
    ("100以上", "件"),
    ("3～5", "件"),
    ("近50件", "条"),
}
"""No count, F4."""
BLANK = {
    ("", "件"),
    (" \u3000", "件"),
}
"""Nothing at all."""
NO_FIGURE = {
    ("约", "件"): "text",
    ("若干", "件"): "text",
    ("一", "件"): "stroke",
    ("二三", "件"): "numeral",
    ("二〇一八", "件"): "numeral",
    ("一百五", "件"): "numeral",
    ("一百零", "件"): "numeral",
    ("十十", "件"): "numeral",
    ("三点五", "万元"): "text",
    ("1.23456万", "件"): "scale",
    ("3万2", "件"): "scale",
    ("5千", "件"): "scale",
    ("5万", "万元"): "scale",
    ("五千", "万元"): "scale",
    ("5万元", "件"): "unit",
    ("12件", "条"): "unit",
    ("12？", "件"): "unsure",
    ("60人次", "人"): "unit",
    ("¥5", "万元"): "currency",
    ("同上", "件"): "reference",
    ("见附件", "件"): "reference",
    ("#REF!", "件"): "fault",
    ("TRUE", "件"): "logical",
    ("2019-1-15", "件"): "date",
    ("2019年1月", "件"): "date",
    ("50%", "件"): "percent",
    ("1e3", "件"): "scientific",
    ("(8)", "项"): "bracket",
    ("12.", "件"): "point",
    (".5", "万元"): "point",
    ("O", "件"): "letters",
    ("1l8", "件"): "letters",
    ("○", "件"): "letters",
    ("1/2", "件"): "several",
    ("3-5", "件"): "several",
    ("3+4", "件"): "several",
    ("5 3", "件"): "several",
    ("5\n3", "件"): "several",
    ("- 5", "项"): "several",
    ("1,23", "件"): "text",
    ("0,123", "件"): "text",
    ("1.180.5", "件"): "text",
    ("=5+3", "件"): "several",
    ("٣", "件"): "text",
    ("③", "件"): "text",
    ("\u202e12", "件"): "text",
    ("1000000000000", "件"): "exclusiveMaximum",
    ("0.1234567890123456789", "万元"): "digits",
}
"""F2, each with the words on why."""

CELLS: dict[tuple[str, str, str, bool], tuple[Number | None, str]] = {
    ("number", "12", "", False): (12, ""),
    ("number", "1E3", "", False): (1000, ""),
    ("number", "8.1999999999999993", "", False): (Decimal("8.2"), ""),
    ("number", "43480", "date", False): (None, "F2"),
    ("number", "0.5", "percent", False): (None, "F2"),
    ("number", "1180", "scaled", False): (None, "F2"),
    ("number", "12", '0"件"', False): (12, ""),
    ("number", "0", '0;-0;"-"', False): (0, ""),
    ("number", "12", ";;;", False): (None, "F2"),
    ("number", "12", '0"0"', False): (None, "F2"),
    ("number", "12", '0"人"', False): (None, "F2"),
    ("number", "12", "¥0.00", False): (None, "F2"),
    ("number", "12345", '[>=10000]0!.0,"万";0', False): (None, "F2"),
    ("number", "5", '[>=10000]0!.0,"万";0', False): (5, ""),
    ("number", "50", '"近"0', False): (None, "F4"),
    ("text", "1215", "struck", False): (None, "F2"),
    ("text", "151", "raised", False): (None, "F2"),
    ("text", "15", "inset", False): (None, "F2"),
    ("boolean", "TRUE", "", False): (None, "F2"),
    ("error", "#REF!", "", False): (None, "R11"),
    ("number", "12", "", True): (12, "R13"),
    ("text", "12件", "", True): (12, "R13"),
    ("text", "无", "", True): (None, "R13"),
    ("text", "近50", "", True): (None, "F4"),
    ("error", "#DIV/0!", "", True): (None, "R11"),
    ("empty", "", "", True): (None, "R12"),
}
"""Cells that hold more than a typed text: what is read of them, and the code."""


def meant(typed: str, unit: str) -> tuple[Number | None, str]:
    """Return what an example was decided to mean, and its code."""
    place = (typed, unit)
    decided: list[tuple[Number | None, str]] = []
    decided += [(FIGURES[place], "F3")] if place in FIGURES else []
    decided += [(None, "F5")] if place in NOTHING else []
    decided += [(None, "F4")] if place in ROUGH else []
    decided += [(None, "F2")] if place in NO_FIGURE else []
    decided += [(None, "")] if place in BLANK else []
    (only,) = decided
    return only


@pytest.mark.parametrize("example", EXAMPLES["texts"], ids=lambda example: repr(example["text"]))
def test_an_example_means_what_was_decided(example: dict[str, str]) -> None:
    typed, unit = example["text"], example["unit"]
    value, code = meant(typed, unit)
    reading = text.read_figure(typed, unit)
    assert (reading.value, str(reading.meaning)) == (value, code)
    assert type(reading.value) is type(value)
    if code == "F2":
        assert text.why_no_figure(typed, unit) == NO_FIGURE[typed, unit]


def test_every_example_is_decided_and_every_decision_is_shown() -> None:
    shown = [(example["text"], example["unit"]) for example in EXAMPLES["texts"]]
    assert len(shown) == len(set(shown))
    assert set(shown) == FIGURES.keys() | NOTHING | ROUGH | NO_FIGURE.keys() | BLANK


def test_a_cell_that_is_no_typed_text_means_what_was_decided() -> None:
    read = {}
    for example in EXAMPLES["cells"]:
        one = figure(values_page.cell(example), values_page.UNIT)
        how = example.get("format", example.get("style", ""))
        place = (example["kind"], example["raw"], how, example.get("formula", False))
        read[place] = (one.value, one.done)
    assert read == CELLS


# ---------------------------------------------------------------- the table itself


def test_every_reason_has_words_and_an_example() -> None:
    named = {why["name"] for why in TABLE["why"]} | {"several", "stroke", "scale", "unit", "text"}
    for name in named:
        assert "{value}" in words.entry(f"format.{name}")
    of_cells = {"shown", "struck", "raised", "inset"}  # what the reader adds to a text
    assert named == set(NO_FIGURE.values()) - {"digits", "exclusiveMaximum"} | of_cells


def test_every_reason_has_a_pattern_that_is_one() -> None:
    for why in TABLE["why"]:
        assert re.compile(why["pattern"])


def test_what_a_cell_shows_otherwise_is_said_to() -> None:
    raw = words.say("reading.scaled", raw="1180")
    assert text.why_no_figure(raw, "件") == "shown"


def test_no_character_has_two_meanings() -> None:
    numerals = TABLE["numerals"]
    signs = "".join(numerals[name] for name in ("digits", "places", "groups", "two", "minus"))
    kinds = [
        set(TABLE["ignored"]),
        set(TABLE["quotes"]),
        set("0123456789+-.,"),
        set(TABLE["plain"]),
        set(signs),
        set(TABLE["spelling"]),
        set("".join(TABLE["words"]["approximate"])),
    ]
    for one, other in combinations(kinds, 2):
        assert not one & other


@pytest.mark.parametrize("word", TABLE["words"]["nothing"])
def test_a_word_for_nothing_is_never_a_figure(word: str) -> None:
    for typed in (word, f" {word}\u3000", word.lower(), word.upper()):
        assert text.read_figure(typed, "件") == text.Reading(None, text.Meaning.NOTHING)
        assert text.says_nothing(typed)


@pytest.mark.parametrize("word", TABLE["words"]["approximate"])
def test_a_word_that_makes_a_figure_rough_does_so_before_and_behind(word: str) -> None:
    for typed in (f"{word}50", f"50{word}", f"{word}五十件", f"1,180 件{word}"):
        assert text.read_figure(typed, "件") == text.Reading(None, text.Meaning.APPROXIMATE)
    assert text.read_figure(word, "件") == text.Reading(None, text.Meaning.NO_FIGURE)


@pytest.mark.parametrize(("char", "plain"), TABLE["spelling"].items())
def test_another_spelling_is_read_as_the_plain_one(char: str, plain: str) -> None:
    typed = {"万": "二{}", "亿": "二{}", "百": "二{}", "千": "二{}", "负": "{}五"}.get(plain, "{}")
    unit = {"元": "元", "个": "个", "条": "条"}.get(plain, "件")
    typed = f"5{typed}" if unit != "件" else typed
    known = text.read_figure(typed.format(plain + "件" * (plain == "一")), unit)
    assert known.value is not None
    assert text.read_figure(typed.format(char + "件" * (plain == "一")), unit) == known

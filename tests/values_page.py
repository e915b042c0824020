"""docs/数值.md: how everything that may stand in a value cell is read, from schemas/values.toml.

Every row is what the program itself makes of an example, so that the page cannot tell otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from toolkit import text, values, words
from toolkit.findings import Number
from toolkit.reading.figures import figure
from toolkit.reading.grid import Cell, Kind, Style
from toolkit.reading.number_formats import style_of
from toolkit.text import Meaning

Row = tuple[str, ...]

HEADING = """\
# 数值怎么读

统计表里要填数的格子，填了什么、读成什么、报什么代码、要做什么，都在这里。认得准的才读作数；可以有两种意思的，一律不当作数，请填表人改。怎样改都不如直接填数字。

本页由 `schemas/values.toml` 里的例子和程序实际读出的结果生成（`make data`），不要直接修改。
"""
SEEN = {
    " ": "␣",
    "\u3000": "␣",
    "\n": "↵",
    "\u200b": "‹零宽›",
    "\u202d": "‹从左到右›",
    "\u202c": "‹止›",
    "\u202e": "‹从右到左›",
    "|": "\\|",
}
"""How the page shows characters that nobody sees, and one that would end a cell of a table."""
UNIT = "件"
"""The unit of the row in which cells that are no text stand."""


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join([HEADING, *_texts(), *_cells(), *_lists(), ""])


def _texts() -> Iterator[str]:
    yield "## 一、填的是文字\n"
    yield "␣ 是空格，↵ 是换行，‹ › 里的是看不见的字符。\n"
    heads = {
        Meaning.TIDIED: ("读作数，并留痕", ("填的是", "单位", "读作", "说明")),
        Meaning.NOTHING: ("按未填计，不当作 0", ("填的是", "单位", "说明")),
        Meaning.APPROXIMATE: ("不是确切的数", ("填的是", "单位", "说明")),
        Meaning.NO_FIGURE: ("不是数", ("填的是", "单位", "审核意见", "说明")),
        Meaning.PLAIN: ("空白：没有填，也不报", ("填的是", "单位", "说明")),
    }
    for meaning, (title, head) in heads.items():
        yield _title(title, meaning)
        yield from _table(head, _rows(meaning))


def _rows(meaning: Meaning) -> Iterator[Row]:
    """Yield the examples that are read in one way."""
    for example in values.table()["examples"]["texts"]:
        typed, unit, note = example["text"], example["unit"], example.get("note", "")
        reading = text.read_figure(typed, unit)
        if reading.meaning is not meaning:
            continue
        what: tuple[str, ...] = ()
        if meaning is Meaning.TIDIED:
            what = (_number(reading.value),)
        elif meaning is Meaning.NO_FIGURE:
            what = (words.say(f"format.{text.why_no_figure(typed, unit)}", value="…"),)
        yield _code(typed), unit, *what, note


def _cells() -> Iterator[str]:
    yield "## 二、填的不是文字\n"
    yield from _table(("格子里是", "存着", "读作", "代码", "要做什么"), map(_cell, _examples()))


def _examples() -> Iterable[Mapping[str, Any]]:
    cells: Iterable[Mapping[str, Any]] = values.table()["examples"]["cells"]
    return cells


def cell(example: Mapping[str, Any]) -> Cell:
    """Return the cell of an example."""
    told = example.get("format")
    style = Style(example.get("style", Style.GENERAL)) if told is None else style_of(told)
    kind, formula = Kind(example["kind"]), example.get("formula", False)
    return Cell(1, 1, kind, example["raw"], formula=formula, style=style)


def _cell(example: Mapping[str, Any]) -> Row:
    read = figure(cell(example), UNIT)
    remedy = words.entry(f"finding.{read.done}")["remedy"] if read.done else ""
    what = _number(read.value) if read.value is not None else "没有数"
    return example["note"], _code(example["raw"]), what, _coded(read.done), remedy


def _lists() -> Iterator[str]:
    table = values.table()
    said, signs = table["words"], table["numerals"]
    spelt = (f"{char}（{plain}）" for char, plain in table["spelling"].items())
    yield "## 三、认得的字样\n"
    yield f"- 按未填计的：{_listed(said['nothing'])}"
    yield f"- 和数写在一起、使它不确切的：{_listed(said['approximate'])}"
    yield (
        f"- 汉字数字：{signs['digits']}{signs['places']}{signs['groups']}{signs['two']}，"
        f"负数前写{signs['minus']}；同样认得{'、'.join(spelt)}"
    )
    yield f"- 数字后面可以跟的：{_listed(table['scales']['count'])}"
    yield f"- 互相换算的单位：{_listed(table['money']['units'])}；其他单位都不换算"


def _title(title: str, meaning: Meaning) -> str:
    if not meaning:
        return f"### {title}\n"
    remedy = words.entry(f"finding.{meaning}")["remedy"]
    return f"### {title}：{_coded(meaning)}\n\n怎么办：{remedy}\n"


def _coded(code: str) -> str:
    """Return a code with how strict it is."""
    if not code:
        return ""
    severity = words.entry(f"finding.{code}")["severity"]
    return f"{code}（{words.say(f'severity.{severity}')}）"


def _table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""


def _code(typed: str) -> str:
    seen = "".join(SEEN.get(char, char) for char in typed)
    return f"`{seen}`" if seen else "（空）"


def _number(number: Number | None) -> str:
    return text.spell_out(number)


def _listed(shown: Iterable[str]) -> str:
    return " ".join(map(_code, shown))

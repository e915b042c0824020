"""Mutations of texts without tags: lines, cells, encodings; and of the JSON of a record."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz import bytewise, odd

_CONTAINERS = (dict, list)


def mutated(dice: Random, data: bytes) -> bytes:
    """Mutate a text line by line and cell by cell, seldom its encoding."""
    content = data.decode()
    separator = max(",\t|", key=content.count)
    rows = [line.split(separator) for line in content.splitlines()]
    for _ in range(dice.choice((1, 2, 3, 8, 25))):
        dice.choices(_MUTATIONS, _WEIGHTS)[0](dice, rows)
    if dice.random() < 0.1:
        separator = dice.choice((",", "\t", ";", "|", " ", "\t\t", " | "))
    end = dice.choice(("\r\n", "\n", "\n", "\r", "\x0b", "\u2028"))
    content = end.join(separator.join(row) for row in rows)
    encoding = dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", dice.choice(odd.ENCODINGS)))
    changed = content.encode(encoding, "replace")
    return bytewise.mutated(dice, changed) if dice.random() < 0.1 else changed


# ---------------------------------------------------------------- lines and cells

Rows = list[list[str]]


def _row(dice: Random, rows: Rows) -> int:
    return dice.randrange(len(rows))


def _cell(dice: Random, rows: Rows) -> None:
    row = rows[_row(dice, rows)]
    if row:
        place = dice.randrange(len(row))
        told = row[place]
        where = dice.randrange(len(told) + 1)
        mixed = told[:where] + odd.value(dice) + told[where:]
        row[place] = dice.choice((odd.text(dice), odd.number(dice), mixed, told[:where]))


def _exchanged(dice: Random, rows: Rows) -> None:
    one, other = rows[_row(dice, rows)], rows[_row(dice, rows)]
    if one and other:
        place, there = dice.randrange(len(one)), dice.randrange(len(other))
        one[place], other[there] = other[there], one[place]


def _cell_dropped(dice: Random, rows: Rows) -> None:
    row = rows[_row(dice, rows)]
    del row[dice.randrange(len(row) + 1) :][:1]
    if row:
        del row[dice.randrange(len(row))]


def _cells_given(dice: Random, rows: Rows) -> None:
    row = rows[_row(dice, rows)]
    place = dice.randrange(len(row) + 1)
    row[place:place] = [odd.value(dice)] * dice.choice((1, 1, 2, 300))


def _row_dropped(dice: Random, rows: Rows) -> None:
    if len(rows) > 1:
        del rows[_row(dice, rows)]


def _row_moved(dice: Random, rows: Rows) -> None:
    row = rows.pop(_row(dice, rows))
    rows.insert(dice.randrange(len(rows) + 1), row)


def _row_again(dice: Random, rows: Rows) -> None:
    place = _row(dice, rows)
    rows[place:place] = [[*rows[place]] for _ in range(dice.choice((1, 1, 3, 2_500)))]


def _quote(dice: Random, rows: Rows) -> None:
    row = rows[_row(dice, rows)]
    if row:
        row[dice.randrange(len(row))] += dice.choice(('"', '""', "'", '"\n', *odd.CONTROLS))


_MUTATIONS: tuple[Callable[[Random, Rows], None], ...] = (
    *(_cell, _exchanged, _cell_dropped, _cells_given),
    *(_row_dropped, _row_moved, _row_again, _quote),
)
_WEIGHTS = (12, 6, 3, 3, 4, 4, 3, 2)


# ---------------------------------------------------------------- JSON


def json_mutated(dice: Random, data: bytes) -> bytes:
    """Mutate the JSON of a record, seldom so that it is none any more."""
    plain = json.loads(data)
    for _ in range(dice.choice((1, 1, 2, 4, 10))):
        _node_changed(dice, plain)
    content = json.dumps(plain, ensure_ascii=dice.random() < 0.5, indent=dice.choice((None, 2)))
    if dice.random() < 0.1:
        content = _misspelt(dice, content)
    encoding = "utf-8" if dice.random() < 0.95 else dice.choice(odd.ENCODINGS)
    changed = content.encode(encoding, "replace")
    return bytewise.mutated(dice, changed) if dice.random() < 0.1 else changed


def _node_changed(dice: Random, plain: Any) -> None:
    """Change something in a container somewhere below, deep down or not."""
    node = plain
    while inner := [one for one in _within(node) if isinstance(one, _CONTAINERS) and one]:
        if dice.random() < 0.2:
            break
        node = dice.choice(inner)
    if isinstance(node, list):
        node.insert(dice.randrange(len(node) + 1), _value(dice))
        return
    keys = [*node]
    if not keys:
        return
    key = dice.choice(keys)
    match dice.randrange(4):
        case 0:
            del node[key]
        case 1:
            node[dice.choice(keys) if dice.random() < 0.3 else odd.value(dice)] = node[key]
        case _:
            node[key] = _value(dice)


def _within(node: Any) -> list[Any]:
    return [*node.values()] if isinstance(node, dict) else [*node] if isinstance(node, list) else []


def _value(dice: Random) -> Any:
    plain: tuple[Any, ...] = (None, True, False, 0, -1, 1.5, 10**13, 10**400, 1e300, 0.1, [], {})
    odder: tuple[Any, ...] = ([[1]], {"a": {"b": None}}, "\ud800", float("nan"), float("inf"))
    return dice.choice((*plain, *odder, odd.value(dice), odd.text(dice), odd.number(dice)))


def _misspelt(dice: Random, content: str) -> str:
    deep = dice.choice((10, 990, 3_000, 100_000))
    wrong = ("[" * deep + "]" * deep, '{"a":' * deep + "1" + "}" * deep, "1e99999", "1" * 9_000)
    place = dice.choice(('"form"', '"values"', "null", ":"))
    return content.replace(place, dice.choice((*wrong, "'", ",", '"form":1,"form"')), 1)

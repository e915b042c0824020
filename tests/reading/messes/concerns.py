"""What a finding is about: which figures, by its code, its key and the names it quotes."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from toolkit import words
from toolkit.findings import Finding
from toolkit.form import Form, row_of
from toolkit.reading import vocabulary

_ELSEWHERE = frozenset({"F9", "R17", "R18", "R21", "R91"})
"""Codes about other figures, or about whole sheets."""
_NOTHING_AT_ALL = frozenset({"F10", "R57", "R92"})
_QUOTING = {
    "R16": {"column"},
    "R20": {"table"},
    "R30": {"table"},
    "R31": {"table", "column"},
    "R90": {"table"},
}
"""What these quote of a figure that they are about."""
_CONTRARY = frozenset({"R9", "R15"})
"""These quote the row, or the column, whose key and label contradict each other."""
_QUOTED = re.compile("“([^“”]*(?:“[^“”]*”[^“”]*)*)”")


def by_figure(form: Form, found: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Return the findings about each figure, its row, its column or its table."""
    return {key: [one for one in found if concerns(form, one, key)] for key in form.indicators}


def concerns(form: Form, found: Finding, key: str) -> bool:
    """Tell whether a finding is about a figure, its row, its column or its table."""
    if found.code in _ELSEWHERE:
        return False
    column = _about_column(found)
    if found.code in _NOTHING_AT_ALL or (found.key in {key, row_of(key)} and not column):
        return True
    wanted = _QUOTING.get(found.code)
    if found.code in _CONTRARY:
        wanted = {"column" if column else "row"}
    named = _named(form)[key]
    return wanted is not None and wanted <= {
        named.get(name) for name in _QUOTED.findall(found.message)
    }


def _about_column(found: Finding) -> bool:
    return words.say("reading.column") in found.message


@cache
def _named(form: Form) -> Mapping[str, Mapping[str, str]]:
    """Return what a finding may call the row, the column and the table of each figure."""
    known = vocabulary.of(form)
    named = {}
    for key in form.indicators:
        row = known.rows[row_of(key)]
        pattern = known.patterns[row.block]
        tables = [pattern.table.name, f"{pattern.table.name}·{pattern.block.label}"]
        names = {row.name: "row"} | dict.fromkeys(tables, "table")
        if not pattern.is_list:
            names[pattern.columns[key.partition("/")[2]].name] = "column"
        named[key] = names
    return named

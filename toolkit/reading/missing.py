"""What a workbook does not have of a form, said once for a table, a row, a column or a cell."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from toolkit import words
from toolkit.findings import Finding, finding
from toolkit.form import Form, Table, cell_key
from toolkit.reading.vocabulary import Leaf, Pattern, Vocabulary


def missing(
    found: Collection[str], form: Form, known: Vocabulary
) -> Mapping[str, Sequence[Finding]]:
    """Return what was not found, by the key of its table; what is whole is left out.

    Args:
        found: the keys of the indicators that were found.
        form: the edition.
        known: its vocabulary.
    """
    if len(found) == len(form.indicators):
        return {}
    told = {table.key: [*_table(table, found, form, known)] for table in form.tables}
    return {key: findings for key, findings in told.items() if findings}


def _table(
    table: Table, found: Collection[str], form: Form, known: Vocabulary
) -> Iterator[Finding]:
    patterns = [known.patterns[block.key] for block in table.blocks]
    rows = {one: [r for r in known.rows.values() if r.block == one.block.key] for one in patterns}
    there = [
        one
        for one in patterns
        if any(_key(row, column) in found for row in rows[one] for column in one.columns.values())
    ]
    if not there:
        yield _nowhere(table.name, patterns)
        return
    for pattern in patterns:
        if pattern in there:
            yield from _block(pattern, rows[pattern], found, form)
        else:
            names = [name for name in (table.name, pattern.block.label) if name]
            yield _nowhere(words.say("definition.between").join(names), [pattern])


def _nowhere(name: str, patterns: Sequence[Pattern]) -> Finding:
    """Return the finding on a table (or a block) of which there is nothing."""
    own = words.entry("sheet.columns")
    headings = [own["label"], own["value"]]
    if not patterns[0].is_list:
        headings = [c.label for one in patterns for c in one.block.columns if c.key]
    return finding("R20", table=name, headings=words.say("text.and").join(dict.fromkeys(headings)))


def _block(
    pattern: Pattern, rows: Sequence[Leaf], found: Collection[str], form: Form
) -> Iterator[Finding]:
    """Yield what is missing of a block that is there: whole rows, whole columns, cells."""
    columns = list(pattern.columns.values())
    kept = [row for row in rows if any(_key(row, column) in found for column in columns)]
    for row in rows:
        if row not in kept:
            yield finding("R8", key=row.key, label=row.name)
    lost = [column for column in columns if not any(_key(row, column) in found for row in kept)]
    for column in lost:
        yield finding("R31", table=pattern.table.name, label=column.name)
    for row in kept:
        for column in columns:
            key = _key(row, column)
            if column not in lost and key not in found:
                yield finding("R8", key=key, label=form.indicators[key].name)


def _key(row: Leaf, column: Leaf) -> str:
    return cell_key(row.key, column.key) if column.key else row.key

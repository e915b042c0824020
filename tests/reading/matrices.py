"""Forms with matrices, their workbooks, and what is located in them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.reading.printouts import TEMPLATE, Filled, Look, sheets
from toolkit import definition
from toolkit.form import Form
from toolkit.reading.grid import Cell, Kind, Sheet
from toolkit.reading.locate import Located


def parsed(name: str) -> Form:
    """Return a form of the tests."""
    file = Path(__file__).parents[1] / "data" / name
    return definition.parse(file.read_text(encoding="utf-8"), name)


SMALL, BLOCKS = parsed("matrix.yaml"), parsed("matrix-blocks.yaml")
FORMS = [SMALL, BLOCKS, *map(definition.load, definition.editions())]


def numbered(form: Form) -> dict[str, int]:
    """Return a different figure for every input."""
    return {indicator.key: 101 + n for n, indicator in enumerate(form.entered)}


def found(located: Located) -> dict[str, int]:
    """Return the figures in the located inputs."""
    return {
        key: int(placed.value.cell.raw)
        for key, placed in located.indicators.items()
        if placed.taken and placed.value.cell and placed.value.cell.raw
    }


def codes(located: Located) -> list[str]:
    return [one.code for one in located.findings]


def cells_of(one: Sheet, text: str) -> list[Cell]:
    """Return the cells that hold a text, from top to bottom."""
    return [cell for _, cell in sorted(one.cells.items()) if cell.raw == text]


def written(one: Sheet, *changes: tuple[int, int, Any]) -> Sheet:
    """Return a sheet with other contents in some cells; None empties a cell."""
    cells = dict(one.cells)
    for row, column, content in changes:
        cells.pop((row, column), None)
        if content is not None:
            kind = Kind.TEXT if isinstance(content, str) else Kind.NUMBER
            cells[row, column] = Cell(row, column, kind, str(content))
    return replace(one, cells=cells)


def documents(values: dict[str, Any] | None = None, look: Look = TEMPLATE) -> list[Sheet]:
    """Return the sheets of the form with blocks."""
    return sheets(BLOCKS, Filled(numbered(BLOCKS) if values is None else values), look)


def without(*keys: str) -> dict[str, int]:
    """Return all figures but those of some cells, rows or columns."""
    return {
        key: figure
        for key, figure in numbered(BLOCKS).items()
        if not {key, *key.split("/")} & {*keys}
    }

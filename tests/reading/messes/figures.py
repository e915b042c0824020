"""Messes of figures: how they are typed, what stands instead of them, where they land."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import cycle

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.numerals import writings
from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import WORKBOOKS
from tests.reading.messes.moving import put, sheet_of
from tests.reading.messes.oracle import LOST, Allowed
from tests.reading.messes.registry import LIST, MATRIX, Messes
from toolkit.findings import Number, Severity

mess = Messes()

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
"""Plain characters and their full-width twins."""


def write(on: Bench, key: str, text: str) -> None:
    """Type a text, whatever it looks like."""
    on.figures[key].value = text
    on.figures[key].data_type = "s"


def instead(on: Bench, contents: Sequence[str], *allowed: Allowed) -> None:
    """Let other texts or formulas stand in every second input, one after the other."""
    for key, content in zip(on.entered()[::2], cycle(contents), strict=False):
        if content.startswith("="):
            on.figures[key].value = content
        else:
            write(on, key, content)
        on.may(key, *allowed)


# ---------------------------------------------------------------- typed in other ways

WAYS: Sequence[Callable[[Number, str], str]] = (
    lambda n, _: str(n).translate(WIDE),
    lambda n, unit: f"{n}{unit}",
    lambda n, _: f"{n:,}",
    lambda n, _: f" {n}\u3000",
    lambda n, _: f"\u200b{n}\u202c",
    lambda n, unit: f"{n:,} {unit}".translate(WIDE),
    lambda n, _: f"'{n}",
    lambda n, _: f"{n}.0" if isinstance(n, int) else f"{n}0",
)
"""Ways to type a figure with its unit."""


@mess(twice=True)
def figures_typed_as_people_type(on: Bench) -> None:
    """Full-width, with commas, spaces or the unit: one meaning each, and a trace of it."""
    for (key, value), way in zip(on.typed.items(), cycle(WAYS), strict=False):
        write(on, key, way(value, on.form.indicators[key].measure.name))
        on.traced(key)


@mess()
def figures_stored_as_text(on: Bench) -> None:
    for key, value in on.typed.items():
        write(on, key, str(value))
        on.traced(key)


@mess()
def figures_written_as_numerals(on: Bench) -> None:
    for key, value in on.typed.items():
        if isinstance(value, int):
            write(on, key, writings(value)[0])
            # 一 alone may be a stroke for nothing.
            on.told(Severity.NOTICE, key) if value != 1 else on.lost(key)


@mess()
def amounts_in_other_units(on: Bench) -> None:
    """251000元 where the form asks for 万元; the unit stands with the figure."""
    units = {"元": "10000", "千元": "10", "万元": "1", "亿元": "0.0001"}
    amounts = [key for key in on.typed if on.form.indicators[key].measure.decimals]
    for key, (unit, factor) in zip(amounts, cycle(units.items()), strict=False):
        write(on, key, f"{on.typed[key] * Decimal(factor):f}{unit}")
        on.told(Severity.NOTICE, key)


@mess()
def blanks_of_spaces(on: Bench) -> None:
    instead(on, [" \u3000"], Allowed(None))


@mess()
def words_for_nothing(on: Bench) -> None:
    instead(on, ["无", "—", "/", "没有", "-", " 无 "], Allowed(None, Severity.NOTICE))


@mess()
def no_exact_counts(on: Bench) -> None:
    instead(on, ["近50", "128余", "约10件", "十几", "3～5"], LOST)


@mess()
def words_instead_of_figures(on: Bench) -> None:
    instead(
        on, ["同上", "见附件", "二三", "O", "1l8", "12（含上年3）", "12 3", "(8)", "合计"], LOST
    )


@mess()
def no_plain_numbers_as_text(on: Bench) -> None:
    """What Excel would understand, or show, and what may mean two things."""
    typed = ["1e3", "3万2", "50%", "2018-12-31", "TRUE", "1/2", "３－５", "1.180.5", "٣"]
    instead(on, typed, LOST)


@mess()
def errors_as_text(on: Bench) -> None:
    instead(on, ["#REF!", "#N/A", "#DIV/0!", "Err:502", "#VALUE!"], LOST)


@mess(kinds=WORKBOOKS)
def figures_struck_out_or_with_the_sign_of_a_footnote(on: Bench) -> None:
    """Only fonts tell the old figure from the new one, and the sign from the digits."""
    plain, struck = InlineFont(), InlineFont(strike=True)
    raised = InlineFont(vertAlign="superscript")
    for place, (key, value) in enumerate(on.typed.items()):
        cell, new = on.figures[key], TextBlock(plain, str(value))
        if place % 4 == 0:
            # In front LibreOffice would strike out other cells of the same style as well.
            cell.value = CellRichText(new, TextBlock(struck, "12"))
        elif place % 4 == 1:
            cell.value = CellRichText(new, TextBlock(raised, "1"))
        elif place % 4 == 2:
            cell.font = Font(strike=True)
        else:
            continue
        on.lost(key)


@mess()
def figures_that_cannot_be(on: Bench) -> None:
    """Negative, with decimals, beyond all bounds: kept as they stand and said to be wrong."""
    for key, value in zip(on.entered()[::4], cycle([-5, 12.5, 10**13, -0.25]), strict=False):
        on.figures[key].value = value
        measure, stands = on.form.indicators[key].measure, Decimal(str(value))
        if (measure.signed and value == -5) or (measure.decimals and value == 12.5):
            on.changed(key, stands)
        else:
            on.may(key, Allowed(stands, Severity.ERROR), LOST)


# ---------------------------------------------------------------- in the wrong place


@mess(twice=True)
def figures_pasted_one_row_off(on: Bench) -> None:
    """The figures of a section stand one row lower, over a total; they are read as they stand."""
    for keys in _columns(on):
        contents = [None, *(on.record.values[key] for key in keys)]
        for key, content in zip(keys, contents, strict=False):
            on.figures[key].value = content
            if on.form.indicators[key].computed:
                on.reported[key] = content
            else:
                on.changed(key, content)


@mess(twice=True)
def a_figure_dragged_to_the_next_row(on: Bench) -> None:
    for keys in _columns(on):
        inputs = [key for key in keys if not on.form.indicators[key].computed]
        if len(inputs) > 1:
            first, second = inputs[:2]
            on.figures[second].value = on.given[first]
            on.figures[first].value = None
            on.changed(second, on.given[first])
            on.changed(first, None)


@mess(only=MATRIX, twice=True)
def figures_pasted_one_column_off(on: Bench) -> None:
    """All of a row one cell to the right, over the totals; the last one lands beside the table."""
    for sheet in on.matrices:
        keys = on.row(on.rows(sheet)[0])
        contents = [None, *(on.record.values[key] for key in keys)]
        for key, content in zip(keys, contents, strict=False):
            on.figures[key].value = content
        if contents[-1] is not None:
            last = on.figures[keys[-1]]
            put(sheet, last.row, on.layout(sheet).explanation, contents[-1])
            on.lost(*keys)
        else:
            for key, content in zip(keys, contents, strict=False):
                on.changed(key, content)


@mess(only=LIST, twice=True)
def figures_pasted_beside_their_column(on: Bench) -> None:
    """A section one cell to the right, in 说明: its cells are empty, and that is no blank."""
    _beside(on, 1)


@mess(only=LIST, twice=True)
def figures_pasted_over_the_units(on: Bench) -> None:
    _beside(on, -1)


@mess(twice=True)
def a_correction_beside_the_table(on: Bench) -> None:
    """Nobody can tell whether it is the figure, or which of them."""
    for sheet in on.sheets:
        key = on.rows(sheet)[-1]
        filled = [one for one in on.row(key) if on.figures[one].value is not None]
        put(sheet, on.number(key), on.layout(sheet).last_column + 1, 15 if filled else "应为15")
        on.lost(*on.row(key))


def _beside(on: Bench, by: int) -> None:
    for key in on.section(2):
        cell, value = on.figures[key], on.given.get(key)
        if value is not None:
            put(sheet_of(cell), cell.row, cell.column + by, value)
            cell.value = None
            on.lost(key)


def _columns(on: Bench) -> Sequence[Sequence[str]]:
    """Return the first column of figures of every sheet, down to where it is interrupted."""
    columns: list[list[str]] = []
    for sheet in on.sheets:
        found: list[str] = []
        for key in on.rows(sheet):
            one = on.row(key)[0]
            if found and on.figures[one].row != on.figures[found[-1]].row + 1:
                break
            found.append(one)
        columns.append(found)
    return columns

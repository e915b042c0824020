"""All messes, in the order of their subjects."""

from tests.reading.messes import columns, figures, formulas, head, labels, merged, own, rows, sheets
from tests.reading.messes.registry import Mess

MESSES: tuple[Mess, ...] = (
    *rows.mess,
    *columns.mess,
    *merged.mess,
    *sheets.mess,
    *own.mess,
    *labels.mess,
    *head.mess,
    *figures.mess,
    *formulas.mess,
)

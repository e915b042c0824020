"""What a mess is: something that happens to a workbook, and where it can be seen."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import FORMATS
from toolkit.writing.layout import KEY

Make = Callable[[Bench], None]
After = Callable[[bytes], bytes]

LIST, MATRIX = "list", "matrix"


@dataclass(frozen=True, eq=False)
class Mess:
    """Something that happens to a return on its way."""

    make: Make
    only: str = ""
    """The kind of tables that an edition must have for it; "" for any."""
    kinds: Collection[str] = FORMATS
    """The formats in which it can be seen."""
    after: Mapping[str, After] = field(default_factory=dict)
    """What is done to a saved file, by format; if there are any, only these formats are tried."""
    solved: bool = True
    """Whether it can be read before some program has worked out its formulas."""
    keyless: bool = False
    """Whether it happens to a workbook that has lost its keys."""

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.make.__name__ + "_without_keys" * self.keyless

    def suits(self, bench: Bench) -> bool:
        """Tell whether it can happen to a return of an edition."""
        return not self.only or (self.only == MATRIX) == bool(bench.matrices)

    def happen(self, on: Bench) -> None:
        """Let it happen."""
        if self.keyless:
            _clear_keys(on)
        self.make(on)


def _clear_keys(on: Bench) -> None:
    """Clear every key and leave all else where it is."""
    for sheet in on.sheets:
        layout = on.layout(sheet)
        for row in range(1, layout.column_verdict_row + 1):
            sheet.cell(row, KEY).value = None
        for block in layout.printed.blocks if layout.table.is_matrix else ():
            for column in range(KEY + 1, layout.last_column + 1):
                sheet.cell(layout.key_row(block), column).value = None


class Messes(list[Mess]):
    """The messes of one kind, in the order in which they are written."""

    def __call__(
        self,
        *,
        only: str = "",
        kinds: Collection[str] = FORMATS,
        after: Mapping[str, After] | None = None,
        solved: bool = True,
        twice: bool = False,
    ) -> Callable[[Make], Make]:
        """Add a mess, with ``twice`` once more of a workbook that has lost its keys."""

        def add(make: Make) -> Make:
            for keyless in (False, True)[: 1 + twice]:
                self.append(Mess(make, only, kinds, after or {}, solved, keyless))
            return make

        return add

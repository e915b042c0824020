"""Messes of formulas, errors, formats and totals: what is stored is not what people see."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import cycle

from tests.reading.messes.bench import Bench
from tests.reading.messes.conversions import FORMATS, WORKBOOKS
from tests.reading.messes.figures import WIDE, instead, write
from tests.reading.messes.oracle import LOST, Allowed
from tests.reading.messes.registry import Messes
from toolkit.findings import Severity

mess = Messes()


# ---------------------------------------------------------------- formulas


@mess(kinds=WORKBOOKS, solved=False, twice=True)
def formulas_in_inputs(on: Bench) -> None:
    for key, value in on.typed.items():
        on.figures[key].value = f"={value}-1+1"
        on.told(Severity.WARNING, key)


@mess(kinds=WORKBOOKS, solved=False)
def inputs_that_refer_to_others(on: Bench) -> None:
    keys = on.entered()
    for key, other in zip(keys[::4], keys[1::4], strict=False):
        here, there = on.figures[key], on.figures[other]
        if here.parent is there.parent:
            here.value = f"={there.coordinate}"
            on.may(key, Allowed(on.given[other] or 0, Severity.WARNING))


def _without_results(data: bytes) -> bytes:
    """Return an .xlsx without the results of its formulas, as other programs write it."""
    return _rewritten(data, "sheet", rb"(</f>|<f[^>]*/>)<v>[^<]*</v>", rb"\1")


def _ods_without_results(data: bytes) -> bytes:
    """Return an .ods whose formulas have no results."""
    formula = rb'(<table:table-cell[^>]*table:formula="[^"]*")[^>]*?'
    result = rb"(/>|>(?:<text:p>[^<]*</text:p>)?</table:table-cell>)"
    return _rewritten(data, "content", formula + result, rb"\1/>")


def _never_recalculated(data: bytes) -> bytes:
    """Return an .xlsx in which every formula says 0, as one that nobody recalculated."""
    return _rewritten(data, "sheet", rb"(</f>|<f[^>]*/>)<v>[^<]*</v>", rb"\1<v>0</v>")


def _rewritten(data: bytes, part: str, pattern: bytes, by: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if part in info.filename and info.filename.endswith(".xml"):
                content = re.sub(pattern, by, content)
            new.writestr(info, content)
    return target.getvalue()


@mess(kinds=WORKBOOKS, after={"xlsx": _without_results, "ods": _ods_without_results})
def formulas_without_results(on: Bench) -> None:
    for key, value in [*on.typed.items()][::3]:
        on.figures[key].value = f"={value}"
        on.lost(key)


@mess(kinds=WORKBOOKS, after={"xlsx": _never_recalculated})
def totals_never_recalculated(on: Bench) -> None:
    """What stands in the totals is 0; they are added up from their parts."""


# ---------------------------------------------------------------- errors and formats

_WITH_ERRORS = [kind for kind in FORMATS if kind != "docx"]
"""LibreOffice itself writes 0 for an error where it saves a page as a document."""


@mess(kinds=_WITH_ERRORS)
def errors_in_inputs(on: Bench) -> None:
    faults = ["=1/0", "=NA()", "=#REF!", '=VALUE("x")', "=NOSUCHFUNCTION(1)"]
    instead(on, faults, LOST)


@mess(kinds=_WITH_ERRORS)
def errors_pasted_as_values(on: Bench) -> None:
    """Cells that hold an error and no formula any more."""
    for key, fault in zip(on.entered()[::2], cycle(["#REF!", "#N/A", "#DIV/0!"]), strict=False):
        on.figures[key].value = fault
        on.lost(key)


@mess(kinds=WORKBOOKS)
def no_numbers(on: Bench) -> None:
    """TRUE, a date, thousands, 元 for 万元: the number stored for it is not what people see."""
    shown: Iterator[tuple[bool | int | float | date, str]] = cycle(
        [
            (True, "General"),
            (date(2018, 12, 31), "yyyy-mm-dd"),
            (0.5, "0%"),
            (12000, "0,"),
            (1180, '0.0,,"百万"'),
            (12345, '[>=10000]0!.0,"万";0'),
            (12, '0"0"'),
            (5, '"12"'),
            (12, ";;;"),
            (5, '0"百元"'),
            (128, '0"余"'),
            (50, '0"%"'),
            (12, "[$¥-804]#,##0.00"),
        ]
    )
    for key, (value, number_format) in zip(on.entered()[::2], shown, strict=False):
        on.figures[key].value = value
        on.figures[key].number_format = number_format
        on.lost(key)


@mess(kinds=WORKBOOKS)
def formats_that_change_nothing(on: Bench) -> None:
    formats = [
        *("0", "#,##0", "0.00", "@", "General", "0000", "[Red]0", "_ * #,##0_ ", '0;;"-"'),
        *('0"{}"', '#,##0" {}";-#,##0" {}"', "0.00_ ;[Red]\\-0.00\\ "),
        '[>=100000000]0!.00,,"亿";0',
    ]
    for key, number_format in zip(on.typed, cycle(formats), strict=False):
        unit = on.form.indicators[key].measure.name
        on.figures[key].number_format = number_format.replace("{}", unit)


# ---------------------------------------------------------------- totals


@mess()
def totals_typed(on: Bench) -> None:
    for key, total in on.totals.items():
        on.figures[key].value = on.reported[key] = total
    on.codes |= {"R43"} if on.totals else set()


@mess(twice=True)
def totals_overwritten_by_wrong_ones(on: Bench) -> None:
    for key, total in on.totals.items():
        on.figures[key].value = on.reported[key] = total + 1


@mess()
def totals_typed_as_text(on: Bench) -> None:
    for key, total in on.totals.items():
        write(on, key, f"{total + 2:,}".translate(WIDE))
        on.reported[key] = total + 2


@mess(kinds=WORKBOOKS)
def totals_deleted(on: Bench) -> None:
    for total in on.form.totals:
        on.figures[total.key].value = None

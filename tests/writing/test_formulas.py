"""One rule, three renderings: LibreOffice's verdicts on the sheet are Python's."""

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import Office
from toolkit import definition, rules, text, words
from toolkit.check import check
from toolkit.findings import Number
from toolkit.form import Form, Indicator, Relation, Rule, TermKind
from toolkit.record import Record, Source, Unit, settle
from toolkit.writing import template
from toolkit.writing.layout import FIRST_FIELD_ROW, YEAR_ROW, Column, Layout

FORMS = 240
BATCH = 60
SEGMENT = re.compile(r"(×|！|提示) ([A-Z]\d+) (.*?)。")
IN_SHEET = {"F1", "F2", "F5"}

counts = st.one_of(
    st.none(),
    st.none(),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([-1, 9, 100, Decimal("1.5"), Decimal("0.25"), 10**12 - 1, 10**12]),
)
money = st.one_of(
    st.none(),
    st.sampled_from(
        [0, 5, Decimal("0.07"), Decimal("499.99"), Decimal("499.995"), 500, Decimal("-0.5")]
    ),
)
said = st.sampled_from(text.nothing_words())
totals = st.one_of(st.none(), st.integers(0, 6), st.just(Decimal("1.5")))


def figures(indicator: Indicator) -> st.SearchStrategy[Number | str | None]:
    """Draw what may stand in an input cell."""
    proper = money if indicator.measure.decimals else counts
    return st.one_of(proper, proper, proper, proper, said)


def move_to_the_edge(
    form: Form, rule: Rule, values: dict[str, Number | None], distance: int
) -> None:
    """Set the left side of a rule to its right side, or one off."""
    left, right = rule.holds.terms
    key = left.keys[0]
    amounts = [value for name in right.keys if (value := values.get(name)) is not None]
    if left.kind is TermKind.KEY and amounts and not form.indicators[key].computed:
        values[key] = text.exact(sum(amounts) + distance)


@st.composite
def records(draw: st.DrawFn, form: Form) -> Record:
    """Draw a return with blanks, zeros, decimals, words and figures at the edges of the rules."""
    mostly_blank = draw(st.booleans())
    chosen = {i.key for i in form.entered if not mostly_blank or draw(st.integers(0, 3)) == 0}
    drawn = {i.key: draw(figures(i)) for i in form.entered if i.key in chosen}
    given_values = {key: None if isinstance(v, str) else v for key, v in drawn.items()}
    for rule in draw(st.lists(st.sampled_from(form.rules), max_size=8)):
        move_to_the_edge(form, rule, given_values, draw(st.sampled_from([-1, 0, 0, 1])))
    sources = {
        key: Source(raw=value, done="F5")
        for key, value in drawn.items()
        if isinstance(value, str) and given_values[key] is None
    }
    reported = {t.key: draw(totals) for t in form.totals if draw(st.integers(0, 3)) == 0}
    values, reported = settle(form, given_values, reported)
    explained = draw(st.sets(st.sampled_from(sorted(form.indicators)), max_size=40))
    return Record(
        form.edition,
        draw(st.sampled_from([None, 2013, 2014, 2018])),
        Unit(draw(st.sampled_from(["", "某某局"])), ""),
        values,
        reported,
        nil=draw(st.integers(0, 4)) == 0,
        explanations=dict.fromkeys(sorted(explained), "已核实"),
        sources=sources,
    )


def entered_part(form: Form, key: str) -> str:
    """Return a figure people type that goes into an indicator."""
    while form.indicators[key].parts:
        key = form.indicators[key].parts[0]
    return key


def breaking(form: Form, rule: Rule) -> Record:
    """Make a return that breaks a rule, so that none is left to chance."""
    left, right = rule.holds.terms
    if rule.split:
        (total,) = left.keys
        values, reported = settle(form, {entered_part(form, total): 1}, {total: 600})
        return Record(form.edition, form.first_year, Unit("某某局"), values, reported)
    if rule.holds.relation is Relation.UNEQUAL:
        figures: dict[str, Number | None] = dict.fromkeys(right.keys, 1)
        figures |= dict.fromkeys(left.keys, len(right.keys))
    else:
        figures = dict.fromkeys(right.keys, 0)
        figures |= {entered_part(form, key): 600 for key in left.keys}
    values, reported = settle(form, figures, {})
    return Record(form.edition, form.first_year, Unit("某某局"), values, reported)


def drawn_records(form: Form) -> list[Record]:
    """Collect the records that hypothesis draws, so that they can be converted in batches."""
    collected: list[Record] = []

    @settings(
        max_examples=FORMS,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(records(form))
    def collect(record: Record) -> None:
        collected.append(record)

    collect()
    return collected


@pytest.mark.parametrize("edition", definition.editions())
def test_sheet_and_program_agree(edition: str, office: Office, tmp_path: Path) -> None:
    form = definition.load(edition)
    shown = [rule for rule in form.rules if not rule.needs_last_year]
    sample = [*drawn_records(form), *(breaking(form, rule) for rule in shown)]
    assert len(sample) >= 200
    files = []
    for number, record in enumerate(sample):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(template.filled(form, record))
    recalculated = [
        result
        for start in range(0, len(files), BATCH)
        for result in office.recalculate(files[start : start + BATCH], tmp_path / "again")
    ]
    seen: set[str] = set()
    for record, file in zip(sample, recalculated, strict=True):
        seen |= hold_against(form, record, file)
    assert {rule.code for rule in shown} | IN_SHEET <= seen


def shown_in(sheet: Worksheet, row: int, column: Column) -> str:
    """Return what a cell shows, "" for nothing."""
    value = sheet.cell(row, column).value
    return "" if value is None else str(value)


def hold_against(form: Form, record: Record, file: Path) -> set[str]:
    """Compare every verdict and total of a recalculated workbook; return the codes seen."""
    book = openpyxl.load_workbook(file, data_only=True)
    found = check(form, record)
    broken = list(rules.violations(form, record))
    seen: set[str] = set()
    for table in form.tables:
        layout, sheet = Layout(form, table), book[table.name]
        assert isinstance(sheet, Worksheet)
        for key, indicator in form.indicators.items():
            row = layout.rows[key]
            shown = shown_in(sheet, row, Column.VERDICT)
            segments = SEGMENT.findall(shown)
            # Figures of the 原报数 column stand where nobody types; they have no verdict.
            of_key = () if indicator.computed else (f for f in found if f.key == key)
            formats = {f.code for f in of_key if f.code in IN_SHEET}
            of_row = sorted(
                (v for v in broken if v.rule.anchor == key), key=lambda v: v.rule.severity.rank
            )
            context = (key, shown, record)
            assert {code for _, code, _ in segments if code in IN_SHEET} == formats, context
            lines = [
                f"{sign} {code} {said}。" for sign, code, said in segments if code not in IN_SHEET
            ]
            assert lines == [v.verdict for v in of_row], context
            if not segments:
                good = words.say("verdict.ok") if record.values[key] is not None else ""
                assert shown == good, context
            if indicator.computed:
                total = shown_in(sheet, row, Column.VALUE)
                assert (text.exact(float(total)) if total else None) == record.values[key]
            seen |= {code for _, code, _ in segments}
        ready = shown_in(sheet, YEAR_ROW, Column.VERDICT)
        assert (ready == words.say("sheet.ready")) == (not any(f.open for f in found)), (
            ready,
            found,
        )
        head = "".join(
            shown_in(sheet, row, Column.VERDICT) for row in range(FIRST_FIELD_ROW, layout.twin_row)
        )
        told = sorted(code for _, code, _ in SEGMENT.findall(head))
        assert told == sorted(f.code for f in found if f.code in {"F8", "F10", "F11"})
    return seen

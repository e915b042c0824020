"""One rule, three renderings: LibreOffice's verdicts on the sheet are Python's."""

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests.office import Office
from toolkit import definition, rules, text, words
from toolkit.check import check
from toolkit.findings import Number
from toolkit.form import Form, Indicator, Relation, Rule, TermKind, row_of
from toolkit.record import Record, Source, Unit, settle
from toolkit.writing import formulas, template
from toolkit.writing.layout import FIRST_FIELD_ROW, TITLE_ROW, YEAR_ROW, Layout, SheetLayout
from toolkit.writing.places import Place

FORMS = {False: 240, True: 120}
"""How many returns are drawn for a list, and for the three sheets of a matrix form."""
BATCH = 60
SEGMENT = re.compile(r"(×|！|提示) ([A-Z]\d+) (.*?)。")
IN_SHEET = {"F1", "F2", "F5"}
OK = words.say("verdict.ok")

counts = st.one_of(
    st.none(),
    st.none(),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([-1, 9, 100, Decimal("1.5"), Decimal("0.25")]),
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
    # One at most: a sum of several with decimals has more digits than a workbook keeps.
    largest = draw(st.sampled_from([None, None, 10**12 - 1, 10**12]))
    if largest is not None:
        given_values[draw(st.sampled_from([i.key for i in form.entered]))] = largest
    for rule in draw(st.lists(st.sampled_from(form.rules), max_size=8)):
        move_to_the_edge(form, rule, given_values, draw(st.sampled_from([-1, 0, 0, 1])))
    sources = {
        key: Source(raw=value, done="F5")
        for key, value in drawn.items()
        if isinstance(value, str) and given_values[key] is None
    }
    reported = {t.key: draw(totals) for t in form.totals if draw(st.integers(0, 3)) == 0}
    values, reported = settle(form, given_values, reported)
    explained = draw(st.sets(st.sampled_from(sorted(map(row_of, form.indicators))), max_size=40))
    years = [None, form.first_year - 1, form.first_year, form.last_year or 2018]
    levels = ["", *(level for rule in form.rules for level in rule.except_levels)]
    return Record(
        form.edition,
        draw(st.sampled_from(years)),
        Unit(draw(st.sampled_from(["", "某某局"])), "", draw(st.sampled_from(levels))),
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
        beyond = max(int(right.number), 599) + 1
        figures |= {entered_part(form, key): beyond for key in left.keys}
    values, reported = settle(form, figures, {})
    return Record(form.edition, form.first_year, Unit("某某局"), values, reported)


def drawn_records(form: Form) -> list[Record]:
    """Collect the records that hypothesis draws, so that they can be converted in batches."""
    collected: list[Record] = []

    @settings(
        max_examples=FORMS[form.tables[0].is_matrix],
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
    assert len(sample) >= FORMS[form.tables[0].is_matrix]
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


def shortened(figure: object) -> Decimal | None:
    """Return a figure with the 15 digits that a workbook keeps."""
    return None if figure is None else Context(prec=15).create_decimal(str(figure)).normalize()


def shown_at(book: Workbook, place: Place) -> str:
    """Return what a cell shows, "" for nothing."""
    value = book[place.sheet].cell(place.row, place.column).value
    return "" if value is None else str(value)


def hold_against(form: Form, record: Record, file: Path) -> set[str]:
    """Compare every verdict and total of a recalculated workbook; return the codes seen."""
    book, layout = openpyxl.load_workbook(file, data_only=True), Layout(form)
    found = check(form, record)
    broken = list(rules.violations(form, record))
    seen: set[str] = set()
    for key, indicator in form.indicators.items():
        shown = shown_at(book, layout.verdict_on(key))
        segments = SEGMENT.findall(shown)
        # Figures of the 原报数 column stand where nobody types; they have no verdict.
        of_key = () if indicator.computed else (f for f in found if f.key == key)
        formats = {f.code for f in of_key if f.code in IN_SHEET}
        of_row = sorted(
            (v for v in broken if v.rule.anchor == key), key=lambda v: v.rule.severity.rank
        )
        context = (key, shown, record)
        assert {code for _, code, _ in segments if code in IN_SHEET} == formats, context
        lines = [f"{sign} {code} {said}。" for sign, code, said in segments if code not in IN_SHEET]
        assert lines == [rules.verdict(form, v) for v in of_row], context
        if not segments:
            assert shown == (OK if record.values[key] is not None else ""), context
        if indicator.computed:
            total = shown_at(book, layout.value(key))
            assert (shortened(total) if total else None) == shortened(record.values[key]), context
        seen |= {code for _, code, _ in segments}
    for sheet in layout.sheets if layout.first.table.is_matrix else ():
        hold_rows_and_columns(book, layout, sheet, record, broken)
    ready = shown_at(book, layout.first.status(YEAR_ROW))
    shown_open = any(f.open for f in found)
    assert (ready == words.say("sheet.ready")) == (not shown_open), (ready, found)
    head = "".join(
        shown_at(book, Place(layout.first.name, row, layout.first.verdict))
        for row in range(FIRST_FIELD_ROW, layout.first.twin_row)
    )
    told = sorted(code for _, code, _ in SEGMENT.findall(head))
    assert told == sorted(f.code for f in found if f.code in {"F8", "F10", "F11"})
    entered = [i.key for i in form.entered]
    filled = sum(bool(shown_at(book, layout.value(key))) for key in entered)
    progress = words.say("sheet.progress", filled=filled, total=len(entered))
    assert shown_at(book, layout.first.status(TITLE_ROW)) == progress
    return seen


def hold_rows_and_columns(
    book: Workbook,
    layout: Layout,
    sheet: SheetLayout,
    record: Record,
    broken: Sequence[rules.Violation],
) -> None:
    """Compare the verdicts on rows and columns of a matrix with those on its figures."""
    for keys in sheet.in_row.values():
        told = [shown_at(book, sheet.verdict_on(key)) for key in keys]
        wrong = "".join(one for one in told if one != OK)
        expected = wrong or (OK if OK in told else "")
        assert shown_at(book, sheet.row_verdict(keys[0])) == expected, record
    for place, found in formulas.column_rules(layout).items():
        if place.sheet != sheet.name:
            continue
        wrong = "".join(
            words.say("verdict.short", sign=rules.SIGNS[v.rule.severity], code=v.rule.code)
            for v in broken
            if v.rule in found
        )
        filled = any(record.values[key] is not None for rule in found for key in rule.keys)
        assert shown_at(book, place) == (wrong or (OK if filled else "")), record

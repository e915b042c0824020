import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import by_hand
from toolkit import words
from toolkit.findings import Refused
from toolkit.reading import books, limits
from toolkit.reading.grid import Book, Cell, Kind, Sheet, State, Style, address, column_letters
from toolkit.reading.room import RETURN

Value = int | float | str | bool
Values = Mapping[tuple[int, int], Value]


def only(data: bytes) -> Sheet:
    (found,) = books.read(data).sheets
    return found


def cells(rows: str, changed: Mapping[str, str | bytes] | None = None) -> list[Cell]:
    return list(only(by_hand.xlsx(rows, changed)).cells.values())


def cell(content: str, changed: Mapping[str, str | bytes] | None = None) -> Cell:
    (found,) = cells(f'<row r="1">{content}</row>', changed)
    return found


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        books.read(data)
    return refused.value.finding.code


def fault(name: str) -> tuple[Kind, str]:
    return Kind.ERROR, words.say(f"reading.fault.{name}")


# ---------------------------------------------------------------- against the libraries


def by_xlsxwriter(values: Values) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("统计表")
    for (row, column), value in values.items():
        if isinstance(value, bool):
            page.write_boolean(row - 1, column - 1, value)
        elif isinstance(value, str):
            page.write_string(row - 1, column - 1, value)
        else:
            page.write_number(row - 1, column - 1, value)
    book.close()
    return target.getvalue()


def by_openpyxl(values: Values) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for (row, column), value in values.items():
        written = page.cell(row, column, value)
        if isinstance(value, str):
            written.data_type = "s"  # also when it begins with "="
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def value_of(found: Cell) -> Value:
    match found.kind:
        case Kind.NUMBER:
            return float(found.raw)
        case Kind.BOOLEAN:
            return found.raw == "TRUE"
        case _:
            return found.raw


PLACES = st.tuples(st.integers(1, RETURN.rows), st.integers(1, RETURN.columns))
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e12, 1e12, allow_nan=False)
PLAIN = st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn"))
TEXTS = st.text(PLAIN | st.sampled_from("\n\t_x0041_件＝=１"), min_size=1, max_size=20)


def grid_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Values]:
    return st.dictionaries(PLACES, texts | NUMBERS | st.booleans(), max_size=15)


def assert_reads(data: bytes, values: Values) -> None:
    found = only(data).cells
    assert set(found) == set(values)
    for place, value in values.items():
        read = value_of(found[place])
        assert type(read) is (float if type(value) is int else type(value))
        # XlsxWriter writes 16 digits of a float.
        assert read == (pytest.approx(value, rel=1e-15) if isinstance(read, float) else value)


@settings(deadline=None)
@given(grid_of(TEXTS))
def test_what_xlsxwriter_writes_is_read(values: Values) -> None:
    assert_reads(by_xlsxwriter(values), values)


@settings(deadline=None)
@given(grid_of(TEXTS.filter(lambda text: "_x" not in text)))  # openpyxl does not escape it
def test_what_openpyxl_writes_is_read(values: Values) -> None:
    assert_reads(by_openpyxl(values), values)


def locked_form() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("统计表")
    page.protect()
    page.set_column(0, 0, None, None, {"hidden": True})
    page.merge_range("B1:F1", "政府信息公开情况统计表")
    page.write_rich_string("B2", "12 ", book.add_format({"bold": True}), "件")
    page.write_datetime("C2", date(2018, 12, 31), book.add_format({"num_format": "yyyy年m月d日"}))
    page.write_number("D2", 0.5, book.add_format({"num_format": "0.0%"}))
    page.write_number("E2", 1180, book.add_format({"num_format": "#,##0.00"}))
    page.write_formula("D3", "=D2*2", value="")
    page.write_formula("D4", "=D2*2", value=1)
    page.write_formula("D5", '="甲"', value="甲")
    page.write_formula("D6", "=1/0", value="#DIV/0!")
    page.write_formula("D7", "=1=1", value=True)
    page.write_blank("D8", None, book.add_format({"locked": False}))
    book.add_worksheet("说明").hide()
    book.add_worksheet("_meta").very_hidden()
    book.define_name("公开总数", "='统计表'!$D$2")
    book.define_name("说明!局部", "='说明'!$A$1")
    book.set_custom_property("form", "2018")
    book.set_custom_property("year", 2018)
    book.set_custom_property("issued", value=True)
    book.close()
    return target.getvalue()


def test_a_form_is_read_as_openpyxl_reads_it() -> None:
    data = locked_form()
    ours, theirs = books.read(data), openpyxl.load_workbook(io.BytesIO(data))
    assert [found.name for found in ours.sheets] == theirs.sheetnames
    assert [str(found.state) for found in ours.sheets] == [
        page.sheet_state for page in theirs.worksheets
    ]
    assert dict(ours.names) == {name: d.attr_text for name, d in theirs.defined_names.items()}
    assert dict(ours.properties) == {"form": "2018", "year": "2018", "issued": "true"}
    assert ours.application == "Microsoft Excel"
    assert theirs.properties.modified is not None
    assert ours.modified == f"{theirs.properties.modified:%Y-%m-%dT%H:%M:%SZ}"
    assert ours.notes == ()
    for found, page in zip(ours.sheets, theirs.worksheets, strict=True):
        assert found.protected == page.protection.sheet
        held = {(c.row, c.column) for row in page.iter_rows() for c in row if c.value is not None}
        assert set(found.cells) == held


def test_a_form_is_read_cell_by_cell() -> None:
    form = books.read(locked_form()).sheets[0]
    assert form.merges == ((1, 2, 1, 6),)
    assert form.hidden_columns == {1}
    assert {c.address: (c.kind, c.raw, c.formula, c.style) for c in form.cells.values()} == {
        "B1": (Kind.TEXT, "政府信息公开情况统计表", False, Style.GENERAL),
        "B2": (Kind.TEXT, "12 件", False, Style.GENERAL),
        "C2": (Kind.NUMBER, "43465", False, Style.DATE),
        "D2": (Kind.NUMBER, "0.5", False, Style.PERCENT),
        "E2": (Kind.NUMBER, "1180", False, Style.GENERAL),
        "D3": (Kind.EMPTY, "", True, Style.GENERAL),
        "D4": (Kind.NUMBER, "1", True, Style.GENERAL),
        "D5": (Kind.TEXT, "甲", True, Style.GENERAL),
        "D6": (Kind.ERROR, "#DIV/0!", True, Style.GENERAL),
        "D7": (Kind.BOOLEAN, "TRUE", True, Style.GENERAL),
    }


# ---------------------------------------------------------------- single cells

CONTENTS = [
    ('<c r="A1"><v>12</v></c>', Kind.NUMBER, "12"),
    ('<c r="A1" t="n"><v> 12.50 </v></c>', Kind.NUMBER, "12.50"),
    ('<c r="A1"><v>9007199254740993</v></c>', Kind.NUMBER, "9007199254740993"),
    ('<c r="A1"><v>-1.5E+3</v></c>', Kind.NUMBER, "-1.5E+3"),
    ('<c r="A1"><v>1,180</v></c>', Kind.TEXT, "1,180"),
    ('<c r="A1"><v>１２</v></c>', Kind.TEXT, "１２"),
    ('<c r="A1"><v>1_000</v></c>', Kind.TEXT, "1_000"),
    ('<c r="A1"><v>NaN</v></c>', Kind.TEXT, "NaN"),
    ('<c r="A1"><v>1e400</v></c>', Kind.TEXT, "1e400"),
    ('<c r="A1"><v>1e-999999999</v></c>', Kind.TEXT, "1e-999999999"),
    ('<c r="A1" t="b"><v>0</v></c>', Kind.BOOLEAN, "FALSE"),
    ('<c r="A1" t="b"><v>2</v></c>', *fault("type")),
    ('<c r="A1" t="e"><v>#SPILL!</v></c>', Kind.ERROR, "#SPILL!"),
    ('<c r="A1" t="str"><v> a_x000D_b</v></c>', Kind.TEXT, " a\rb"),
    ('<c r="A1" t="d"><v>2018-12-31</v></c>', Kind.TEXT, "2018-12-31"),
    ('<c r="A1" t="odd"><v>1</v></c>', *fault("type")),
    ('<c r="A1" t="s"><v>1</v></c>', Kind.TEXT, "乙"),
    ('<c r="A1" t="s"><v>2</v></c>', *fault("reference")),
    ('<c r="A1" t="s"><v>-1</v></c>', *fault("reference")),
    ('<c r="A1" t="s"><v>x</v></c>', *fault("reference")),
    ('<c r="A1" t="inlineStr"><is><t>12</t></is></c>', Kind.TEXT, "12"),
    (
        '<c r="A1" t="inlineStr"><is><t><![CDATA[a<f>5</f>b]]></t></is></c>',
        Kind.TEXT,
        "a<f>5</f>b",
    ),
    (
        '<c r="A1" t="inlineStr"><is><r><t>12</t></r><r><rPr/><t> 件</t></r>'
        "<rPh><t>x</t></rPh></is></c>",
        Kind.TEXT,
        "12 件",
    ),
    ('<c r="A1" t="str"><v>_x005F_x000D_</v></c>', Kind.TEXT, "_x000D_"),
    ('<c r="A1" t="str"><v>_x0000__xD800_</v></c>', Kind.TEXT, "\ufffd\ufffd"),
    (f'<c r="A1" t="str"><v>{"长" * 32_768}</v></c>', *fault("long")),
    (f'<c r="A1"><v>{"1" * 40_000}</v></c>', *fault("long")),
]


@pytest.mark.parametrize(("content", "kind", "raw"), CONTENTS)
def test_a_fault_stays_in_its_cell(content: str, kind: Kind, raw: str) -> None:
    first, second = cells(f'<row r="1">{content}<c r="B1"><v>5</v></c></row>')
    assert (first.kind, first.raw, first.formula) == (kind, raw, False)
    assert (second.kind, second.raw) == (Kind.NUMBER, "5")


def test_an_iso_date_has_the_style_of_a_date() -> None:
    assert cell('<c r="A1" t="d"><v>2018-12-31</v></c>').style is Style.DATE


@pytest.mark.parametrize("content", ["", "<v/>", "<is><t/></is>"])
def test_an_empty_cell_is_in_the_grid_only_as_a_formula(content: str) -> None:
    assert cells(f'<row r="1"><c r="A1" s="1">{content}</c></row>') == []
    found = cell(f'<c r="A1"><f>B1</f>{content}</c>')
    assert (found.kind, found.raw, found.formula) == (Kind.EMPTY, "", True)


def test_an_empty_text_is_a_result() -> None:
    found = cell('<c r="A1" t="str"><f>""</f><v></v></c>')
    assert (found.kind, found.raw) == (Kind.TEXT, "")


def test_a_string_is_plain_or_in_runs() -> None:
    items = by_hand.strings(
        "<r><t>主动</t></r><r><rPr><b/></rPr><t>公开</t></r><rPh><t>x</t></rPh>", "<t> 6</t>", ""
    )
    content = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(3))
    found = cells(f"<row>{content}</row>", {by_hand.STRINGS: items})
    assert [c.raw for c in found] == ["主动公开", " 6"]


def test_cells_without_a_reference_follow_each_other() -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>'
        '<row r="9"><c r="$aa$12"><v>6</v></c></row>'
    )
    assert [c.address for c in cells(rows)] == ["A1", "C1", "C5", "D5", "A6", "AA12"]


@pytest.mark.parametrize("reference", ["", "1", "A0", "１２", "AAAA1", "A-1", "A99999999999"])
def test_a_cell_without_a_place_is_damage(reference: str) -> None:
    assert code_of(by_hand.xlsx(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')) == "R3"


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9999999999"])
def test_a_row_without_a_place_is_damage(number: str) -> None:
    rows = f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>'
    assert code_of(by_hand.xlsx(rows)) == "R3"


def test_two_cells_at_one_place_are_unsafe() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    assert code_of(by_hand.xlsx(rows)) == "R4"


@pytest.mark.parametrize("index", ["0", "7", "-1", "x", "99999999999"])
def test_a_bad_style_changes_nothing(index: str) -> None:
    assert cell(f'<c r="A1" s="{index}"><v>1</v></c>').style is Style.GENERAL


def test_fonts_make_figures_uncertain() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet()
    plain, struck = book.add_format({"bold": True}), book.add_format({"font_strikeout": True})
    raised = book.add_format({"font_script": 1})
    for column, form in enumerate((plain, struck, raised)):
        page.write_number(0, column, 12, form)
    page.write_rich_string(1, 0, plain, "15", "1")
    page.write_rich_string(1, 1, struck, "12", plain, "15")
    page.write_rich_string(1, 2, "15", raised, "1")
    page.write_rich_string(1, 3, "15", struck, " ")
    book.close()
    (sheet,) = books.read(target.getvalue()).sheets
    marks = [Style.GENERAL, Style.STRUCK, Style.RAISED]
    assert [one.style for one in sheet.cells.values()] == [*marks, *marks, Style.GENERAL]


def test_a_font_that_is_switched_off_says_nothing() -> None:
    runs = '<r><rPr><strike val="0"/><vertAlign val="baseline"/></rPr><t>1</t></r><r><t>2</t></r>'
    assert cell(f'<c r="A1" t="inlineStr"><is>{runs}</is></c>').style is Style.GENERAL
    struck = runs.replace(' val="0"', "")
    assert cell(f'<c r="A1" t="inlineStr"><is>{struck}</is></c>').style is Style.STRUCK


def test_text_boxes_are_told() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, texts in (("统计表", ["微信应为 15", " ", "长" * 99]), ("空", [])):
        page = book.add_worksheet(name)
        page.write_number(0, 0, 12)
        for place, text in enumerate(texts):
            page.insert_textbox(place, 2, text)
    book.close()
    told = ("微信应为 15", "长" * 40)
    notes = [words.say("reading.note.box", sheet="统计表", text=text) for text in told]
    assert books.read(target.getvalue()).notes == tuple(notes)


def test_styles_come_from_the_number_formats() -> None:
    styles = (
        f'<styleSheet xmlns="{by_hand.MAIN}"><numFmts><numFmt numFmtId="176" formatCode="0%"/>'
        '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/>'
        '<xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="31"/></cellXfs></styleSheet>'
    )
    content = "".join(f'<c s="{n}"><v>1</v></c>' for n in range(4))
    found = cells(f"<row>{content}</row>", {by_hand.STYLES: styles})
    assert [c.style for c in found] == [Style.GENERAL, Style.DATE, Style.PERCENT, Style.DATE]


@pytest.mark.parametrize(("stated", "day"), [("1", True), ("true", True), ("0", False)])
def test_dates_may_count_from_1904(stated: str, day: bool) -> None:
    styles = (
        f'<styleSheet xmlns="{by_hand.MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>"
    )
    workbook = by_hand.workbook(after=f'<workbookPr date1904="{stated}"/>')
    changed = {by_hand.STYLES: styles, by_hand.WORKBOOK: workbook}
    book = books.read(by_hand.xlsx('<row r="1"><c r="A1" s="1"><v>1</v></c></row>', changed))
    assert book.from_1904 is day
    (found,) = book.sheets[0].cells.values()
    assert found.style is (Style.DATE_OF_1904 if day else Style.DATE)


def test_addresses() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 256, 703)] == ["A", "Z", "AA", "IV", "AAA"]
    assert address(12, 4) == "D12"


# ---------------------------------------------------------------- the package


def strict(content: str | bytes) -> str | bytes:
    return (
        str(content)
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
        .replace(by_hand.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    )


def test_strict_files_read_alike() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    found = by_hand.packed((name, strict(part)) for name, part in by_hand.parts(rows).items())
    assert books.read(found) == books.read(by_hand.xlsx(rows))


def test_strict_files_name_their_properties_otherwise() -> None:
    kinds = ("extendedProperties", "customProperties", "metadata/core-properties")
    root = by_hand.relationships(
        ("rId1", "officeDocument", by_hand.WORKBOOK),
        *((kind, kind, f"docProps/{n}.xml") for n, kind in enumerate(kinds)),
    )
    changed = {
        "_rels/.rels": root,
        "docProps/0.xml": '<Properties xmlns="urn:x"><Application>WPS</Application></Properties>',
        "docProps/1.xml": '<Properties><property name="年"><i4>2018</i4></property></Properties>',
        "docProps/2.xml": '<p xmlns:t="urn:t"><t:modified>2019-01-15T08:00:00Z</t:modified></p>',
    }
    found = books.read(by_hand.xlsx("", changed))
    assert found.application == "WPS"
    assert found.properties == {"年": "2018"}
    assert found.modified == "2019-01-15T08:00:00Z"


def absolute(parts: dict[str, str | bytes]) -> None:
    parts["_rels/.rels"] = by_hand.relationships(("rId1", "officeDocument", "/xl/workbook.xml"))
    parts[by_hand.RELATIONSHIPS] = by_hand.relationships(
        ("rId1", "worksheet", "/xl/worksheets/sheet1.xml")
    )


def without_root_relationships(parts: dict[str, str | bytes]) -> None:
    del parts["_rels/.rels"]


def backslashes(parts: dict[str, str | bytes]) -> None:
    for name in list(parts):
        parts[name.replace("/", "\\").upper()] = parts.pop(name)


def utf_16(parts: dict[str, str | bytes]) -> None:
    parts[by_hand.SHEET] = str(parts[by_hand.SHEET]).encode("utf-16")


def wrong_counts(parts: dict[str, str | bytes]) -> None:
    parts[by_hand.STRINGS] = str(parts[by_hand.STRINGS]).replace(
        "<sst ", '<sst count="4294967295" uniqueCount="4294967295" '
    )


def wrong_dimension(parts: dict[str, str | bytes]) -> None:
    parts[by_hand.SHEET] = str(parts[by_hand.SHEET]).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )


def external_link(parts: dict[str, str | bytes]) -> None:
    parts[by_hand.RELATIONSHIPS] = str(parts[by_hand.RELATIONSHIPS]).replace(
        "</Relationships>",
        '<Relationship Id="x" Type="t/sheet" Target="../../../a" TargetMode="External"/>'
        "</Relationships>",
    )


@pytest.mark.parametrize(
    "change",
    [
        absolute,
        without_root_relationships,
        backslashes,
        utf_16,
        wrong_counts,
        wrong_dimension,
        external_link,
    ],
)
def test_packages_that_read_alike(change: Callable[[dict[str, str | bytes]], None]) -> None:
    rows = '<row r="3"><c r="D3" t="s"><v>0</v></c><c r="E3"><v>7</v></c></row>'
    changed = by_hand.parts(rows)
    change(changed)
    assert books.read(by_hand.packed(changed.items())) == books.read(by_hand.xlsx(rows))


def test_sheets_have_states_and_names_their_scope() -> None:
    entries = "".join(
        f'<sheet name="{name}" state="{name}" r:id="rId1"/>'
        for name in ("visible", "hidden", "veryHidden", "odd")
    )
    names = (
        '<definedNames><definedName name="甲">表!$A$1</definedName><definedName name="乙" '
        'localSheetId="0">表!$A$2</definedName></definedNames>'
    )
    found = books.read(by_hand.xlsx("", {by_hand.WORKBOOK: by_hand.workbook(entries, names)}))
    assert [page.state for page in found.sheets] == [
        State.VISIBLE,
        State.HIDDEN,
        State.VERY_HIDDEN,
        State.VISIBLE,
    ]
    assert found.names == {"甲": "表!$A$1"}


def test_merges_columns_and_protection() -> None:
    content = by_hand.sheet(
        "",
        '<cols><col min="1" max="2" hidden="1"/><col min="3" max="3"/>'
        '<col min="255" max="16384" hidden="true"/></cols>',
        '<sheetProtection sheet="1"/><mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="D4"/>'
        '<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A5000:B5001"/></mergeCells>',
    )
    found = only(by_hand.xlsx("", {by_hand.SHEET: content}))
    assert found.hidden_columns == {1, 2, 255, 256}
    assert found.merges == ((2, 2, 3, 3), (4, 4, 4, 4), (1, 1, RETURN.rows, RETURN.columns))
    assert found.protected
    assert not only(by_hand.xlsx()).protected


def test_macros_are_noted_and_left_alone() -> None:
    notes = books.read(by_hand.xlsx("", {"xl/vbaProject.bin": b"\0"})).notes
    assert notes == (words.say("reading.note.macros"),)


# ---------------------------------------------------------------- refusals and limits


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (by_hand.packed([("return.xlsx", by_hand.xlsx())]), "R2"),
        (by_hand.packed([("xl/other.xml", "<a/>")]), "R3"),
        (by_hand.xlsx()[:-50], "R3"),
        (by_hand.packed([*by_hand.parts().items(), *by_hand.parts().items()]), "R4"),
        (by_hand.packed([*by_hand.parts().items(), ("../a", "")]), "R4"),
        (by_hand.packed([("xl/a", ""), *((f"xl/{n}", "") for n in range(1_001))]), "R4"),
    ],
)
def test_what_is_no_sound_xlsx_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


DOCTYPE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
MERGES = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 5_001 + "</mergeCells>"
BROKEN: dict[str, tuple[str, dict[str, str | bytes]]] = {
    "no sheets": ("R3", {by_hand.WORKBOOK: f'<workbook xmlns="{by_hand.MAIN}"/>'}),
    "cut sheet": ("R3", {by_hand.SHEET: by_hand.sheet("<row><c>")[:-30]}),
    "missing sheet": ("R3", {by_hand.RELATIONSHIPS: by_hand.relationships()}),
    "nested": ("R3", {by_hand.SHEET: by_hand.sheet("<row>" * 99_999 + "</row>" * 99_999)}),
    "outside": (
        "R4",
        {by_hand.RELATIONSHIPS: by_hand.relationships(("rId1", "worksheet", "../../a.xml"))},
    ),
    "many sheets": ("R4", {by_hand.WORKBOOK: by_hand.workbook('<sheet name="a"/>' * 51)}),
    "many merges": ("R4", {by_hand.SHEET: by_hand.sheet(after=MERGES)}),
    "many rows": ("R4", {by_hand.SHEET: by_hand.sheet("<row/>" * 2_000_000)}),
    "one long part": ("R4", {by_hand.STRINGS: by_hand.strings(f"<t>{'长' * 2_800_000}</t>")}),
    "many strings": ("R4", {by_hand.STRINGS: by_hand.strings(*[""] * 760_000)}),
    "many styles": (
        "R4",
        {by_hand.STYLES: f'<s xmlns="{by_hand.MAIN}"><cellXfs>{"<xf/>" * 1_600_000}</cellXfs></s>'},
    ),
}
BROKEN |= {
    f"document type in {name}": ("R4", {name: DOCTYPE + str(part)})
    for name, part in by_hand.parts().items()
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_hostile_part_is_refused(name: str) -> None:
    code, changed = BROKEN[name]
    assert code_of(by_hand.xlsx("", changed)) == code


def test_a_property_part_with_a_document_type_is_refused() -> None:
    root = by_hand.relationships(
        ("rId1", "officeDocument", by_hand.WORKBOOK), ("rId2", "custom-properties", "custom.xml")
    )
    changed = {"_rels/.rels": root, "custom.xml": f"{DOCTYPE}<a><property>&b;</property></a>"}
    assert code_of(by_hand.xlsx("", changed)) == "R4"


def test_stray_cells_far_away_are_left_out_and_noted() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="IW1"><v>2</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    )
    found = books.read(by_hand.xlsx(rows))
    assert list(found.sheets[0].cells) == [(1, 1)]
    assert found.notes == (
        words.say("reading.note.beyond", sheet="统计表", rows=2000, columns=256),
    )


def test_styled_cells_far_away_are_not_worth_a_note() -> None:
    assert books.read(by_hand.xlsx('<row r="1048576"><c r="XFD1048576" s="1"/></row>')).notes == ()


def test_one_long_string_in_many_cells_takes_no_room() -> None:
    rows = "<row>" + '<c t="s"><v>0</v></c>' * 200 + "</row>"
    found = cells(rows, {by_hand.STRINGS: by_hand.strings(f"<t>{'a' * 1_000_000}</t>")})
    assert {(c.kind, c.raw) for c in found} == {fault("long")}


def test_the_cells_of_all_sheets_are_limited() -> None:
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 250}</row>" for _ in range(410))
    entries = '<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/>'
    assert len(cells(rows)) == 102_500
    assert code_of(by_hand.xlsx(rows, {by_hand.WORKBOOK: by_hand.workbook(entries)})) == "R4"


# ---------------------------------------------------------------- anything at all


def read_or_refuse(data: bytes) -> Book | Refused:
    try:
        return books.read(data)
    except Refused as refused:
        return refused


FORM = locked_form()
DAMAGE = st.lists(st.tuples(st.integers(0, len(FORM) - 1), st.integers(0, 255)), max_size=8)


@settings(deadline=None)
@given(DAMAGE, st.integers(0, len(FORM)))
def test_damage_anywhere_is_read_or_refused(damage: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(FORM)
    for place, byte in damage:
        data[place] = byte
    assert read_or_refuse(bytes(data))
    assert read_or_refuse(bytes(data[:cut]))


with zipfile.ZipFile(io.BytesIO(FORM)) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist()}


@settings(deadline=None)
@given(
    st.sampled_from(sorted(PARTS)),
    st.integers(0, 5_000),
    st.integers(0, 10),
    st.sampled_from([b"", b'"', b"<", b"-1", b"A", b"99999999999", b"<v>", b"\0", b" ", b"x=''"]),
)
def test_damage_within_a_part_is_read_or_refused(
    name: str, place: int, length: int, replacement: bytes
) -> None:
    part = PARTS[name]
    place %= len(part)
    damaged = part[:place] + replacement + part[place + length :]
    assert read_or_refuse(by_hand.packed((PARTS | {name: damaged}).items()))


def test_guard_limits_are_those_the_documentation_names() -> None:
    assert RETURN.file_bytes == 10 * 1024**2
    assert (RETURN.rows, RETURN.columns, RETURN.merges) == (2_000, 256, 5_000)
    assert (limits.SHEETS, RETURN.cells) == (50, 200_000)

"""Hostile worksheets of .xlsx."""

from tests.reading import by_hand
from tests.reading.attacks.kept import ATTACKS, Attack, attack
from tests.reading.attacks.spelt import number, page, row
from tests.reading.by_hand import sheet, xlsx


@attack
def far_corners() -> bytes:
    return page(row(1, number("A1")) + row(1_048_576, number("XFD1048576")))


@attack
def wide_and_2_000_rows() -> bytes:
    return page(row(1, number("A1")) + row(2_000, number("XFD2000")))


@attack
def stray_entry_at_the_bottom() -> bytes:
    return page(row(1, number("A1")) + row(1_048_576, number("E1048576")))


@attack
def merged_everything() -> bytes:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return page(row(1, number("A1")), after=merged)


@attack
def merges_200_000() -> bytes:
    merged = "".join(f'<mergeCell ref="A{2 * n + 1}:B{2 * n + 2}"/>' for n in range(200_000))
    return page("", after=f"<mergeCells>{merged}</mergeCells>")


@attack
def rows_to_the_end() -> bytes:
    rows = (row(n, *(number(f"{c}{n}") for c in "ABCDE")) for n in range(1, 200_000))
    return page("".join(rows))


@attack
def rows_up_to_the_limit_of_a_part() -> bytes:
    rows = (row(n, *(f'<c r="{c}{n}"/>' for c in "ABCDE")) for n in range(1, 80_000))
    return page("".join(rows))


@attack
def four_parts_up_to_the_limit() -> bytes:
    """As much as a package may hold, all of it to be gone through and nothing of it kept."""
    part = sheet('<row r="1">' + '<c r="A1"/>' * 700_000 + "</row>")
    names = [f"rId{n}" for n in range(1, 5)]
    entries = "".join(f'<sheet name="{name}" r:id="{name}"/>' for name in names)
    related = [(name, "worksheet", f"worksheets/{name}.xml") for name in names]
    parts: dict[str, str | bytes] = {
        by_hand.WORKBOOK: by_hand.workbook(entries),
        by_hand.RELATIONSHIPS: by_hand.relationships(*related),
    }
    return xlsx("", parts | {f"xl/worksheets/{name}.xml": part for name in names})


@attack
def empty_rows_20_million() -> bytes:
    return page("<row/>" * 20_000_000)


@attack
def styled_blank_rows_a_million() -> bytes:
    return page("".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(1, 1_000_000)))


@attack
def small_cells_in_the_quick_way() -> bytes:
    """Just below the size up to which a sheet is taken apart by an expression."""
    cells = (row(n, *(f'<c r="{c}{n}"/>' for c in "ABCDEFGH")) for n in range(1, 8_000))
    return page("".join(cells)[:1_040_000].rpartition("<row")[0])


@attack
def formulas_without_an_end() -> bytes:
    return page('<row r="1">' + '<c r="A1"><f>1' * 70_000 + "</row>")


@attack
def attributes_without_an_end() -> bytes:
    return page('<row r="1"' + ' a="1"' * 100_000 + "<row")


# ---------------------------------------------------------------- XML


@attack
def nested_3_million() -> bytes:
    return page("<row>" * 3_000_000 + "</row>" * 3_000_000)


@attack
def attributes_300_000() -> bytes:
    return page("<row " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>")


def _with_entities(declared: str, part: str) -> Attack:
    def make() -> bytes:
        content = str(by_hand.parts()[part])
        return xlsx("", {part: f"<!DOCTYPE a [{declared}]>{content.replace('>', '>&z;', 1)}"})

    return make


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(25)
)
QUADRATIC = f'<!ENTITY z "{"a" * 100_000}">'
EXTERNAL = '<!ENTITY z SYSTEM "file:///etc/hostname">'
for _part in (by_hand.SHEET, by_hand.STRINGS, by_hand.WORKBOOK):
    for _name, _declared in {
        "laughs": LAUGHS,
        "quadratic": QUADRATIC,
        "external": EXTERNAL,
    }.items():
        ATTACKS[f"{_name}_in_{_part.rpartition('/')[2]}"] = _with_entities(_declared, _part)

"""Hostile documents, pages and texts."""

from tests.reading import by_hand
from tests.reading.attacks.kept import attack


def _word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return by_hand.packed([("word/document.xml", document)])


@attack
def word_cells_without_end() -> bytes:
    return _word("<w:tbl>" + f"<w:tr>{'<w:tc/>' * 500}</w:tr>" * 1_500 + "</w:tbl>")


@attack
def word_texts_without_end() -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return _word("<w:tbl>" + f"<w:tr>{cell * 63}</w:tr>" * 1_990 + "</w:tbl>")


@attack
def word_wide_and_merged_downwards() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return _word("<w:tbl>" + f"<w:tr>{cell * 10}</w:tr>" * 2_000 + "</w:tbl>")


@attack
def word_tables_without_end() -> bytes:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return _word(table * 90_000)


@attack
def word_tables_in_tables() -> bytes:
    inner = "<w:p><w:r><w:t>1</w:t></w:r></w:p>"
    for _ in range(80):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return _word(inner)


@attack
def a_page_of_open_tags() -> bytes:
    return b"<html>" + b"<b><table>" * 199_000


@attack
def a_page_of_tables_in_tables() -> bytes:
    return b"<html>" + b"<table><tr><td>1" * 130_000


@attack
def a_page_of_spans() -> bytes:
    cell = b"<td rowspan=65534 colspan=65534>1"
    return b"<html><table>" + (b"<tr>" + cell * 60) * 1_600


@attack
def a_page_of_narrow_spans() -> bytes:
    return b"<html><table>" + (b"<tr>" + b"<td rowspan=2000>1" * 100) * 1_900


@attack
def a_page_of_torn_spans() -> bytes:
    """In every row a cell reaches down into the next one, which has no room for it."""
    table = b"<table>" + b"<tr><td rowspan=2000>1<td>2" * 1_990 + b"</table>"
    return b"<html>" + table * 45


@attack
def a_page_of_one_table_that_goes_on() -> bytes:
    """Every table repeats the heading of the one before, as on a new page."""
    further = (b"<table><tr><td>1<td>2<tr><td>%d<td>4</table>" % row for row in range(49_000))
    return b"<html>" + b"".join(further)


@attack
def a_page_of_one_text() -> bytes:
    return b"<html><table><tr><td>" + b"a" * 8_000_000


@attack
def a_page_of_entities() -> bytes:
    return b"<html><table><tr><td>" + b"&#x4E2D;" * 1_000_000


@attack
def a_page_of_attributes() -> bytes:
    names = b" ".join(b"a%d=1" % n for n in range(390_000))
    return b"<html><table><tr><td " + names + b">1</table>"


@attack
def commas_without_end() -> bytes:
    return b"1,2\n" + b"," * 8_000_000


@attack
def lines_of_commas_without_end() -> bytes:
    return b",,,,,,,\n" * 1_000_000


@attack
def quotes_without_end() -> bytes:
    return b"a,b\nc,d\n" + b'"",' * 2_700_000


@attack
def a_quote_without_end() -> bytes:
    return b'a,b\nc,d\ne,"' + b"x\n" * 4_000_000


@attack
def lines_without_end() -> bytes:
    return b"\n" * 8_000_000


@attack
def tabs_between_prose() -> bytes:
    return b"a\tb\nx\nx\n" * 60_000


@attack
def tables_of_a_text_without_end() -> bytes:
    return b"".join(b"a%d\tb\n\nx\n\n" % n for n in range(40_000))


@attack
def bars_without_end() -> bytes:
    return b"a\n" + b"|" * 8_000_000 + b"\n" + b"b |\n" * 40


@attack
def one_cell_a_line_without_end() -> bytes:
    return b"x |\n" * 190_000


@attack
def an_xml_workbook_of_rows() -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "<Row><Cell/></Row>" * 400_000
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}"><Worksheet><Table>{rows}</Table>'
        "</Worksheet></Workbook>"
    ).encode()

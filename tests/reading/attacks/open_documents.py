"""Hostile OpenDocument spreadsheets."""

from tests.reading import open_document
from tests.reading.attacks.kept import attack


def _repeated(name: str, count: int) -> str:
    return f'table:number-{name}-repeated="{count}"'


@attack
def repeated_cells_90_million() -> bytes:
    cell = open_document.number("1", attributes=_repeated("columns", 9_000))
    row = open_document.row(cell, attributes=_repeated("rows", 10_000))
    return open_document.ods(open_document.table(row))


@attack
def repeated_rows_in_50_sheets() -> bytes:
    cell = open_document.number("1", attributes=_repeated("columns", 2))
    row = open_document.row(cell, attributes=_repeated("rows", 999_999_999))
    return open_document.ods(open_document.table(row) * 50)


@attack
def repeated_spans() -> bytes:
    spans = 'table:number-rows-spanned="999999999" table:number-columns-spanned="2"'
    cell = open_document.cell(attributes=f"{spans} {_repeated('columns', 999_999_999)}")
    row = open_document.row(cell, attributes=_repeated("rows", 999_999_999))
    return open_document.ods(open_document.table(row))


@attack
def spaces_without_end() -> bytes:
    text = "<text:s text:c='99999999'/>" * 100_000
    return open_document.ods(
        open_document.table(
            open_document.row(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>")
        )
    )


@attack
def groups_within_groups() -> bytes:
    inner = open_document.row(open_document.number("1"))
    for _ in range(200):
        inner = f"<table:table-row-group>{inner}</table:table-row-group>"
    return open_document.ods(open_document.table(inner))


@attack
def styles_in_a_circle() -> bytes:
    styles = "".join(
        f'<style:style style:family="table-cell" style:name="s{n}" '
        f'style:parent-style-name="s{(n + 1) % 90_000}"/>'
        for n in range(90_000)
    )
    return open_document.ods(open_document.table(""), styles)


@attack
def empty_cells_up_to_the_limit_of_a_part() -> bytes:
    return open_document.ods(
        open_document.table(open_document.row("<table:table-cell/>" * 440_000))
    )


@attack
def a_flat_file_up_to_the_limit() -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    rows = open_document.row(cell * 300) * 420
    return open_document.flat(open_document.table(rows))

"""Small parts of hostile workbooks."""

from tests.reading import by_hand


def page(rows: str, **parts: str) -> bytes:
    return by_hand.xlsx("", {by_hand.SHEET: by_hand.sheet(rows, **parts)})


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def number(place: str) -> str:
    return f'<c r="{place}"><v>1</v></c>'

"""The note on a file that could not be read: which file, what is wrong with it, what to do."""

import io

import xlsxwriter

from toolkit import marks, words
from toolkit.findings import Finding
from toolkit.marks import Kind, Mark
from toolkit.writing.marked_words import one_line, problem
from toolkit.writing.sheets import Sheet
from toolkit.writing.style import Look, Looks, height_for

_WIDTHS = (14.0, 70.0)
_LONGEST = 600


def note(file: str, refusal: Finding) -> bytes:
    """Return the workbook; the same file and refusal always give the same bytes.

    Args:
        file: name of the file.
        refusal: why it could not be read.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = Sheet(book, Looks(book), words.say("marked.sheet"))
    sheet.widths(_WIDTHS)
    sheet.across(0, 0, 1, words.say("marked.note.title"), Look.TITLE)
    sheet.height(0, 36)
    asked = words.say("marked.note.ask", file=one_line(file, _LONGEST))
    sheet.across(1, 0, 1, asked, Look.PARAGRAPH)
    sheet.height(1, height_for(asked, sum(_WIDTHS) - 8, 17) + 8)
    for row, (name, content) in enumerate(_rows(file, refusal), 2):
        sheet.text(row, 0, words.say(f"marked.note.{name}"), Look.HEADER)
        sheet.text(row, 1, content, Look.TEXT, font_size=10.5)
        sheet.height(row, height_for(content, _WIDTHS[1] - 4, 15.5) + 6)
    sheet.raw.set_paper(9)
    sheet.raw.set_margins(left=0.7, right=0.7)
    sheet.raw.center_horizontally()
    sheet.raw.fit_to_pages(1, 1)
    book.set_custom_property(Mark.KIND, Kind.NOTE, "text")
    book.set_properties({"title": words.say("marked.note.title"), "created": marks.CREATED})
    book.close()
    return buffer.getvalue()


def _rows(file: str, refusal: Finding) -> list[tuple[str, str]]:
    remedies: dict[str, str] = words.entry("marked.remedy")
    return [
        ("file", one_line(file, _LONGEST)),
        ("problem", one_line(problem(refusal), _LONGEST)),
        ("remedy", remedies.get(refusal.code, remedies["other"])),
        ("code", refusal.code),
    ]

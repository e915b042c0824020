"""Charts in Word: a chart part with its figures in an embedded workbook, so that it can be edited.

python-docx knows no charts. XlsxWriter writes the chart part; what a chart in Word has besides
(ECMA-376 part 1, 21.2.2.63 externalData) is put into it. Lengths are in millimetres.
"""

import io
import zipfile
from typing import Any

import xlsxwriter
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from docx.text.run import Run
from lxml import etree

from toolkit import marks, words
from toolkit.exhibits import Kind, Panel
from toolkit.writing import charts, gbt9704

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_FONT = {"name": gbt9704.PLAIN_FONT, "size": gbt9704.SIZE_5_PT}

_BAR_MM, _FRAME_MM = 9, 6
"""What a bar takes up with its gap, and what stands above and below the bars."""
_COLUMNS_MM = 72
"""The height of a chart with columns."""

_BOOK = "rId1"
"""The relationship by which a chart part finds its workbook, the only one it has."""
_SWITCHES = (
    "showLegendKey",
    "showVal",
    "showCatName",
    "showSerName",
    "showPercent",
    "showBubbleSize",
)
"""What stands at a bar, in the schema's order; what is left out is shown by some programs."""


def add(document: Document, run: Run, panel: Panel, number: int) -> None:
    """Put a chart into a run of text.

    Args:
        document: the document the run belongs to.
        run: the run; it should have a paragraph to itself.
        panel: what the chart shows.
        number: of the chart in the document, from 1.
    """
    package = document.part.package
    book = Part(
        package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _book(panel, with_chart=False),
        package,
    )
    name = package.next_partname("/word/charts/chart%d.xml")
    chart = Part(name, CONTENT_TYPE.DML_CHART, chart_xml(panel), package)
    chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    reference = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    run._r.append(parse_xml(_inline(document, panel, reference, number)))


def chart_xml(panel: Panel) -> bytes:
    """Return the chart part of a panel."""
    with zipfile.ZipFile(io.BytesIO(_book(panel, with_chart=True))) as package:
        root = etree.fromstring(package.read("xl/charts/chart1.xml"))
    for language in root.iter(_in_chart("lang")):
        language.set("val", "zh-CN")
        language.addnext(etree.Element(_in_chart("roundedCorners"), val="0"))
    for paragraph in root.iter(f"{{{_DRAWING}}}endParaRPr"):
        paragraph.set("lang", "zh-CN")
    for latin in root.iter(f"{{{_DRAWING}}}latin"):  # else Chinese text has the theme's typeface
        typeface = etree.Element(f"{{{_DRAWING}}}ea", typeface=latin.get("typeface", ""))
        latin.addnext(typeface)
    for labels in root.iter(_in_chart("dLbls")):
        _say_all(labels)
    for settings in root.findall(_in_chart("printSettings")):
        root.remove(settings)
    external = etree.SubElement(root, _in_chart("externalData"))
    external.set(f"{{{_RELATIONSHIP}}}id", _BOOK)
    etree.SubElement(external, _in_chart("autoUpdate"), val="0")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _in_chart(name: str) -> str:
    return f"{{{_CHART}}}{name}"


def _say_all(labels: etree._Element) -> None:
    """Say of everything that can stand at a bar whether it does: the figure, nothing else."""
    for name in _SWITCHES:
        for known in labels.findall(_in_chart(name)):
            labels.remove(known)
        etree.SubElement(labels, _in_chart(name), val="1" if name == "showVal" else "0")


# ---------------------------------------------------------------- the workbook


def _book(panel: Panel, *, with_chart: bool) -> bytes:
    """Return the workbook with the figures of a panel."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": panel.caption, "created": marks.CREATED})
    name = words.say("report.panel.sheet")
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, panel.of)
    sheet.set_column(0, 0, 24)
    for row, part in enumerate(panel.names, 1):
        sheet.write_string(row, 0, part)
    for column, series in enumerate(panel.series, 1):
        sheet.write_string(0, column, series.name)
        for row, figure in enumerate(series.figures, 1):
            sheet.write_number(row, column, figure)
    if with_chart:
        sheet.insert_chart(0, 4, _chart(book, panel, name))
    book.close()
    return buffer.getvalue()


def _chart(book: Any, panel: Panel, sheet: str) -> Any:
    """Return the chart as it stands on a page: its title is the caption below it."""
    made = charts.chart(book, panel, sheet, 0, _FONT)
    made.set_title({"none": True})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    made.set_plotarea({"fill": {"none": True}})
    return made


# ---------------------------------------------------------------- its place in the text


def _next_id(document: Document) -> int:
    """Return an identifier that no drawing of the document has."""
    used = (int(one.get("id", "0")) for one in document.element.iter(f"{{{_PLACE}}}docPr"))
    return max(used, default=0) + 1


def _inline(document: Document, panel: Panel, reference: str, number: int) -> bytes:
    """Return the drawing that shows a chart, as wide as the text."""
    section = document.sections[-1]
    sides_taken = (section.left_margin or 0) + (section.right_margin or 0)
    width = (section.page_width or Mm(gbt9704.PAGE_WIDTH_MM)) - sides_taken
    bars = _FRAME_MM + _BAR_MM * len(panel.names)
    height = Mm(bars if panel.kind is Kind.BARS else _COLUMNS_MM)
    drawing = etree.Element(
        f"{{{_WORD}}}drawing", nsmap={"w": _WORD, "wp": _PLACE, "a": _DRAWING, "r": _RELATIONSHIP}
    )
    inline = etree.SubElement(drawing, f"{{{_PLACE}}}inline")
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    etree.SubElement(inline, f"{{{_PLACE}}}extent", cx=str(width), cy=str(height))
    etree.SubElement(inline, f"{{{_PLACE}}}effectExtent", l="0", t="0", r="0", b="0")
    etree.SubElement(
        inline,
        f"{{{_PLACE}}}docPr",
        id=str(_next_id(document)),
        name=f"{words.say('report.panel.chart')}{number}",
        descr=panel.told,
    )
    etree.SubElement(inline, f"{{{_PLACE}}}cNvGraphicFramePr")
    graphic = etree.SubElement(inline, f"{{{_DRAWING}}}graphic")
    data = etree.SubElement(graphic, f"{{{_DRAWING}}}graphicData", uri=_CHART)
    chart = etree.SubElement(data, f"{{{_CHART}}}chart", nsmap={"c": _CHART})
    chart.set(f"{{{_RELATIONSHIP}}}id", reference)
    return etree.tostring(drawing)

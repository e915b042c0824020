"""The sample of an office's own Word template, from a text with a paragraph on each line."""

from pathlib import Path

from toolkit.form import Form
from toolkit.writing.document import OfficialDocument

_TEXTS = Path(__file__).parent / "data"


def name(form: Form) -> str:
    """Return the name of its file."""
    return f"{form.name}（{form.edition}版）年度报告模板样例.docx"


def sample(form: Form) -> bytes:
    """Return the sample for an edition."""
    document = OfficialDocument(title="", subject="")
    for line in (_TEXTS / f"own-template-{form.edition}.txt").read_text("utf-8").splitlines():
        style, _, text = line.partition("|")
        document.document.add_paragraph(text, style)
    return document.save()

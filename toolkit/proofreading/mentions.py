"""What a section has to speak of because of a figure in the table (B10)."""

from collections.abc import Iterator, Sequence

from toolkit import text
from toolkit.narrative import Passage
from toolkit.proofreading.phrases import Mention
from toolkit.proofreading.plain import Plain, plain
from toolkit.proofreading.reference import place
from toolkit.proofreading.remarks import Remark, remark
from toolkit.proofreading.report import Report


def remarks(
    report: Report, wanted: Sequence[Mention], paths: Sequence[tuple[str, ...]]
) -> Iterator[Remark]:
    """Yield sections that do not speak of what they have to.

    Args:
        report: the report.
        wanted: what its edition wants.
        paths: of each paragraph the headings it stands under.
    """
    if report.table is None:
        return
    for one in wanted:
        key = next((key for key in one.any if (report.table.figure((key,)) or 0) > 0), "")
        inside = [
            content
            for content, path in zip(report.texts, paths, strict=True)
            if any(one.section.search(plain(Passage(heading, 0)).text) for heading in path)
        ]
        if key and inside and not any(one.says.search(content.text) for content in inside):
            yield _missing(report, one, key, inside)


def _missing(report: Report, wanted: Mention, key: str, inside: Sequence[Plain]) -> Remark:
    assert report.table is not None
    cell = report.table.cell((key,))
    last = inside[-1]
    return remark(
        wanted.code,
        last.quote(0, len(last.text)),
        key=key,
        value=cell.value,
        cell=cell,
        label=cell.label,
        place=place(cell),
        figure=text.show(cell.value),
        subject=wanted.subject,
    )

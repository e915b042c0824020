"""Submissions for tests, made of what tells them apart."""

from toolkit import definition, text
from toolkit.check import check
from toolkit.findings import Refused
from toolkit.form import Role
from toolkit.record import Figures, Record, Source, Unit, settle
from toolkit.submissions import Submission

FORM = definition.load(definition.editions()[0])
COUNT, MONEY = (
    next(i.key for i in FORM.entered if bool(i.measure.decimals) is money)
    for money in (False, True)
)
"""An indicator that is counted, and one in money."""
DATE = next(field.key for field in FORM.foot if field.role is Role.DATE)
YEAR = int(FORM.edition)
"""A year that its returns may be of; they are filed in the next one."""
TRICK = '=HYPERLINK("http://example.org","1")'
"""A text that would be a formula where it is not written as a text."""


def record(
    name: str = "甲局",
    figures: Figures | None = None,
    *,
    code: str = "",
    filed: str = "",
    year: int | None = YEAR,
    words: tuple[str, ...] = (),
) -> Record:
    """Return a record; where words for nothing stand, they are 无."""
    values, reported = settle(FORM, {COUNT: 1} if figures is None else figures, {})
    return Record(
        FORM.edition,
        year,
        Unit(name, code),
        values,
        reported,
        contacts={DATE: filed} if filed else {},
        sources={key: Source(raw="无", done=text.Meaning.NOTHING) for key in words},
    )


def sent(path: str, returned: Record, modified: str = "") -> Submission:
    """Return the submission of a file that holds a record, checked, its findings about the file.

    Rules are left out: what a few figures break of them is not what these tests are about.
    """
    codes = FORM.formats.keys()
    found = [one for one in check(FORM, returned) if one.code in codes]
    digest = path.encode().hex().ljust(64, "0")[:64]
    findings = tuple(one.in_file(path) for one in found)
    return Submission(path, digest, returned, findings, modified=modified)


def refused(path: str, code: str, **context: object) -> Submission:
    """Return the submission of a file that could not be read."""
    return Submission(path, "0" * 64, refusal=Refused(code, **context).finding.in_file(path))

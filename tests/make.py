"""The committed files that are made from the definitions; ``python -m tests.make`` makes them."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests import sample_template, values_page
from toolkit import definition, outline, record, resources, schema
from toolkit.form import Form
from toolkit.reading import rosters
from toolkit.writing import report, roster_book, template

Made = tuple[Path, bytes]

DOCS = Path(__file__).parents[1] / "docs"


def everything() -> Iterator[Made]:
    """Yield every such file and its content."""
    yield DOCS / "数值.md", values_page.page().encode()
    for edition in definition.editions():
        form = definition.load(edition)
        schemas, templates = (resources.data(name, edition) for name in ("schemas", "templates"))
        yield schemas / "record.schema.json", schema.as_text(form).encode()
        yield templates / template.file_name(form, template.Issue()), template.blank(form)
        skeleton = report.report(form, outline.load(form))
        yield templates / report.file_name(form), skeleton.content
        yield templates / sample_template.name(form), sample_template.sample(form)
        samples = resources.data("samples", edition)
        yield from _returns(form, samples)
        yield samples / "roster.xlsx", _roster(samples / "roster.csv")


def _returns(form: Form, samples: Path) -> Iterator[Made]:
    for path in sorted(samples.glob("records/*.json")):
        returned = record.undump(record.parse(path.read_text(encoding="utf-8")), form)
        yield samples / "returns" / f"{path.stem}.xlsx", template.filled(form, returned)


def _roster(listed: Path) -> bytes:
    """Return the workbook of the roster that stands in a list."""
    rostered = rosters.read_roster(listed.read_bytes())
    assert not rostered.findings, rostered.findings
    return roster_book.workbook(rostered.roster)


def main() -> None:
    """Write them all."""
    for path, content in everything():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()

"""Returns of every edition, through every mess, as LibreOffice saves them: no wrong value unsaid.

Besides, what openpyxl wrote is read as it is: another program's .xlsx, whose formulas have no
results.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.reading.messes.cases import Case, cases, made
from tests.reading.messes.conversions import WORKBOOKS, convert, offices
from tests.reading.messes.every import MESSES
from tests.reading.messes.given import given
from tests.reading.messes.oracle import judge, outcome
from toolkit import definition
from toolkit.check import check
from toolkit.findings import Severity
from toolkit.form import Form

CASES = [*cases()]
FORMS = [definition.load(edition) for edition in definition.editions()]


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Path]]:
    """Return the workbook of every case in its formats, by format and by the name of the case."""
    folder = tmp_path_factory.mktemp("messes")
    files: dict[str, list[Path]] = {}
    for case in CASES:
        for kind in case.kinds:
            seen = kind not in WORKBOOKS
            source = folder / str(seen) / f"{case}.xlsx"
            source.parent.mkdir(exist_ok=True)
            source.write_bytes(made(case, seen=seen).data)
            files.setdefault(kind, []).append(source)
    return convert(offices(tmp_path_factory, 2), files, folder / "saved")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_as_libreoffice_saves_it(case: Case, saved: Mapping[str, Mapping[str, Path]]) -> None:
    wrong = []
    for kind in case.kinds:
        data = saved[kind][str(case)].read_bytes()
        data = case.mess.after.get(kind, bytes)(data)
        expected = made(case, seen=kind not in WORKBOOKS).expected_in(kind)
        wrong += [f"{kind}: {one}" for one in judge(case.form, expected, outcome(data))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", [case for case in CASES if case.mess.solved], ids=str)
@pytest.mark.parametrize("sparsely", [False, True], ids=["full", "sparse"])
def test_as_openpyxl_saves_it(case: Case, sparsely: bool) -> None:
    one = made(case, sparsely=sparsely)
    data = case.mess.after.get("xlsx", bytes)(one.data)
    wrong = [*judge(case.form, one.expected, outcome(data))]
    assert not wrong, "\n".join(wrong)


def test_there_are_messes_enough() -> None:
    assert len([mess for mess in MESSES if not mess.keyless]) >= 40
    assert len({mess.name for mess in MESSES}) == len(MESSES)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.edition)
def test_the_return_they_are_made_of_is_valid(form: Form) -> None:
    record = given(form, sparsely=False)
    assert [one for one in check(form, record) if one.severity is Severity.ERROR] == []
    figures = [record.values[one.key] for one in form.entered]
    assert len({*figures}) == len(figures)

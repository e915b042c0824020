"""Files made to kill their reader are refused or read, in little memory and before a deadline.

One process reads them all, one after the other, since starting one takes longer than most of
them; nothing of an earlier file may be left over for a later one either.
"""

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.reading.attacks import ATTACKS

DEADLINE = 10 * 60
"""Seconds for all of them; a hang, not a measurement."""
READ = {
    "a_declared_size_too_small",
    "a_flat_file_up_to_the_limit",
    "a_format_code_of_megabytes",
    "a_number_of_7_million_digits",
    "a_page_of_one_table_that_goes_on",
    "a_page_of_torn_spans",
    "attributes_300_000",
    "commas_without_end",
    "defined_names_without_end",
    "empty_cells_up_to_the_limit_of_a_part",
    "far_corners",
    "groups_within_groups",
    "merged_everything",
    "one_long_string_in_many_cells",
    "quotes_without_end",
    "repeated_rows_in_50_sheets",
    "rows_up_to_the_limit_of_a_part",
    "small_cells_in_the_quick_way",
    "spaces_without_end",
    "stray_entry_at_the_bottom",
    "strings_declared_without_end",
    "styles_in_a_circle",
    "wide_and_2_000_rows",
    "xls_formats_without_end",
    "xls_many_numbers_in_a_record",
    "xls_merges_one_by_one",
    "xls_one_string_in_many_cells",
    "xls_properties_that_share_a_text",
}
"""Those that only look dangerous, or keep within the limits; all others are refused."""


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the code of each refusal, "" for a file that is read."""
    folder = tmp_path_factory.mktemp("attacks")
    paths = [folder / name for name in ATTACKS]
    for path in paths:
        path.write_bytes(ATTACKS[path.name]())
    command = [sys.executable, "-m", "tests.reading.attacks", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, timeout=DEADLINE, check=False)
    found = {name: code for name, code, _ in map(json.loads, done.stdout.decode().splitlines())}
    stopped = next((name for name in ATTACKS if name not in found), "")
    assert not stopped, f"{stopped}: {done.stderr.decode()[-2_000:]}"
    return found


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_or_read(outcomes: Mapping[str, str], name: str) -> None:
    assert (outcomes[name] == "") == (name in READ)
    assert outcomes[name] in {"", "R2", "R3", "R4"}


def test_the_smallest_are_the_most_dangerous() -> None:
    assert len(ATTACKS["far_corners"]()) < 3_000
    assert len(ATTACKS["repeated_cells_90_million"]()) < 3_000

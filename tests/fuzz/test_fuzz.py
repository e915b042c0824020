"""Thousands of spoilt returns: none brings the program down, hangs, takes too much or gets lost.

A mutant is its number; what fails is named by it, and ``python -m tests.fuzz files NUMBER`` (or
``zips NUMBER``) does the same again, see there.
"""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.fuzz import mutants, originals
from tests.fuzz.accounts import READ
from tests.fuzz.attachments import SOUND, attachments
from toolkit import definition
from toolkit.reading.returns import read_return

FILES, ZIPS = 5_000, 500
PROCESSES = 2
"""Each reads every second mutant, one after the other: nothing may be left over for later ones."""
DEADLINE = 30 * 60
"""Seconds for all of them; one that hangs is ended long before."""
_COMMAND = [sys.executable, "-W", "error", "-m", "tests.fuzz"]

Event = Mapping[str, Any]


@pytest.fixture(scope="session")
def events() -> Sequence[Event]:
    """Return what became of every mutant."""
    jobs = [
        [what, f"{first}:{count}:{PROCESSES}"]
        for what, count in (("files", FILES), ("zips", ZIPS))
        for first in range(PROCESSES)
    ]
    found: list[Event] = []
    for start in range(0, len(jobs), PROCESSES):
        running = [
            subprocess.Popen([*_COMMAND, *job], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for job in jobs[start : start + PROCESSES]
        ]
        # Read side by side: one that nobody listens to would wait.
        with ThreadPoolExecutor(PROCESSES) as listeners:
            for said in listeners.map(_events, running):
                found += said
    return found


def _events(process: subprocess.Popen[bytes]) -> list[Event]:
    """Return what a process said to its end; one that was ended names the mutant that did it."""
    try:
        said, complaint = process.communicate(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        said, complaint = process.communicate()
    found = [*map(json.loads, said.decode().splitlines())]
    last = found[-1] if found else {}
    assert last.get("event") == "done", f"{last}\n{complaint.decode()[-4_000:]}"
    return found


def ended(events: Sequence[Event], what: str) -> list[Event]:
    return [one for one in events if one["event"] == "ended" and one["what"] == what]


def codes(found: Sequence[Event]) -> Counter[str]:
    return Counter(code for one in found for code in one["codes"])


@pytest.mark.parametrize("what", ["files", "zips", "merge"])
def test_nothing_goes_wrong(events: Sequence[Event], what: str) -> None:
    wrong = [(one.get("number"), one["wrong"]) for one in ended(events, what) if one["wrong"]]
    assert not wrong


def test_all_of_them_were_read(events: Sequence[Event]) -> None:
    for what, count in (("files", FILES), ("zips", ZIPS)):
        assert sorted(one["number"] for one in ended(events, what)) == [*range(count)]


def test_enough_of_them_are_still_returns(events: Sequence[Event]) -> None:
    """Where all are refused at the door, nobody is tried behind it."""
    found = codes(ended(events, "files"))
    assert found[READ] > 0.4 * FILES
    for kind in originals.KINDS:
        of_kind = [one for one in ended(events, "files") if f"-{kind}." in one["how"]]
        assert codes(of_kind)[READ] > 0.1 * len(of_kind) or kind == "summary", kind


def test_every_kind_of_refusal_comes_up(events: Sequence[Event]) -> None:
    assert {"R2", "R3", "R4", "R5", "R7", "R10"} <= codes(ended(events, "files")).keys()
    assert {"skipped", "R60", "R61", "R62", "R63"} <= codes(ended(events, "zips")).keys()


def test_most_are_made_by_the_grammar_of_their_parts(events: Sequence[Event]) -> None:
    finely = [one for one in ended(events, "files") if one["how"].endswith(mutants.FINELY)]
    assert len(finely) > 0.6 * FILES


def test_a_number_always_makes_the_same_file(events: Sequence[Event]) -> None:
    """That it was made by another process makes no difference either."""
    for one in ended(events, "files")[::500]:
        data = mutants.mutant(one["number"]).data
        assert hashlib.sha256(data).hexdigest() == one["digest"]
    for one in ended(events, "zips")[::100]:
        data = attachments(one["number"]).data
        assert hashlib.sha256(data).hexdigest() == one["digest"]


@pytest.mark.parametrize("edition", definition.editions())
@pytest.mark.parametrize("kind", sorted({*originals.KINDS} - {"summary"}))
def test_what_they_are_made_of_is_sound(edition: str, kind: str) -> None:
    returned = read_return(mutants.sound(originals.original(edition, kind))).record
    ours = read_return(mutants.sound(originals.original(edition, "xlsx"))).record
    assert (returned.form, returned.unit.name) == (edition, ours.unit.name)
    assert returned.values == ours.values


def test_many_zips_are_sound(events: Sequence[Event]) -> None:
    whole = [one for one in ended(events, "zips") if one["how"] == SOUND]
    assert len(whole) > 0.3 * ZIPS
    assert codes(whole)[READ] > 0.2 * codes(whole).total()

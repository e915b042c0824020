"""Laws of merging: they hold for any roster, any files and whatever was decided about them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.sent import COUNT, FORM, MONEY, YEAR, record, refused, sent
from toolkit import sums
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Number
from toolkit.marks import Kind
from toolkit.merge import Summary, merge
from toolkit.record import Unit
from toolkit.roster import Cover, Member, Roster, Scope
from toolkit.submissions import Box, Entry, Submission
from toolkit.units import plain

NAMES = ("示例县甲局", "示例县乙镇", "示例县丙所", "示例县丁站", "示例县")
CODES = ("X1", "X2", "X3", "X4", "X0")
TELLING = (COUNT, *(one.key for one in FORM.entered[1:4]))
"""Figures enough to tell that equal ones are no chance."""
ABSENT = "f" * 64
"""The digest of a file that is not there."""


@dataclass(frozen=True)
class Drawn:
    """What is merged."""

    files: tuple[Submission, ...]
    roster: Roster | None
    made: tuple[Decision, ...]

    def merged(self) -> Summary:
        return merge(FORM, YEAR, self.files, roster=self.roster, decisions=Decisions(self.made))

    def fate(self, sent: Submission) -> Action | None:
        """Return what was last decided on a file."""
        return max(
            (one for one in self.made if one.digest == sent.digest and one.action in _FATES),
            key=lambda one: one.number,
            default=Decision(Action.ADJUST, "", ""),
        ).action


_FATES = (Action.USE, Action.LEAVE_OUT)


@st.composite
def members(draw: st.DrawFn) -> Roster | None:
    listed = draw(st.lists(st.sampled_from(range(len(NAMES) - 1)), unique=True))
    if not draw(st.integers(0, 3)):
        return None
    return Roster(
        tuple(
            Member(
                Unit(NAMES[n], CODES[n] if draw(st.booleans()) else ""),
                (NAMES[n].removeprefix("示例县"),) if draw(st.booleans()) else (),
                draw(st.sampled_from(Scope)),
            )
            for n in listed
        ),
        Unit(NAMES[-1], CODES[-1]),
    )


@st.composite
def submission(draw: st.DrawFn, number: int) -> Submission:
    def seldom() -> bool:
        return draw(st.integers(0, 9)) == 9

    path = f"{number}.xlsx"
    if seldom():
        return refused(path, draw(st.sampled_from(["R1", "R10"])), reason="读不了")
    place, other = (draw(st.integers(0, len(NAMES) - 1)) for _ in range(2))
    name = draw(st.sampled_from([NAMES[place], NAMES[place], NAMES[place][3:], "别处"]))
    code = draw(st.sampled_from(["", CODES[place], CODES[place], CODES[other]]))
    # Returns are multiples of one, so that some are equal, and some are the sum of others.
    times = -1 if seldom() else draw(st.integers(0, 3))
    figures: dict[str, Number | None] = {key: times * n for n, key in enumerate(TELLING, 1)}
    figures[MONEY] = 7 if seldom() else None
    filed = draw(st.sampled_from(["", "", f"{YEAR + 1}-02-01", f"{YEAR + 1}-03-01"]))
    year = draw(st.sampled_from([YEAR + 1, None])) if seldom() else YEAR
    returned = record("" if seldom() else name, figures, code=code, filed=filed, year=year)
    modified = draw(
        st.sampled_from(["", f"{YEAR + 1}-04-01T08:00:00", f"{YEAR + 1}-05-01T08:00:00"])
    )
    one = sent(path, returned, modified)
    if seldom():
        return replace(one, kind=str(Kind.REGION), cover=str(draw(st.sampled_from(Cover))))
    return one


@st.composite
def decisions(draw: st.DrawFn, files: Sequence[Submission]) -> tuple[Decision, ...]:
    digests = [ABSENT, "", *(one.digest for one in files)]
    made = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        action = draw(st.sampled_from(Action))
        about = Decision(action, "张三", "核实", number=number, key=COUNT)
        if action is Action.ADJUST:
            called = Unit(draw(st.sampled_from([*NAMES, *CODES, "没有的单位", ""])))
            about = replace(about, unit=called, amount=draw(st.integers(-3, 3)))
        elif action is Action.EXPLAIN:
            about = replace(about, code=draw(st.sampled_from(["M3", "M6"])))
        else:
            about = replace(about, digest=draw(st.sampled_from(digests)))
            if action is Action.USE:
                called = Unit(draw(st.sampled_from(["", "", *NAMES, *CODES, "没有的单位"])))
                about = replace(about, unit=called)
        made.append(about)
    return tuple(made)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    files = [draw(submission(number)) for number in range(draw(st.integers(0, 6)))]
    copied: bool = draw(st.booleans())
    if files and copied:  # the same bytes under another name
        files.append(replace(draw(st.sampled_from(files)), path="副本.xlsx"))
    return Drawn(tuple(files), draw(members()), draw(decisions(files)))


@given(drawn())
def test_every_file_ends_in_exactly_one_box(all_: Drawn) -> None:
    summary = all_.merged()
    assert sorted(entry.submission.path for entry in summary.entries) == sorted(
        one.path for one in all_.files
    )
    assert sum(map(len, summary.boxes.values())) == len(all_.files)
    assert all(entry.reason for entry in summary.entries)


@given(drawn(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_decisions_changes_nothing(all_: Drawn, random: Random) -> None:
    files, made = list(all_.files), list(all_.made)
    random.shuffle(files)
    random.shuffle(made)
    assert Drawn(tuple(files), all_.roster, tuple(made)).merged() == all_.merged()


@given(drawn())
def test_a_sum_is_what_counts_and_what_was_added_by_hand(all_: Drawn) -> None:
    summary = all_.merged()
    for cover, found in summary.sums.items():
        counted = [one for one in summary.adopted if cover.has(one.scope)]
        added = [one for one in summary.adjustments if cover.has(one.scope)]
        figures = [*(one.record.values for one in counted), *(one.figures for one in added)]
        for key in (COUNT, MONEY):
            filled = [told for one in figures if (told := one.get(key)) is not None]
            assert found.totals[key] == (sum(filled) if filled else None)
        assert found.counted == len(counted)
    decided = [one for one in all_.made if one.action is Action.ADJUST]
    assert len(summary.adjustments) + len(summary.unadjusted) == len(decided)
    assert all(Cover.ALL.has(one.scope) for one in summary.adjustments)


@given(drawn())
def test_no_unit_counts_twice_unless_somebody_decided_so(all_: Drawn) -> None:
    known: dict[object, list[Entry]] = defaultdict(list)
    for entry in all_.merged().entries:
        if entry.box is Box.ADOPTED and entry.submission.record:
            unit = entry.submission.record.unit
            for told in filter(None, (entry.member, plain(unit.code), plain(unit.name))):
                known[told].append(entry)
    for entries in known.values():
        decided = all(all_.fate(entry.submission) is Action.USE for entry in entries)
        assert len(entries) == 1 or decided


@given(drawn())
def test_what_counts_may_count(all_: Drawn) -> None:
    summary = all_.merged()
    for entry in summary.entries:
        fate = all_.fate(entry.submission)
        if fate is Action.LEAVE_OUT:
            assert entry.box in (Box.RETURNED, Box.UNREADABLE, Box.NOT_THIS_FORM)
            assert entry.done
        if entry.box is Box.ADOPTED:
            assert not entry.submission.errors
            assert entry.member is None or entry.member.scope is not Scope.VERTICAL
            assert all_.roster is None or entry.member
        if entry.box is Box.SUPERSEDED:
            assert any(
                other.box is Box.ADOPTED and other.member == entry.member
                for other in summary.entries
            )


@given(drawn())
def test_each_unit_on_the_roster_counts_once_at_most_and_nobody_else(all_: Drawn) -> None:
    summary = all_.merged()
    if all_.roster is None:
        return
    counted = [one.member for one in summary.adopted]
    assert len(counted) == len(set(counted))
    assert set(counted) <= set(all_.roster.expected)
    assert summary.counted <= summary.units == len(all_.roster.expected)
    assert {one.unit for one in summary.adjustments} <= {one.unit for one in all_.roster.expected}


@given(drawn())
def test_what_the_roster_does_not_know_holds_up_nobody_else(all_: Drawn) -> None:
    if all_.roster is None:
        return
    known = [one for one in all_.merged().entries if one.member or not one.submission.record]
    paths = {one.submission.path for one in known}
    files = tuple(one for one in all_.files if one.path in paths)
    assert replace(all_, files=files).merged().entries == tuple(known)


@given(drawn())
def test_decisions_on_files_that_are_not_there_change_nothing(all_: Drawn) -> None:
    there = {one.digest for one in all_.files}
    about_files = (*_FATES, Action.REJECT)
    made = [one for one in all_.made if one.action not in about_files or one.digest in there]
    assert replace(all_, made=tuple(made)).merged() == all_.merged()


@given(drawn())
def test_what_is_sent_up_says_what_the_sum_says(all_: Drawn) -> None:
    summary = all_.merged()
    for found in summary.sums.values():
        told = sums.record_of(FORM, YEAR, summary.region, found)
        assert told.values == found.totals

"""Collections for tests: a roster with every scope, returns for it, what was decided about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from tests import strategies
from tests.sent import COUNT, FORM, MONEY, YEAR, record, sent
from toolkit.decisions import Action, Decision, Decisions
from toolkit.findings import Number, finding
from toolkit.form import Form
from toolkit.merge import Summary, merge
from toolkit.record import Record, Source, Unit, settle
from toolkit.roster import Member, Roster, Scope
from toolkit.submissions import Submission
from toolkit.text import Meaning

REGION = Unit("示例县", "X0")
JIA, YI, BING, DING, QI = (
    Unit(f"示例县{name}", f"X{number}")
    for number, name in enumerate(("甲局", "乙局", "丙镇", "丁局", "气象局"), 1)
)
SCOPES = {
    JIA: Scope.OWN,
    YI: Scope.OWN,
    BING: Scope.BELOW,
    DING: Scope.OWN,
    QI: Scope.VERTICAL,
}
DEADLINE = date(2019, 1, 20)
ROSTER = Roster(
    tuple(
        Member(unit, scope=scope, person="张三", phone="010-1", deadline=DEADLINE)
        for unit, scope in SCOPES.items()
    ),
    REGION,
)
"""甲局, 乙局 and 丁局 of the county itself, 丙镇 below it, 气象局 under vertical management."""


def told(unit: Unit, figures: dict[str, Number | None], *, filed: str = "") -> Submission:
    """Return the return of a unit."""
    return sent(f"{unit.name}.xlsx", record(unit.name, figures, code=unit.code, filed=filed))


def added(
    unit: Unit, amount: Number, *, key: str = COUNT, number: int = 1, why: str = "漏报"
) -> Decision:
    """Return an adjustment."""
    when = f"2019-02-0{number}T09:30:00"
    return Decision(Action.ADJUST, "李四", why, when, number, unit=unit, key=key, amount=amount)


def explained(summary: Summary, *, key: str = COUNT, who: str = "王五") -> list[Decision]:
    """Return decisions that explain whatever is wrong with the sums of an indicator."""
    return [
        Decision(
            Action.EXPLAIN,
            who,
            "已核实",
            number=number,
            code=code,
            key=about,
            rule=rule,
            states=(one.state,),
        )
        for number, one in enumerate(summary.whole.questions, 1)
        for code, about, rule in [one.about]
        if about == key
    ]


FILES = (
    told(JIA, {COUNT: 2, MONEY: 1}, filed="2019-01-10"),
    told(YI, {COUNT: 0}),
    told(BING, {COUNT: 40}),
    told(QI, {COUNT: 900}),
)
DECIDED = Decisions([added(JIA, 5), added(BING, -3, number=2, why="重复统计")])


def collection(
    files: Sequence[Submission] = FILES,
    decisions: Decisions = DECIDED,
    roster: Roster | None = ROSTER,
) -> Summary:
    """Return what is merged of files: of the usual ones 丁局 is missing, two figures adjusted."""
    return merge(FORM, YEAR, files, roster=roster, decisions=decisions)


def of_form(form: Form) -> Summary:
    """Return a small collection in an edition: every scope, a nil return, a word, an adjustment."""
    first, second = (one.key for one in form.entered[:2])
    figures: dict[Unit, dict[str, Number | None]] = {
        JIA: {first: 2, second: 0},
        YI: {},
        BING: {first: 40},
        DING: {second: 3},
        QI: {first: 900},
    }
    files = []
    for unit, own in figures.items():
        values, reported = settle(form, own, {})
        sources = {first: Source(raw="无", done=Meaning.NOTHING)} if unit is DING else {}
        year = form.first_year
        read = Record(form.edition, year, unit, values, reported, nil=not own, sources=sources)
        files.append(Submission(f"{unit.code}.xlsx", unit.code.ljust(64, "0"), read))
    decisions = Decisions([added(YI, 5, key=first), added(BING, -3, key=first, number=2)])
    return merge(form, form.first_year, files, roster=ROSTER, decisions=decisions)


def waiting(one: Submission, key: str = COUNT) -> Submission:
    """Return a submission with something to explain."""
    found = replace(finding("M4", key=key, names="另一家"), file=one.path)
    return replace(one, findings=(found,))


# ---------------------------------------------------------------- collections that are drawn


@st.composite
def collections(draw: st.DrawFn, form: Form, most: int = 6) -> Summary:
    """Draw a collection: units of every scope; blanks, words and nil returns; adjustments."""
    scopes = draw(st.lists(st.sampled_from(Scope), max_size=most))
    members = tuple(
        Member(Unit(f"单位{number}", f"Y{number}"), scope=scope)
        for number, scope in enumerate(scopes)
    )
    files = [
        Submission(
            f"{one.unit.code}.xlsx",
            one.unit.code.encode().hex().ljust(64, "0"),
            draw(returns(form, one.unit)),
        )
        for one in members
        if draw(st.integers(0, 4))
    ]
    made = [
        Decision(
            Action.ADJUST,
            "李四",
            "漏报",
            number=number,
            unit=draw(st.sampled_from(members)).unit,
            key=draw(st.sampled_from(form.entered)).key,
            amount=draw(st.integers(-50, 50)),
        )
        for number in range(draw(st.integers(0, 2)) if members else 0)
    ]
    listed = Roster(members, REGION) if draw(st.integers(0, 3)) else None
    return merge(form, form.first_year, files, roster=listed, decisions=Decisions(made))


@st.composite
def returns(draw: st.DrawFn, form: Form, unit: Unit) -> Record:
    """Draw a return of a unit; at times it is a nil return, and words for nothing stand in it."""
    nil = draw(st.integers(0, 5)) == 0
    chosen = draw(st.lists(st.sampled_from(form.entered), unique_by=lambda i: i.key, max_size=12))
    drawn = {} if nil else {one.key: draw(strategies.figures(one)) for one in chosen}
    values, reported = settle(form, drawn, {})
    wordless = [one.key for one in chosen if values[one.key] is None]
    said = draw(st.lists(st.sampled_from(wordless), unique=True)) if wordless else []
    sources = {key: Source("统计表", "D7", "无", Meaning.NOTHING) for key in said}
    return Record(form.edition, form.first_year, unit, values, reported, nil=nil, sources=sources)

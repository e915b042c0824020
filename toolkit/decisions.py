"""What people decided about files and figures, and what becomes of a file by it.

Decisions name a file by its digest, so that they outlive a new name and hold for every copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from toolkit import words
from toolkit.findings import Finding, Number
from toolkit.form import row_of
from toolkit.questions import Question
from toolkit.record import Unit
from toolkit.submissions import Submission


class Action(StrEnum):
    """What a decision does."""

    USE = "use"
    """The file counts as it stands, whatever was found in it."""
    LEAVE_OUT = "leave_out"
    """The file does not count."""
    REJECT = "reject"
    """The 说明 of one row of the file explains nothing."""
    ADJUST = "adjust"
    """A signed amount is added to a figure of a unit (M9)."""
    EXPLAIN = "explain"
    """What was found in the merged figures is explained."""

    @property
    def label(self) -> str:
        """Return what the action is called."""
        return words.say(f"decision.action.{self}")


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided; what an action does not need is empty."""

    action: Action
    who: str
    why: str
    when: str = ""
    """Date and time of the decision, ISO 8601."""
    number: int = 0
    """By which the decision is named when it is taken back; larger is later."""
    digest: str = ""
    """The file it is about."""
    path: str = ""
    """How that file was called when it was decided upon."""
    unit: Unit = field(default_factory=Unit)
    """The unit whose figure is adjusted; for a file to be used, the unit whose return it is."""
    key: str = ""
    """The row whose 说明 is rejected, the figure adjusted, or that of the finding explained."""
    code: str = ""
    """The code of the finding that is explained."""
    amount: Number = 0
    """What is added, in the unit of the indicator."""
    edition: str = ""
    year: str = ""
    """What was collected when it was made."""
    rule: str = ""
    """The rule that the merged figures break, where that is explained."""
    states: tuple[str, ...] = ()
    """What is explained, as it was then: the questions of that code, rule and row."""

    def concerns(self, edition: str, year: int) -> bool:
        """Tell whether it was made for a collection; those of another year change nothing in it.

        Args:
            edition: of the form that is collected.
            year: for which it is collected.
        """
        return (self.edition, self.year) == (edition, str(year))

    def told(self) -> str:
        """Return who decided why, as a part of a sentence."""
        return words.say("decision.told", who=self.who, why=self.why)


class Decisions:
    """The decisions that hold, by what they are about; of several the last one decides."""

    def __init__(self, made: Iterable[Decision] = ()) -> None:
        """Sort decisions by number."""
        self.made = tuple(sorted(made, key=lambda one: one.number))

    @property
    def adjustments(self) -> tuple[Decision, ...]:
        """Return what is added to figures by hand."""
        return tuple(one for one in self.made if one.action is Action.ADJUST)

    def fate(self, digest: str) -> Decision | None:
        """Return the decision on whether a file counts; None where nobody decided."""
        about = (Action.USE, Action.LEAVE_OUT)
        found = [one for one in self.made if one.digest == digest and one.action in about]
        return found[-1] if found and digest else None

    def answered(self, asked: Question) -> Question:
        """Return what is wrong with the merged figures with what somebody said to explain it.

        What was said of other figures, or of a milder finding, explains nothing any more.
        """
        said = [
            one
            for one in self.made
            if one.action is Action.EXPLAIN and (one.code, one.key, one.rule) == asked.about
        ]
        if not said:
            return asked
        found = asked.finding
        if holding := [one for one in said if asked.state in one.states]:
            found = replace(found, decided=holding[-1].told())
        else:
            outdated = words.say("decision.outdated", told=said[-1].told())
            found = replace(found, message=found.message + outdated)
        return replace(asked, finding=found)

    def applied(self, sent: Submission) -> Submission:
        """Return a file with what was decided about it.

        Args:
            sent: the file as it was read and checked.
        """
        fate = self.fate(sent.digest)
        rejected = {
            one.key: one
            for one in self.made
            if one.action is Action.REJECT and one.digest == sent.digest and sent.digest
        }
        if fate is None and not rejected:
            return sent
        used = fate if fate is not None and fate.action is Action.USE else None
        found = (_decided(one, rejected.get(row_of(one.key)), used) for one in sent.findings)
        return replace(sent, findings=tuple(found))


def _decided(found: Finding, rejected: Decision | None, used: Decision | None) -> Finding:
    """Return a finding with what was decided of its row, and of its file; the later one decides."""
    if rejected is not None and found.explained:
        said = words.say("decision.rejected", explanation=found.explanation, told=rejected.told())
        found = replace(found, explanation="", message=found.message + said)
        if used is not None and used.number < rejected.number:
            used = None
    return replace(found, decided=used.told()) if used is not None else found

"""The files that were found: what each of them turned out to be, and in which box it ends."""

from dataclasses import dataclass
from enum import StrEnum

from toolkit import words
from toolkit.findings import Finding, Severity
from toolkit.record import Record
from toolkit.roster import Member


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that was found, read and checked; it has either a record or a refusal."""

    path: str
    """Relative to the folder given, with forward slashes."""
    digest: str = ""
    """SHA-256 of the file, "" where it could not be read at all."""
    record: Record | None = None
    findings: tuple[Finding, ...] = ()
    """What reading and checking found; a refusal is not among it."""
    refusal: Finding | None = None
    """Why the file could not be read as a return."""
    modified: str = ""
    """When the file says it was last saved, as an ISO date and time; "" if it does not say."""
    kind: str = ""
    """What the file says it is (marks.Kind), "" for a file that is not ours."""
    cover: str = ""
    """What a region's form covers (roster.Cover), "" for any other return."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings for which the return is sent back."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR and f.open)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Return everything found about the file, its refusal included."""
        return self.findings if self.refusal is None else (self.refusal, *self.findings)

    @property
    def place(self) -> tuple[str, str]:
        """Return what submissions are sorted by."""
        return self.path, self.digest


Valid = tuple[Submission, Record]
"""A return without errors, and its record."""


class Box(StrEnum):
    """Where a file that was found ends; each ends in exactly one."""

    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    RETURNED = "returned"
    UNREADABLE = "unreadable"
    NOT_THIS_FORM = "not_this_form"

    @property
    def label(self) -> str:
        """Return what the box is called."""
        return words.say(f"box.{self}")

    @property
    def settled(self) -> bool:
        """Tell whether nobody has to do anything about a file in this box."""
        return self in (Box.ADOPTED, Box.SUPERSEDED, Box.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file and the box it ends in."""

    submission: Submission
    box: Box
    reason: str
    """A Chinese sentence: why, and what to do."""
    member: Member | None = None
    """Whose it is by the roster; None without a roster, or for a unit that is not on it."""
    done: bool = False
    """Whether a file that does not count needs nothing more: somebody decided so, or the unit has
    sent a newer one that counts."""

    @property
    def settled(self) -> bool:
        """Tell whether nobody has to do anything about the file any more."""
        return self.box.settled or self.done

"""Which of one unit's returns is the newest; the file system's dates are never asked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from toolkit import marks
from toolkit.form import Form
from toolkit.record import Record
from toolkit.submissions import Submission, Valid


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit reported at one time: a return, and the further files that say the same."""

    first: Valid
    copies: tuple[Submission, ...]
    filed: date | None
    """The 填报日期."""
    saved: datetime | None
    """When the latest of the files was last saved."""

    def newer_than(self, other: "Version") -> bool:
        """Tell whether the dates say that this one is newer."""
        if self.filed and other.filed and self.filed != other.filed:
            return self.filed > other.filed
        return bool(self.saved and other.saved and self.saved > other.saved)


def versions(form: Form, returns: Iterable[Valid]) -> list[Version]:
    """Put returns of one unit that say the same together, whatever cells they came from.

    Args:
        form: the edition of the returns.
        returns: in order of their paths; the first of those that say the same stands for them.
    """
    same: dict[object, list[Valid]] = defaultdict(list)
    for sent, record in returns:
        same[_content(form, record)].append((sent, record))
    return [_version(form, files) for files in same.values()]


def newest(found: Sequence[Version]) -> Version | None:
    """Return the version that is newer than every other one, None where the dates do not say.

    "Newer" is no order where dates are missing: it can go round in a circle. So the one left
    over is held against all others once more.
    """
    best = found[0]
    for version in found[1:]:
        best = version if version.newer_than(best) else best
    others = (version for version in found if version is not best)
    return best if all(best.newer_than(other) for other in others) else None


def _content(form: Form, record: Record) -> object:
    """Return what a return says about its unit; equal for returns that say the same."""
    # Blank and a word for nothing are both no figure, and yet not the same.
    figures = tuple((record.values[key], record.nothing(key)) for key in form.indicators)
    rest = (record.reported, record.contacts, record.explanations, record.extra)
    return figures, record.nil, tuple(frozenset(part.items()) for part in rest)


def _version(form: Form, files: Sequence[Valid]) -> Version:
    saved = [moment for sent, _ in files if (moment := _saved(sent)) is not None]
    _, record = files[0]
    copies = tuple(sent for sent, _ in files[1:])
    return Version(files[0], copies, record.filed(form), max(saved, default=None))


def _saved(sent: Submission) -> datetime | None:
    """Return when a person last saved a file, as far as it says so."""
    try:
        moment = datetime.fromisoformat(sent.modified)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None if moment == marks.CREATED.replace(tzinfo=UTC) else moment

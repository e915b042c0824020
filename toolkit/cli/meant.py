"""What people mean on the command line by the names of files, figures and findings.

What there is not, and what would change nothing, is refused before it is decided.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words

if TYPE_CHECKING:
    from toolkit.form import Form
    from toolkit.intake import Outcome
    from toolkit.ledger import Ledger, Seen
    from toolkit.questions import Question

_FEWEST = 6
"""Characters of a digest that tell a file."""
_LISTED = 10
"""So many findings are listed where the one that is meant cannot be told."""


# ---------------------------------------------------------------- files


def file_meant(ledger: "Ledger", said: str) -> "Seen":
    """Return a file by its path or the end of it, or by the beginning of its digest.

    Args:
        ledger: knows the files by their paths in the folder that is collected.
        said: as typed, with the slashes of any system; the path of a file on the disk, as shells
            complete it, means the file with these bytes.
    """
    known = ledger.seen()
    path = said if said in known else said.replace("\\", "/")
    if path in known:
        return known[path]
    if digest := _digest(Path(said)):
        found = [one for one in known.values() if one.digest == digest]
        return _only(found, said, "changed_file")
    found = [one for one in known.values() if one.path.endswith(f"/{path}")]
    if not found and len(said) >= _FEWEST:
        found = [one for one in known.values() if one.digest.startswith(said)]
    return _only(found, said, "no_file")


def _digest(path: Path) -> str:
    with suppress(OSError, ValueError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def _only(found: "Sequence[Seen]", said: str, none: str) -> "Seen":
    if len({one.digest for one in found}) == 1:
        return found[0]
    names = words.say("text.and").join(one.path for one in found)
    which = "several_files" if found else none
    raise click.BadParameter(words.say(f"cli.wrong.{which}", file=said, names=names))


def refuse_use(ledger: "Ledger", seen: "Seen", form: "Form") -> None:
    """Refuse to use a file that cannot count, whatever anybody decides.

    Args:
        ledger: knows what the file turned out to be.
        seen: the file.
        form: the edition that is collected.
    """
    outcome = _outcome(ledger, seen)
    if outcome is None:
        return
    reason = _skipped(outcome) or _unfit(outcome, form)
    if reason:
        told = {"file": seen.path, "reason": reason.removesuffix("。")}
        raise click.BadParameter(words.say("cli.wrong.use", **told))


def refuse_leave_out(ledger: "Ledger", seen: "Seen") -> None:
    """Refuse to leave out a file that is none of those received."""
    outcome = _outcome(ledger, seen)
    if outcome is not None and (reason := _skipped(outcome)):
        raise click.BadParameter(words.say("cli.wrong.skipped", file=seen.path, reason=reason))


def refuse_reject(ledger: "Ledger", seen: "Seen", form: "Form", row: str) -> None:
    """Refuse to reject a 说明 that is not there.

    Args:
        ledger: knows what the file turned out to be.
        seen: the file.
        form: the edition that is collected.
        row: the key of the row.
    """
    from toolkit import naming
    from toolkit.folder import Skipped

    outcome = _outcome(ledger, seen)
    if outcome is None:
        return
    record = None if isinstance(outcome, Skipped) else outcome.record
    if record is None or not record.explanation(row):
        told = {"file": seen.path, "name": naming.name_of(form, row)}
        raise click.BadParameter(words.say("cli.wrong.no_explanation", **told))


def _outcome(ledger: "Ledger", seen: "Seen") -> "Outcome | None":
    """Return what a file turned out to be, None where another program read it."""
    from toolkit import collection, stored
    from toolkit.ledger import intact

    if seen.digest not in ledger.known(collection.stamp()):
        return None
    with intact(ledger.path):
        return stored.undump(ledger.outcome(seen.digest), seen.path, seen.digest)


def _skipped(outcome: "Outcome") -> str:
    from toolkit.folder import Skipped

    return outcome.reason if isinstance(outcome, Skipped) else ""


def _unfit(outcome: "Outcome", form: "Form") -> str:
    """Return why a file cannot count, "" for one that can."""
    from toolkit.folder import Skipped

    if isinstance(outcome, Skipped):
        return ""
    if outcome.refusal is not None:
        return outcome.refusal.message
    if outcome.record is not None and outcome.record.form != form.edition:
        told = {"found": outcome.record.form, "wanted": form.edition}
        return words.say("cli.wrong.another_edition", **told)
    return ""


# ---------------------------------------------------------------- figures


def figure_meant(form: "Form", said: str) -> str:
    """Return the key of a figure."""
    from toolkit import naming

    try:
        return naming.key_of(form, said)
    except naming.Unknown as unknown:
        raise click.BadParameter(str(unknown), param_hint="--indicator") from unknown


def row_meant(form: "Form", said: str) -> str:
    """Return the key of a row."""
    from toolkit import naming

    try:
        return naming.row_meant(form, said)
    except naming.Unknown as unknown:
        raise click.BadParameter(str(unknown), param_hint="--indicator") from unknown


# ---------------------------------------------------------------- findings in the merged figures


def questions_meant(
    asked: "Sequence[Question]", form: "Form", code: str, said: str
) -> "Sequence[Question]":
    """Return what is meant by a code; in several sums the same rule is one finding.

    Args:
        asked: all that was found in the merged figures.
        form: the edition that is collected.
        code: of the finding or of the rule it is about, in any case.
        said: the figure it is about, "" where the code alone tells.
    """
    from toolkit import naming

    same = [one for one in asked if one.goes_by(code.upper())]
    found = same
    if said and same:
        keys = naming.keys_of(form, said) or [figure_meant(form, said)]
        found = [one for one in same if one.finding.key in keys]
    if len({one.about for one in found}) == 1:
        return found
    which = "several_questions" if found else "no_question"
    listed = _listed(form, found or same or asked)
    raise click.BadParameter(words.say(f"cli.wrong.{which}", code=code, known=listed))


def _listed(form: "Form", asked: "Sequence[Question]") -> str:
    """Return findings as they are to be typed."""
    from toolkit import naming

    told = list(
        dict.fromkeys(
            words.say(
                "cli.wrong.question",
                code=one.rule or one.finding.code,
                name=naming.name_of(form, one.finding.key),
            )
            for one in asked
        )
    )
    if not told:
        return words.say("cli.wrong.no_questions")
    listed = words.say("cli.wrong.between_questions").join(told[:_LISTED])
    more = "questions" if len(told) <= _LISTED else "more_questions"
    return words.say(f"cli.wrong.{more}", known=listed, count=len(told))

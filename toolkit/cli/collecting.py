"""The coordinator's commands: merge what has come, and status, who has sent what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import words
from toolkit.cli import merged, targets
from toolkit.cli.merged import Merged
from toolkit.cli.rosters import load_roster, roster_option
from toolkit.cli.shared import command, figures_of_last_year, holds_files, taken_in, written
from toolkit.endings import GOOD, OPEN
from toolkit.options import (
    FILE,
    code,
    cover_option,
    day_option,
    ending,
    expected_form,
    expected_year,
    force,
    json_only,
    ledger_option,
    option,
    output_file,
    previous_year,
    unit,
)

if TYPE_CHECKING:
    from toolkit.folder import Place, Skipped
    from toolkit.form import Form
    from toolkit.ledger import Ledger
    from toolkit.record import Unit
    from toolkit.roster import Cover, Roster


@dataclass(frozen=True)
class _Wanted:
    """What is asked for on the command line."""

    places: "tuple[Place, ...]"
    skipped: "tuple[Skipped, ...]"
    form: "Form | None"
    year: int | None
    roster: "Roster | None"
    previous: Path | None


@command("merge")
@click.argument("folder", type=FILE, metavar=words.say("cli.metavar.folder"))
@output_file
@roster_option
@previous_year
@expected_form
@expected_year
@unit("region")
@code
@cover_option
@option(
    "--html",
    "page",
    type=FILE,
    text="html",
    metavar=words.say("cli.metavar.page"),
    callback=ending(".html"),
)
@ledger_option
@force
def merge(
    *,
    folder: Path,
    output: Path,
    roster: Path | None,
    previous: Path | None,
    wanted: "Form | None",
    year: int | None,
    unit: str,
    code: str,
    cover: "Cover",
    page: Path | None,
    ledger: Path | None,
    force: bool,
) -> int:
    """Add the returns in a folder or a zip up: the summary, and the region's own return."""
    from toolkit import folder as folders
    from toolkit import ledger as ledgers
    from toolkit import outputs, questions
    from toolkit.files import Unwritable
    from toolkit.record import Unit
    from toolkit.roster import Cover

    pages = [page] if page else []
    targets.no_folders([output, *pages])
    beside = ledger or output.with_suffix(ledgers.SUFFIX)
    sent_up = {
        one: output.with_name(words.say("merge.sent_up", name=output.stem, cover=one.label))
        for one in Cover
    }
    others = filter(None, (beside, roster, previous))
    targets.different([output, *sent_up.values(), *pages, *others])
    known = load_roster(roster) if roster else None
    if unit or code:
        told = known.region if known else Unit()
        region = Unit(unit or told.name, code or told.code, told.level)
        known = replace(known, region=region) if known else None
    else:
        region = known.region if known else Unit()
    asked = _Wanted(*_found(folder), wanted, year, known, previous)
    ours = [output, sent_up[cover], *pages]
    received = [*asked.places, *(folders.find([previous])[0] if previous else ())]
    if not targets.there([beside]):
        targets.not_received(ours, received)
    lay = targets.there(ours)
    with ledgers.opened(beside, create=True) as opened:
        targets.not_received(ours, received, outputs.lying(opened))
        if opened.new:
            _tell_new(beside, lay)
        found = _merged(asked, opened)
        summary = found.summary
        opened.note(
            form=summary.form.edition,
            year=str(summary.year),
            questions=questions.dump(found.questions),
        )
        if cover not in summary.sums:
            wrong = words.say("cli.wrong.cover", cover=cover.label)
            raise click.BadParameter(wrong, param_hint="--scope")
        made = [
            merged.summary(found, output),
            merged.sent_up(found, sent_up[cover], region, cover),
            *(merged.page(found, one, opened, date.today()) for one in pages),
        ]
        try:
            new = outputs.write(made, opened, force=force)
        except Unwritable:
            _tell(found)
            raise
    _tell(found)
    for path, is_new in new.items():
        written(path, new=is_new)
    if new[sent_up[cover]]:
        _tell_blank(sent_up[cover], region, summary.form)
    return GOOD if found.settled else OPEN


def _tell(found: Merged) -> None:
    """Show what came of merging: every file in its box, what is left to do."""
    from toolkit import screen

    summary = found.summary
    click.echo(words.say("cli.merge.decided", year=summary.year, form=summary.form.edition))
    click.echo(screen.skipped(found.skipped), nl=False, err=True)
    click.echo(screen.summary(summary))
    if found.yearly:
        click.echo(screen.swings(found.yearly), nl=False)


def _tell_new(ledger: Path, lay: "Sequence[Path]") -> None:
    """Say that a ledger was made, and what that means where outputs lay there before it."""
    click.echo(words.say("cli.merge.new_ledger", path=ledger), err=True)
    if lay:
        files = words.say("text.and").join(path.name for path in lay)
        click.echo(words.say("cli.merge.no_decisions", files=files), err=True)


def _tell_blank(path: Path, region: "Unit", form: "Form") -> None:
    """Say what is to be filled in before the region's own return is sent."""
    if not region.name:
        click.echo(words.say("cli.merge.unnamed", file=path.name), err=True)
    fields = words.say("text.and").join(field.label for field in form.foot)
    click.echo(words.say("cli.merge.blank", file=path.name, fields=fields), err=True)


@command("status")
@click.argument("folder", type=FILE, metavar=words.say("cli.metavar.folder"))
@roster_option
@expected_form
@expected_year
@ledger_option
@day_option
@json_only
def status(
    *,
    folder: Path,
    roster: Path | None,
    wanted: "Form | None",
    year: int | None,
    ledger: Path | None,
    today: date | None,
    as_json: bool,
) -> int:
    """Print who has sent what and who has not, with a text to remind each late unit."""
    from contextlib import nullcontext

    from toolkit import ledger as ledgers
    from toolkit.status import Status

    known = load_roster(roster) if roster else None
    asked = _Wanted(*_found(folder), wanted, year, known, None)
    with ledgers.opened(ledger, create=False) if ledger else nullcontext() as opened:
        found = _merged(asked, opened)
    if ledger is None:
        click.echo(words.say("cli.status.no_ledger"), err=True)
    told = Status(found.summary, found.arrivals, today or date.today())
    click.echo(told.as_json() if as_json else told.as_text())
    return GOOD if found.settled else OPEN


def _found(folder: Path) -> "tuple[tuple[Place, ...], tuple[Skipped, ...]]":
    """Find the files; a folder that there is not leaves nothing behind, not even a ledger."""
    from toolkit import folder as folders

    found, skipped = folders.find([folder])
    if not holds_files(folder, found):
        wrong = words.say("cli.wrong.folder", path=folder)
        raise click.BadParameter(wrong, param_hint="folder")
    return found, skipped


def _merged(asked: _Wanted, ledger: "Ledger | None") -> Merged:
    """Read and merge what was found; files of ours in the folder are none of those received."""
    from functools import partial

    from toolkit import boxes, definition, outputs, screen
    from toolkit import merge as merging
    from toolkit.check import Expected
    from toolkit.decisions import Decisions

    own = {ledger.path.resolve(), *outputs.lying(ledger)} if ledger else set()
    taken = taken_in([one for one in asked.places if one.path.resolve() not in own], ledger)
    sent = taken.sent
    edition = asked.form.edition if asked.form else ""
    try:
        decided = merging.expected(sent, Expected(edition, asked.year))
    except merging.Undecided:
        click.echo(screen.refusals(sent), nl=False, err=True)
        raise
    form = definition.load(decided.form)
    decisions = Decisions()
    if ledger is not None:
        decisions = Decisions(
            made
            for made, taken_back in ledger.decisions()
            if not taken_back and made.concerns(form.edition, decided.year)
        )
    out = (*asked.skipped, *taken.skipped)
    if asked.previous is None:
        summary = merging.merge(form, decided.year, sent, roster=asked.roster, decisions=decisions)
        return Merged(summary, out, None, taken.arrivals)
    from toolkit import like_for_like, previous, swings

    known = figures_of_last_year(asked.previous, ledger)
    known = known.under(asked.roster) if asked.roster else known
    click.echo(screen.unused(known.left_out([decided.year - 1])), nl=False, err=True)
    sent = [previous.held_against(known, boxes.under(asked.roster, one, decisions)) for one in sent]
    last = partial(like_for_like.last_year, form, known, decided.year, asked.roster)
    summary = merging.merge(
        form, decided.year, sent, roster=asked.roster, decisions=decisions, last=last
    )
    yearly = swings.year_on_year(summary, known, decisions)
    if yearly is None:
        click.echo(words.say("cli.merge.no_last", year=decided.year - 1), err=True)
    return Merged(summary, out, yearly, taken.arrivals)

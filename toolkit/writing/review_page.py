"""The review page: a merge to look through in a browser, one file that needs no network.

What returns say is only ever text: the template escapes it, what the script shows is embedded as
data, and the page forbids itself every script and style but its own two, which it names by hash.
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import simplejson
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from toolkit import marks, progress, resources, text, words
from toolkit.folder import Skipped
from toolkit.merge import Summary
from toolkit.progress import Arrivals, State
from toolkit.roster import Scope
from toolkit.swings import YearOnYear
from toolkit.writing import (
    review_charts,
    review_figures,
    review_files,
    review_units,
    review_years,
)

_IN_SCRIPT = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
"""What could end the element that holds the data, or a line of it."""


def page(
    summary: Summary,
    skipped: Sequence[Skipped] = (),
    yearly: YearOnYear | None = None,
    arrivals: Arrivals | None = None,
    today: date | None = None,
) -> bytes:
    """Return the page in UTF-8; the same arguments always give the same bytes.

    Args:
        summary: what merging found.
        skipped: files that are no returns by their nature.
        yearly: the merged figures beside those of the year before.
        arrivals: when files came, by path.
        today: the day on which a deadline has passed or not.
    """
    arrivals = arrivals or {}
    standings = progress.standings(summary)
    numbers = review_files.numbers(summary)
    units = review_units.rows(standings, numbers, arrivals, today)
    files = review_files.rows(summary, arrivals)
    found = {one.state for one in standings}
    content = _template().render(
        summary=summary,
        account=progress.account(standings, arrivals or None),
        segments=review_units.segments(standings),
        tasks=review_units.tasks(summary, standings, yearly, today),
        missing=review_units.missing(standings, today),
        units=units,
        vertical=review_units.vertical(summary),
        dated=any(row.arrived for row in units),
        due=any(row.deadline for row in units),
        files=files,
        state_options=[(state, state.label) for state in State if state in found],
        box_options=[(box, box.label) for box in summary.boxes],
        scope_options=_scopes(summary),
        code_options=[(code, code) for code in review_files.codes(files)],
        finding_states=review_files.states(files),
        panels=review_figures.panels(summary),
        adjustments=review_figures.adjustments(summary),
        yearly=yearly,
        year_sections=review_years.sections(summary.form, yearly) if yearly else (),
        year_reasons=review_years.reasons(yearly) if yearly else (),
        kind_options=[(kind, words.say(f"page.kind.{kind}")) for kind in review_years.Kind],
        charts=review_charts.charts(summary, yearly),
        skipped=sorted(skipped, key=lambda one: (one.name, one.reason)),
        data=_embedded(review_figures.sources(summary, numbers)),
    )
    return marks.sealed(text.printable(content).encode())


def _scopes(summary: Summary) -> Sequence[tuple[Scope, str]]:
    """Return the scopes that a unit can be of, for the filter; none without a roster."""
    members = summary.roster.expected if summary.roster else ()
    return [(scope, scope.label) for scope in Scope if any(one.scope is scope for one in members)]


@cache
def _template() -> Template:
    folder = resources.data("templates", "review")
    engine = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = ((folder / name).read_text("utf-8") for name in ("page.css", "page.js"))
    engine.globals |= {
        "say": words.say,
        "style": Markup(style),
        "script": Markup(script),
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "mark": Markup(marks.PAGE.decode()),
        "day": text.show_day,
        "moment": _moment,
        "remark": review_files.remark,
        "share": review_years.share,
    }
    return engine.get_template("page.html.jinja")


def _hash(inlined: str) -> str:
    """Return what names a style or script in the page's own policy (CSP 3, 2.3.1)."""
    digest = hashlib.sha256(inlined.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _moment(moment: datetime) -> str:
    """Write a date and time as people here read them."""
    local = moment.astimezone()
    day = text.show_day(local.date())
    return words.say("page.moment", day=day, hour=local.hour, minute=local.minute)


def _embedded(data: Any) -> Markup:
    """Return data as JSON that cannot end the element it stands in."""
    told = simplejson.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(told.translate(_IN_SCRIPT))

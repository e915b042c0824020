"""Names of another authority that were left in copied text (X7)."""

import re
from collections.abc import Iterator

from toolkit import words
from toolkit.proofreading import language
from toolkit.proofreading.plain import Plain
from toolkit.proofreading.remarks import Remark, remark
from toolkit.proofreading.report import Report

_PLACE = (2, 3)
"""Characters of a place's name without 县 and the like."""
_OFTEN = 2
"""A place that is named more often is no slip of copying."""


def remarks(report: Report) -> Iterator[Remark]:
    """Yield what speaks of another office or another region than the one that reports."""
    if not report.names:
        return
    met: set[str] = set()
    for one in report.texts:
        for quoted, said in (*_ours(report, one), *_accounts(report, one), *_bodies(report, one)):
            if said not in met:  # said once, however often it stands there
                met.add(said)
                yield quoted


def _ours(report: Report, one: Plain) -> Iterator[tuple[Remark, str]]:
    """Yield 我厅 in the report of a 局, 我县 in that of a 区."""
    for found in language.pattern("authority.ours").finditer(one.text):
        kind = found[1]
        office = kind in language.entry("authority.offices")
        if not _has_office(report.names, kind) if office else _lower(report.names, kind):
            why = words.say("proofread.authority.ours", said=found[0])
            yield remark("X7", one.quote(found.start(), found.end()), why=why), found[0]


def _has_office(names: str, kind: str) -> bool:
    """Tell whether an authority is an office of a kind, or has one that writes its reports."""
    desks = language.entry("authority.desks")
    return kind in names or (kind in desks and bool(re.search(desks[kind], names)))


def _rank(names: str) -> tuple[int, str] | None:
    """Return the rank of the region that a name belongs to, and what such regions are called."""
    for rank, kinds in reversed(list(enumerate(language.entry("authority.regions")))):
        if found := [kind for kind in kinds if re.search(f"[一-龥]{kind}", names)]:
            return rank, "".join(found)
    return None


def _lower(names: str, kind: str) -> bool:
    """Tell whether a kind of region is below that of the authority, or beside it."""
    own = _rank(names)
    levels = language.entry("authority.regions")
    rank = next(place for place, kinds in enumerate(levels) if kind in kinds)
    return own is not None and (rank > own[0] or (rank == own[0] and kind not in own[1]))


def _accounts(report: Report, one: Plain) -> Iterator[tuple[Remark, str]]:
    """Yield accounts that are called by a place that is not the authority's."""
    for found in language.pattern("authority.account").finditer(one.text):
        place = _bare(found["run"])
        if len(place) in _PLACE and not _known(report, place):
            yield _named(one, found.end() - len(place + found["branch"]), found.end(), place)


def _bodies(report: Report, one: Plain) -> Iterator[tuple[Remark, str]]:
    """Yield regions of the authority's own rank that are not its own."""
    own = _rank(report.names)
    for found in language.pattern("authority.body").finditer(one.text):
        place = _bare(found["run"])
        own_rank = own is not None and found["rank"] in own[1]
        if own_rank and len(place) in _PLACE and not _known(report, place):
            start = found.end() - len(place + found["rank"])
            yield _named(one, start, found.end(), place + found["rank"])


def _named(one: Plain, start: int, end: int, place: str) -> tuple[Remark, str]:
    why = words.say("proofread.authority.place", said=place)
    return remark("X7", one.quote(start, end), why=why), place


def _bare(name: str) -> str:
    """Return a name without what only leads to it."""
    return re.sub(f".*(?:{language.entry('authority.leads')})", "", name)


def _known(report: Report, place: str) -> bool:
    """Tell whether a name is the authority's own, one that is named often, or no place at all."""
    common = re.fullmatch(language.entry("authority.common"), place)
    named = sum(one.text.count(place) for one in report.texts)
    return bool(common) or place in report.names or named > _OFTEN

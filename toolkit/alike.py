"""Returns that are too much alike: equal ones of two units (M4), sums among their parts (M7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from toolkit import text, words
from toolkit.findings import Finding, finding
from toolkit.form import Form
from toolkit.marks import Kind
from toolkit.record import Figures, Record
from toolkit.submissions import Valid
from toolkit.units import plain, region_stem

_TELLING = 3
"""So many different figures above 0 do not agree by chance; small offices report many 1s."""
_FEWEST = 2
"""Of so many returns at least a further one is found to be the sum."""


def telling(form: Form, figures: Figures) -> bool:
    """Tell whether figures are such that equal ones elsewhere are no chance.

    Args:
        form: their edition; totals follow from the figures entered and tell nothing more.
        figures: the figures.
    """
    return len({value for one in form.entered if (value := figures[one.key])}) >= _TELLING


def equal(form: Form, returns: Sequence[Valid]) -> Mapping[str, tuple[Finding, ...]]:
    """Return M4 for every return whose figures are those of another unit, by path.

    Args:
        form: the edition of the returns.
        returns: one of each unit.
    """
    groups: dict[object, list[Valid]] = defaultdict(list)
    for sent, record in returns:
        if telling(form, record.values):
            groups[tuple(record.values[key] for key in form.indicators)].append((sent, record))
    return {
        sent.path: (finding("M4", names=_names(of for of in group if of[0] is not sent)),)
        for group in groups.values()
        if len(group) > 1
        for sent, _ in group
    }


def _names(returns: Iterable[Valid]) -> str:
    return words.say("text.and").join(record.unit.name or sent.path for sent, record in returns)


def sums(form: Form, returns: Sequence[Valid]) -> Mapping[str, str]:
    """Return the returns that others are already part of, by path, with the reason (M7).

    A region's own form is one if a unit of the region stands beside it: one whose name begins
    with the region's. Any return is one if its figures are the sum of all others.

    Args:
        form: the edition of the returns.
        returns: one of each unit.
    """
    found = {}
    for sent, record in returns:
        if sent.kind == Kind.REGION and (parts := _parts(record, returns)):
            told = words.say("text.and").join(parts[:3])
            found[sent.path] = words.say("box.reason.region", names=told, count=len(parts))
    if len(returns) > _FEWEST and not found:
        totals = {key: _sum(key, returns) for key in form.indicators}
        for sent, record in returns:
            if telling(form, record.values) and _is_sum(record, totals):
                found[sent.path] = words.say("box.reason.sum", count=len(returns) - 1)
    return found


def _parts(region: Record, returns: Iterable[Valid]) -> list[str]:
    """Return the names of the units that lie in a region, by their names."""
    stem = region_stem(region.unit.name)
    names = [record.unit.name for _, record in returns if record is not region]
    return [name for name in names if stem and plain(name).startswith(stem)]


def _sum(key: str, returns: Iterable[Valid]) -> object:
    return text.exact(sum(record.values[key] or 0 for _, record in returns))


def _is_sum(record: Record, totals: Mapping[str, object]) -> bool:
    """Tell whether a return's figures are half of the sum of all returns, its own among them."""
    return all(text.exact((record.values[key] or 0) * 2) == total for key, total in totals.items())

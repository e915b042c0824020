"""Which figure of a form is meant where people write its key, its name or what is printed of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import takewhile

from toolkit import text, words
from toolkit.form import Form, row_of

_CLOSE = 3
"""How many figures of nearly the same name are offered."""
_LISTED = 10
"""Of the figures that one name may mean so many are listed."""


class Unknown(Exception):
    """No figure, or more than one, goes by a name; the message says so in Chinese.

    No LookupError: the engine that fills templates would take it for a value left out.
    """


def key_of(form: Form, said: str) -> str:
    """Return the key of the figure that is meant.

    Args:
        form: the edition.
        said: a key, the name of a figure in sentences, its printed label, or of a matrix the label
            of a row or a column alone.

    Raises:
        Unknown: there is no such figure, or more than one.
    """
    found = keys_of(form, said)
    if len(found) != 1:
        raise Unknown(_why(form, said, found))
    return found[0]


def keys_of(form: Form, said: str) -> Sequence[str]:
    """Return the keys of all figures that may be meant, none where nothing goes by the name.

    Args:
        form: the edition.
        said: as for ``key_of``.
    """
    if said in form.indicators:
        return [said]
    return _names(form).get(_plain(said)) or _parts(form).get(_plain(said), ())


def name_of(form: Form, key: str) -> str:
    """Return what a figure is called, or what all figures of a row are.

    Args:
        form: the edition.
        key: of a figure or a row; what is neither is its own name.
    """
    if key in form.indicators:
        return form.indicators[key].name
    between = words.say("definition.between")
    names = [one.name.split(between) for one in form.indicators.values() if row_of(one.key) == key]
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*names, strict=False))
    return between.join(parts[0] for parts in shared) or key


def row_meant(form: Form, said: str) -> str:
    """Return the key of the row that is meant, which may hold several figures.

    Args:
        form: the edition.
        said: as for ``key_of``.

    Raises:
        Unknown: there is no such row, or more than one.
    """
    found = keys_of(form, said)
    rows = {row_of(key) for key in found}
    if len(rows) != 1:
        raise Unknown(_why(form, said, found))
    return rows.pop()


def _why(form: Form, said: str, found: Sequence[str]) -> str:
    """Return why nobody can tell which figure is meant, and which ones may be."""
    if found:
        return words.say("naming.several", said=said, names=_listed(form, found, _LISTED))
    known = {name: keys for table in (_parts(form), _names(form)) for name, keys in table.items()}
    plain = _plain(said)
    close = get_close_matches(plain, known, n=_CLOSE)
    # Of what is printed people often write a part.
    close = close or sorted((name for name in known if plain and plain in name), key=len)[:_CLOSE]
    near = list(dict.fromkeys(key for name in close for key in known[name]))
    hint = words.say("naming.hint", names=_listed(form, near, _CLOSE)) if near else ""
    return words.say("naming.unknown", said=said, edition=form.edition, hint=hint)


def _listed(form: Form, keys: Sequence[str], most: int) -> str:
    """Return what figures are called, as people may write it."""
    quoted = [words.say("naming.quoted", name=form.indicators[key].name) for key in keys[:most]]
    names = words.say("text.and").join(quoted)
    return names if len(keys) <= most else words.say("naming.more", names=names, count=len(keys))


@cache
def _names(form: Form) -> Mapping[str, Sequence[str]]:
    """Return the keys that go by each name; names in sentences go before printed labels."""
    labels = _by_name(
        (label, key)
        for key, indicator in form.indicators.items()
        for label in (indicator.label, _bare(indicator.label))
    )
    return labels | _by_name((one.name, key) for key, one in form.indicators.items())


@cache
def _parts(form: Form) -> Mapping[str, Sequence[str]]:
    """Return the keys of the figures that stand in each row or column, by its printed label."""
    between = words.say("definition.between")
    return _by_name(
        (written, key)
        for key, indicator in form.indicators.items()
        for label in indicator.label.split(between)
        for written in (label, _bare(label))
    )


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, key in named:
        found[_plain(name)][key] = None
    return {name: list(keys) for name, keys in found.items()}


def _bare(label: str) -> str:
    """Return a label without numbering and remarks."""
    return re.sub(words.entry("definition.around_name"), "", label)


def _plain(name: str) -> str:
    """Return a name as names are compared: nothing between its words, quotes as plain as any."""
    return text.squeeze(name).replace(words.say("definition.between"), "").translate(_QUOTES)


_QUOTES = str.maketrans("“”‘’'", '"""""')

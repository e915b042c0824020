"""Which figure of a form is meant where people write its key, its name or its printed label."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from toolkit import text, words
from toolkit.form import Form

_CLOSE = 3
"""How many figures of nearly the same name are offered."""


class Unknown(Exception):
    """No figure, or more than one, goes by a name; the message says so in Chinese.

    No LookupError: the engine that fills templates would take it for a value left out.
    """


def key_of(form: Form, said: str) -> str:
    """Return the key of the figure that is meant.

    Args:
        form: the edition.
        said: a key, the name of a figure in sentences, or its printed label.

    Raises:
        Unknown: there is no such figure, or the label stands in several rows.
    """
    if said in form.indicators:
        return said
    found = _names(form).get(_plain(said), ())
    if len(found) == 1:
        return found[0]
    if found:
        listed = words.say("text.and").join(form.indicators[key].name for key in found)
        raise Unknown(words.say("naming.several", said=said, names=listed))
    raise Unknown(
        words.say("naming.unknown", said=said, edition=form.edition, hint=_hint(form, said))
    )


def _hint(form: Form, said: str) -> str:
    known = {_plain(one.name): one.name for one in form.indicators.values()}
    close = get_close_matches(_plain(said), known, n=_CLOSE)
    listed = words.say("text.and").join(known[name] for name in close)
    return words.say("naming.hint", names=listed) if close else ""


@cache
def _names(form: Form) -> Mapping[str, Sequence[str]]:
    """Return the keys that go by each name; names in sentences go before printed labels."""
    around = re.compile(words.entry("definition.around_name"))
    labels: dict[str, list[str]] = defaultdict(list)
    for key, indicator in form.indicators.items():
        for label in {indicator.label, around.sub("", indicator.label)}:
            labels[_plain(label)].append(key)
    names = {_plain(indicator.name): [key] for key, indicator in form.indicators.items()}
    return labels | names


def _plain(name: str) -> str:
    """Return a name as names are compared: no spaces, quotes as plain as any."""
    return text.squeeze(name).translate(_QUOTES)


_QUOTES = str.maketrans("“”‘’'", '"""""')

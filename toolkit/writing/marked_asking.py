"""What asks in a workbook sent back, so that nothing in it reads surer than it was.

Where a figure was not taken for sure, its cell holds a text that ends in a question mark, which is
no figure to whoever reads the workbook again; so does the 原报数 of a total. A warning about how a
figure was read shows in no cell: the hidden sheet repeats it, and it is asked until it is answered.
"""

from collections.abc import Iterable, Mapping, Sequence

from toolkit import marks, text, words
from toolkit.certainty import Verdict
from toolkit.findings import Finding, Severity
from toolkit.form import Form, row_of
from toolkit.record import MISSING, Record, Source
from toolkit.writing import contents
from toolkit.writing.marked_words import one_line, problem

_AGAIN = "R59"
"""A question that came back; what it asked first is its value."""
_LONGEST = 400
"""So many characters of a question are repeated."""


class Asking:
    """The cells and the findings of one return that ask."""

    def __init__(self, form: Form, record: Record, findings: Iterable[Finding]) -> None:
        """Keep what may ask.

        Args:
            form: the edition, with the rules that the return is held to.
            record: the return.
            findings: all that was found in it.
        """
        self._form, self._record, self._findings = form, record, tuple(findings)
        again = {rule.code for rule in form.rules} | {*form.formats, *Verdict}
        self._of_reading = [one for one in self._findings if one.code not in again]
        self._asks = [key for key in form.indicators if self._unsure(key) and self._open(key)]
        named = {key for found in self._of_reading for key in self._meant(found)}
        self._others = [key for key in self._asks if key not in named]
        """No finding names these or their row; one about a column or a table means them."""

    def told(self, key: str) -> bool:
        """Tell whether a total was told by who reports, rightly or wrongly."""
        indicator = self._form.indicators.get(key)
        computed = indicator is not None and indicator.computed
        return computed and contents.of_total(self._form, self._record, key) is not None

    def missing(self, key: str) -> bool:
        """Tell whether no cell was found for a figure."""
        return self._record.sources.get(key, Source()).located == MISSING

    def cells(self, found: Finding) -> Sequence[str]:
        """Return the figures that a finding left unsure; their cells ask."""
        if found.severity is not Severity.ERROR or found not in self._of_reading:
            return ()
        meant = self._meant(found)
        if found.key in self._form.indicators or not (meant or not found.key):
            return meant
        return [*meant, *self._others]

    def questions(self) -> Mapping[str, str]:
        """Return what the hidden sheet asks, by its names there (marks.ASKED)."""
        asked: dict[str, list[str]] = {}
        for found in self._of_reading:
            if found.severity is Severity.WARNING and self._is_sure(found.key):
                figure = self._record.values.get(found.key)
                stood = text.spell_out(self._record.reported.get(found.key, figure))
                question = found.value if found.code == _AGAIN else problem(found)
                lines = asked.setdefault(marks.ASKED + found.key, [stood])
                lines.append(one_line(str(question), _LONGEST))
        return {name: "\n".join(lines) for name, lines in asked.items()}

    def remedy(self, keys: Sequence[str]) -> str:
        """Return what is to be done about figures that ask."""
        if len(keys) > 1:
            return words.say("marked.asking.several")
        (key,) = keys
        if self.told(key):
            content = contents.of_total(self._form, self._record, key)
            return words.say("marked.asking.total", content=content)
        content = contents.of_input(self._form, self._record, key)
        return words.say("marked.asking.one", content=content)

    def _is_sure(self, key: str) -> bool:
        """Tell whether a key means a figure or a row of which not all cells ask themselves."""
        meant = [of for of in self._form.indicators if key in (of, row_of(of))]
        entered = [of for of in meant if not self._computed(of)]
        return not all(map(self._unsure, entered)) if entered else bool(meant)

    def _meant(self, found: Finding) -> Sequence[str]:
        return [key for key in self._asks if found.key in (key, row_of(key))]

    def _unsure(self, key: str) -> bool:
        return self._record.sources.get(key, Source()).unsure

    def _open(self, key: str) -> bool:
        """Tell whether a figure has a cell of its own; a total has none where nobody told it."""
        return not self._computed(key) or self.told(key)

    def _computed(self, key: str) -> bool:
        return self._form.indicators[key].computed

"""Does a finding still stand? Formulas that tell, so that what was put right is seen to be.

What the sheet's own checks find is asked of them. What only the reader found is taken to stand
as long as the cell holds what was found fault with.
"""

from collections.abc import Sequence
from datetime import date

from toolkit import rules, text, words
from toolkit.certainty import Verdict
from toolkit.findings import Finding, Severity
from toolkit.form import Role
from toolkit.rules import SIGNS
from toolkit.writing.contents import Content
from toolkit.writing.fields import FIRST_DATE
from toolkit.writing.formulas import among, quoted
from toolkit.writing.marked_remarks import Remarks
from toolkit.writing.places import Place

_OF_NIL = ("F10", "F11")
"""Found by the check beside 零报告."""
_MANY = 40
"""If more cells than that ask, all of them are counted; a formula has at most 8,192 characters."""
_COMPARED = 100
"""So many characters of a text are compared; a text in a formula has at most 255."""


class Standing:
    """The formulas of one workbook."""

    def __init__(self, remarks: Remarks) -> None:
        """Keep what the findings are about."""
        self._remarks, self._layout = remarks, remarks.layout
        form = self._layout.form
        self._broken = {one.rule.anchor for one in rules.violations(form, remarks.record)}

    def seen(self, found: Finding) -> bool:
        """Tell whether the sheet's own checks show a finding at its cell, and colour it."""
        return bool(self._signs(found))

    def formula(self, found: Finding, home: str) -> str:
        """Return a condition that is true while a finding stands; "" where nothing can tell.

        Args:
            found: what was found.
            home: the sheet that the formula stands on.
        """
        key = found.key
        if signs := self._signs(found):
            return _holds(self._layout.verdict_on(key).lookup(home), signs)
        if found.code in _OF_NIL and key == Role.NIL:
            place = self._remarks.place(key)
            if place:
                verdict = Place(place.sheet, place.row, self._layout.first.verdict)
                return _holds(verdict.lookup(home), (_sign(found.severity, found.code),))
        if asking := self._remarks.asking.cells(found):
            return self._asking(asking if len(asking) <= _MANY else (), home)
        watched = self._remarks.place(key)
        return _holding(watched.lookup(home), self._content(key)) if watched else ""

    def _asking(self, keys: Sequence[str], home: str) -> str:
        """Return a condition that is true while cells ask: those of some figures, or any at all."""
        sign = words.say("sheet.unsure", raw="")
        if places := [place for key in keys if (place := self._remarks.place(key))]:
            asks = (f"ISNUMBER(FIND({quoted(sign)},{place.lookup(home)}))" for place in places)
            return f"OR({','.join(asks)})"
        ends = quoted(f"*{sign}")
        counts = (f"COUNTIF({sheet.figures(home)},{ends})" for sheet in self._layout.sheets)
        return f"{'+'.join(counts)}>0"

    def silent(self, key: str, home: str) -> str:
        """Return a condition that is true while no 说明 is written for a figure; "" for a field."""
        said = self._said(key)
        return f"LEN(TRIM({said.lookup(home)}))=0" if said else ""

    def unexplained(self, key: str, home: str) -> str:
        """Return the same, true also while a word for nothing stands there: it explains nothing.

        No conditional format may hold it: Excel allows no lists of texts there.
        """
        said = self._said(key)
        if said is None:
            return ""
        nothing = among(said.lookup(home), text.nothing_words())
        return f"OR({self.silent(key, home)},{nothing})"

    def _said(self, key: str) -> Place | None:
        if key not in self._layout.form.indicators:
            return None
        sheet = self._layout.sheet_of(key)
        return Place(sheet.name, self._layout.value(key).row, sheet.explanation)

    def _signs(self, found: Finding) -> tuple[str, ...]:
        """Return what the verdict on a figure holds while a finding stands; () if it does not."""
        live = [
            rule
            for rule in self._layout.form.rules_by_anchor.get(found.key, ())
            if not rule.needs_last_year
        ]
        if any(rule.code == found.code for rule in live):
            return (_sign(found.severity, found.code),)
        if found.code == Verdict.READING and found.key in self._broken:
            return tuple(SIGNS[severity] for severity in (Severity.ERROR, Severity.WARNING))
        return ()

    def _content(self, key: str) -> Content | date:
        content = self._remarks.content(key)
        if key == self._remarks.date_key and isinstance(content, str):
            day = text.read_date(content)
            return day if day and day >= FIRST_DATE else content
        return content


def _sign(severity: Severity, code: str) -> str:
    """Return how a line of the 校验 column begins; the space tells A1 from A10."""
    return words.say("verdict.short", sign=SIGNS[severity], code=code) + " "


def _holds(cell: str, signs: tuple[str, ...]) -> str:
    found = ",".join(f"ISNUMBER(FIND({quoted(sign)},{cell}))" for sign in signs)
    return f"OR({found})"


def _holding(cell: str, content: Content | date) -> str:
    """Return a condition that is true while a cell holds what was put into it.

    A formula error, which no comparison survives, is something else.
    """
    if content is None:
        return f"IFERROR(LEN({cell})=0,FALSE)"
    if isinstance(content, date):
        day = f"DATE({content.year},{content.month},{content.day})"
        return f"IF(ISNUMBER({cell}),INT({cell})={day},FALSE)"
    if isinstance(content, str):
        return f"IF(ISTEXT({cell}),{_beginning(cell, content)},FALSE)"
    return f"IF(ISNUMBER({cell}),ROUND({cell}-({text.spell_out(content)}),6)=0,FALSE)"


def _beginning(cell: str, content: str) -> str:
    """Return a comparison with the part of a text that every program counts and spells alike."""
    plain = 0
    while plain < min(len(content), _COMPARED) and " " <= content[plain] <= "\ud7ff":
        plain += 1
    return f"LEFT({cell},{plain})={quoted(content[:plain])}" if plain else "TRUE"

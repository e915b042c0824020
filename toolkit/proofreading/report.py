"""What is known of a report as a whole: whose it is, of which year, what it says of the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit import text, words
from toolkit.findings import Number
from toolkit.form import Form
from toolkit.proofreading.claims import Claim
from toolkit.proofreading.phrases import Keys
from toolkit.proofreading.plain import Plain
from toolkit.proofreading.reference import Reference


@dataclass(frozen=True, slots=True)
class Said:
    """What the text says of a quantity, in one place or as parts in several."""

    value: Number
    words: str
    paragraph: int


@dataclass(frozen=True)
class Report:
    """A report that is being proofread."""

    form: Form
    texts: tuple[Plain, ...]
    """Its paragraphs."""
    claims: tuple[Claim, ...]
    """What they and the small tables say of the form's indicators."""
    table: Reference | None
    year: int | None
    names: str
    """What the authority that reports is called, in its return and in its own title."""
    regional: bool
    """Whether it speaks for a region rather than for one office."""

    def of_this_year(self, claim: Claim) -> bool:
        """Tell whether a claim is about the year of the report."""
        return claim.year is None or self.year is None or claim.year == self.year

    def at(self, one: Plain) -> Mapping[int, Claim]:
        """Return the claims of a paragraph by where their figures begin."""
        return self._places.get(id(one.passage), {})

    def firm(self, of: Keys) -> Sequence[Claim]:
        """Return the firm claims about an indicator that are of the report's year."""
        return self._firm.get(of, ())

    @cached_property
    def _places(self) -> Mapping[int, Mapping[int, Claim]]:
        found: dict[int, dict[int, Claim]] = {}
        for claim in self.claims:
            found.setdefault(id(claim.words.passage), {}).setdefault(claim.at, claim)
        return found

    @cached_property
    def _firm(self) -> Mapping[Keys, Sequence[Claim]]:
        found: dict[Keys, list[Claim]] = {}
        for claim in self.claims:
            if claim.firm and self.of_this_year(claim):
                found.setdefault(claim.of, []).append(claim)
        return found

    def elsewhere(self, claim: Claim) -> Said | None:
        """Return what the text firmly says of the same quantity, at first and not in this claim."""
        if same := self.firm(claim.of):
            other = same[0]
            return None if other is claim else Said(other.value, _quoted(other), _number(other))
        parts = [found[0] for key in claim.of if (found := self.firm((key,)))]
        if len(claim.of) == 1 or len(parts) < len(claim.of):
            return None
        total = text.exact(sum(Decimal(part.value) for part in parts))
        quoted = words.say("text.and").join(_quoted(part) for part in parts)
        together = words.say("proofread.together", parts=quoted, total=text.show(total))
        return Said(total, together, _number(parts[0]))

    def figures(self, of: Keys) -> Sequence[Number]:
        """Return the figures that text and table give for an indicator, the text's first."""
        told = self.table.figure(of) if self.table else None
        found = [*(claim.value for claim in self.firm(of)), *([] if told is None else [told])]
        return list(dict.fromkeys(found))


def _quoted(claim: Claim) -> str:
    return words.say("proofread.quoted", words=claim.words.said)


def _number(claim: Claim) -> int:
    return claim.words.passage.number

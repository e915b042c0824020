"""Which phrase of an edition fits the words around a figure, or behind 没有."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.proofreading import language
from toolkit.proofreading.phrases import Phrase, Phrases
from toolkit.proofreading.plain import CLAUSE, STOP, Plain
from toolkit.proofreading.stated import Stated

_AROUND = 120
"""Characters before and behind a figure that may speak of it."""
_BEFORE = 400
"""Characters before it that may tell what is spoken of."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that fits, and where its words begin and end, those of the figure included."""

    phrase: Phrase
    start: int
    end: int


@dataclass(slots=True)
class Matcher:
    """Finds phrases in a passage; it remembers what was spoken of last."""

    phrases: Phrases
    text: Plain
    head: frozenset[str] = frozenset()
    """The indicators spoken of last whose parts may follow."""
    _wholes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note the indicators whose parts some phrases speak of."""
        self._wholes = frozenset(key for one in self.phrases.figures for key in one.within)

    def turn_to(self, phrase: Phrase) -> None:
        """Take notice of what is spoken of, if parts of it may follow."""
        if self._wholes.intersection(phrase.of):
            self.head = frozenset(phrase.of)

    def around(self, figure: Stated, first: int, last: int) -> Match | None:
        """Return the phrase that covers most of the words around a figure.

        Args:
            figure: the figure.
            first: where the words that may lead to it begin.
            last: where those behind it end.
        """
        found = self._around(figure, max(first, figure.start - _AROUND), last)
        return max(found, key=lambda one: one.end - one.start, default=None)

    def _around(self, figure: Stated, first: int, last: int) -> Iterator[Match]:
        content = self.text.text
        for phrase in self.phrases.figures:
            if figure.unit and figure.unit not in phrase.units:
                continue
            for saying in phrase.says:
                before = saying.before.search(content, first, figure.start)
                if before is None or not (figure.unit or before[0]):
                    continue
                end = figure.end
                if saying.behind is not None:
                    behind = saying.behind.match(content, end, min(last, end + _AROUND))
                    if behind is None:
                        continue
                    end = behind.end()
                if self._allowed(phrase, figure.start, end):
                    yield Match(phrase, before.start(), end)

    def behind(self, first: int, last: int) -> list[Match]:
        """Return what words behind 没有 speak of, from left to right.

        Args:
            first: where they begin, behind the word for none.
            last: where they end.
        """
        end = min(last, first + _AROUND)
        return _apart(
            Match(phrase, found.start(), found.end())
            for phrase in self.phrases.figures
            for pattern in phrase.none
            if (found := pattern.search(self.text.text, first, end))
            and self._allowed(phrase, first, found.end())
        )

    def strung_before(self, place: int, unit: str) -> list[Match]:
        """Return what is strung together by 、 or 和 up to a place, from left to right."""
        found: list[Match] = []
        while joint := self._joint(place):
            here = Stated(joint, joint, "", unit)
            other = self.around(here, self.text.start(STOP, joint), joint)
            if other is None:
                break
            found.insert(0, other)
            place = other.start
        return found

    def _joint(self, place: int) -> int:
        """Return where a 、 or 和 begins that ends at a place, 0 for none."""
        words = language.entry("figure.joints")
        content = self.text.text
        return next((place - len(word) for word in words if content.endswith(word, 0, place)), 0)

    def _allowed(self, phrase: Phrase, place: int, end: int) -> bool:
        """Tell whether what stands around allows a phrase.

        Args:
            phrase: the phrase.
            place: where the figure is, or the words behind 没有.
            end: where the words of the phrase end.
        """
        if phrase.within and not phrase.within & self.head:
            return False
        content, first = self.text.text, max(place - _BEFORE, 0)
        if phrase.given and not phrase.given.search(content, first, end):
            return False
        clause = max(self.text.start(CLAUSE, place), first)
        return not (phrase.unless and phrase.unless.search(content, clause, place))


def _apart(matches: Iterable[Match]) -> list[Match]:
    """Return the longest of the matches that overlap, from left to right."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: one.start - one.end):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda one: one.start)

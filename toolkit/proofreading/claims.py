"""What a text says of the form's indicators: each claim with its words, its figure and its bounds.

A figure speaks of the indicator whose phrase covers most of the words around it. What people are
to do (不少于), how much something grew, and what several years had is no claim about the year.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import pairwise

from toolkit.findings import Number
from toolkit.form import Form
from toolkit.narrative import Quote
from toolkit.proofreading import language, stated, times
from toolkit.proofreading.matching import Match, Matcher
from toolkit.proofreading.phrases import Keys, Phrases
from toolkit.proofreading.plain import CLAUSE, PAUSE, SENTENCE, STOP, Plain, between
from toolkit.proofreading.stated import PERCENT, Rough, Stated

_SHORT = 12
"""Characters of a clause before the words of a claim that are quoted with them."""
_FAR = 400
"""Characters of a sentence before a figure that may name its year or its scope."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a text that speaks of an indicator, or of a sum of some."""

    words: Quote
    of: Keys
    value: Number
    at: int
    """Where the figure begins in the plain text of its passage."""
    code: str = ""
    """Code of a contradiction with the table, where the edition has one of its own."""
    rough: str = ""
    """The words that make it no count (余, 近), "" for a count."""
    way: Rough = Rough.NEAR
    scope: str = ""
    """The words that narrow what is spoken of, "" for all the report is about."""
    portal: bool = False
    """Whether these name one website."""
    year: int | None = None
    """The year that is named, None where none is."""
    loose: bool = False
    """Whether the words may mean something else than the indicator."""

    @property
    def firm(self) -> bool:
        """Tell whether it is a count of the indicator itself, for all the report is about."""
        return not (self.rough or self.scope or self.loose)


def claims(form: Form, phrases: Phrases, text: Plain) -> tuple[Claim, ...]:
    """Return the claims of a passage from left to right.

    Args:
        form: the edition.
        phrases: its phrases.
        text: the passage.
    """
    figures = tuple(stated.find(text.text))
    return tuple(_Reader(form, text, figures, Matcher(phrases, text)).read())


@dataclass(frozen=True, slots=True)
class _Reader:
    """A passage as it is read from left to right."""

    form: Form
    text: Plain
    figures: tuple[Stated, ...]
    matcher: Matcher

    def read(self) -> Iterator[Claim]:
        """Yield what figures say, and what 没有 says, in the order of the text."""
        starts = [figure.start for figure in self.figures]
        done = place = 0
        for found in language.pattern("none.words").finditer(self.text.text):
            for number in between(starts, place, found.start()):
                done = yield from self._said(number, done)
            place = found.start()
            yield from self._denied(found.start(), found.end(), starts)
        for number in between(starts, place, len(self.text.text)):
            done = yield from self._said(number, done)

    # ------------------------------------------------------------ figures

    def _said(self, number: int, done: int) -> Generator[Claim, None, int]:
        """Yield what a figure says, and what those say that follow it in turn (分别).

        Args:
            number: the figure.
            done: how many figures have been read.

        Returns:
            how many have been read then.
        """
        if number < done:
            return done
        figure = self.figures[number]
        first, last = self._bounds(number)
        match = self.matcher.around(figure, first, last)
        if match is None:
            change = times.is_change(self.text.text, figure.start)
            if figure.unit != PERCENT and not change:
                self.matcher.head = frozenset()
            return number + 1
        filler = self.text.text[match.start : figure.start]
        named = [match]
        if language.pattern("figure.each").search(filler):
            named = [*self.matcher.strung_before(match.start, figure.unit), match]
        figures = [figure] * len(named)
        if language.pattern("figure.respective").search(filler):
            figures = self._in_turn(number, len(named))
        for one, its in zip(named, figures, strict=False):
            yield from self._claim(one, its)
        return number + max(len(set(figures)), 1)

    def _bounds(self, number: int) -> tuple[int, int]:
        """Return where the words around a figure begin and end that may speak of it."""
        figure = self.figures[number]
        before = self.figures[number - 1].end if number else 0
        behind = self.figures[number + 1].start if number + 1 < len(self.figures) else None
        end = self.text.end(STOP, figure.end)
        first = max(before, self.text.start(STOP, figure.start))
        return first, end if behind is None else min(end, behind)

    def _in_turn(self, number: int, count: int) -> list[Stated]:
        """Return so many figures that are strung together by 、 or 和; none if they are not."""
        run = list(self.figures[number : number + count])
        joints = language.entry("figure.joints")
        strung = all(self.text.text[a.end : b.start] in joints for a, b in pairwise(run))
        return run if strung and len(run) == count else []

    # ------------------------------------------------------------ 没有, 未, 无

    def _denied(self, start: int, end: int, starts: list[int]) -> Iterator[Claim]:
        """Yield what is said not to have been."""
        clause = max(self.text.start(CLAUSE, start), start - _FAR)
        if language.pattern("none.partly").search(self.text.text, clause, start):
            return
        stop = self.text.end(CLAUSE, end)
        following = between(starts, end, stop)
        last = starts[following[0]] if following else stop
        nothing = Stated(start, end, "0", "")
        for match in self.matcher.behind(end, last):
            yield from self._claim(Match(match.phrase, start, match.end), nothing)

    # ------------------------------------------------------------ what it says

    def _claim(self, match: Match, figure: Stated) -> Iterator[Claim]:
        phrase, content = match.phrase, self.text.text
        value = figure.value(self.form.indicators[phrase.of[0]].measure.name)
        if value is None:
            return
        begin = max(self.text.start(SENTENCE, figure.start), figure.start - _FAR)
        first = min(match.start, figure.start)
        clause = max(self.text.start(CLAUSE, first), begin)
        sentence = content[begin : figure.start]
        try:
            year = times.governing(sentence, content[clause:first], content[first : figure.start])
        except times.NotOfAYear:
            return
        self.matcher.turn_to(phrase)
        scope, portal = _scope(sentence)
        start = self.text.start(PAUSE, first)
        yield Claim(
            self.text.quote(start if first - start <= _SHORT else first, match.end),
            phrase.of,
            value,
            figure.start,
            code=phrase.code,
            rough=figure.rough,
            way=figure.way,
            scope=scope,
            portal=portal,
            year=year,
            loose=phrase.loose,
        )


def _scope(sentence: str) -> tuple[str, bool]:
    """Return the words that narrow what a figure is about, and whether they name one website."""
    if language.pattern("scope.whole").search(sentence):
        return "", False
    for name in ("narrow", "portal"):
        if found := language.pattern(f"scope.{name}").search(sentence):
            return found[0].strip("“”"), name == "portal"
    return "", False

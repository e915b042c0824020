"""What a number format makes of a number: a date, a percentage, another figure, a text around it.

Every workbook format comes here, each with its format codes (ECMA-376 part 1 §18.8.31); those of
OpenDocument are written as such codes first.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from toolkit import text
from toolkit.reading.grid import SIGNS, Condition, NumberFormat, Section, Shown, Style

_LONGEST = 1000
"""Excel keeps 255 characters of a code; what OpenDocument says in a format takes a few more."""
_POSITIVE = Condition(">=", Decimal(0)), Condition(">", Decimal(0))
_NEGATIVE = Condition("<", Decimal(0))
_NUMBERS = 3
"""A code has a section for positive numbers, for negative ones and for zero; then one for texts."""

# An exclamation mark escapes as a backslash does; an underscore leaves room for a character.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|(?P<padding>_.)"
    r"|\*(?P<fill>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<end>;)"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<percent>%)"
    r"|(?P<date>[ymdhs]|aaa)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<digits>[.,]*[0#?][0#?.,]*(?:/[0-9#?]+)?)"
    r"|(?P<text>@)"
    r"|(?P<char>.)",
    re.DOTALL | re.IGNORECASE,
)
# A comma behind the last digit shows a figure in thousands.
_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_CONDITION = re.compile(r"([<>=]{1,2})(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)")
# [h], [m] and [s] count hours, minutes, seconds.
_TIME = re.compile("h+|m+|s+", re.IGNORECASE)
# [$¥-804] shows what stands before the number of a language.
_SYMBOL = re.compile(r"\$([^-]*)")
_RED = frozenset({"red", "红色"})
_SHOWING = frozenset({"general", "exponent", "digits", "text"})
"""Tokens that stand for digits."""
_BLANK = frozenset("#?.,/")
"""Where these are all the digits of a section, a zero is left blank."""
_LITERAL = frozenset({"quoted", "escaped", "fill", "char"})

Token = tuple[str, str]
"""What a piece of a code is, and its text."""


def style_of(code: str) -> Shown:
    """Return what a format code shows a number as; of a long one, nobody knows."""
    return _style(code) if len(code) <= _LONGEST else Style.SCALED


@lru_cache(maxsize=1024)  # the returns of a year have the same few
def _style(code: str) -> Shown:
    sections = [_section(tokens) for tokens in _apart(code)]
    styles = {section.style for _, section in sections}
    if Style.DATE in styles:
        return Style.DATE
    found = (*_told(sections),)
    if len(styles) == 1 and Style.GENERAL not in styles:
        return styles.pop()
    return Style.GENERAL if _plain(found) else NumberFormat(found)


def _apart(code: str) -> list[list[Token]]:
    """Return the sections for numbers of a code in pieces; the last one may be for texts."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        name = str(match.lastgroup)
        if name == "end":
            sections.append([])
        else:
            sections[-1].append((name, match[name]))
    if len(sections) > 1 and any(name == "text" for name, _ in sections[-1]):
        sections.pop()
    elif len(sections) == 1 and not {name for name, _ in sections[0]} - {"bracket", "padding"}:
        sections[0].append(("general", "General"))  # a colour, or nothing at all
    return sections


def _section(tokens: list[Token]) -> tuple[Condition | None, Section]:
    """Return a section, and the condition that stands in it."""
    condition, red = None, False
    pieces: list[tuple[bool, str]] = []
    styles: set[Style] = set()
    for name, said in tokens:
        if name in _SHOWING:
            pieces.append((True, said))
        elif name in _LITERAL:
            pieces.append((False, said))
        elif name == "percent":
            styles.add(Style.PERCENT)
        elif name == "date" or (name == "bracket" and _TIME.fullmatch(said)):
            styles.add(Style.DATE)
        elif name == "bracket":
            red = red or said.lower() in _RED
            if (found := _CONDITION.fullmatch(said)) and found[1] in SIGNS:
                condition = Condition(found[1], Decimal(found[2]))
            elif symbol := _SYMBOL.match(said):
                pieces.append((False, symbol[1]))
    for style in (Style.DATE, Style.PERCENT):
        if style in styles:
            return condition, Section(style)
    return condition, _around(pieces, red=red)


def _around(pieces: list[tuple[bool, str]], *, red: bool) -> Section:
    """Return a section of digits and texts; red is how a minus may be shown.

    A text between digits makes another figure of them: a point that is only drawn, 1180 as 1.180.
    """
    places = [place for place, (digits, _) in enumerate(pieces) if digits]
    if not places:
        return Section(before="".join(said for _, said in pieces).strip(), digits=False)
    first, last = places[0], places[-1] + 1
    within = "".join(said for digits, said in pieces[first:last] if not digits)
    if within.strip() or any(_THOUSANDS.search(said) for digits, said in pieces if digits):
        return Section(Style.SCALED)
    before = "".join(said for _, said in pieces[:first]).strip()
    after = "".join(said for _, said in pieces[last:]).strip()
    zero = not all(_BLANK.issuperset(said) for digits, said in pieces if digits)
    return Section(before=before, after=after, unsigned=not red, zero=zero)


def _told(
    sections: list[tuple[Condition | None, Section]],
) -> Iterator[tuple[Condition | None, Section]]:
    """Yield sections with the numbers each is for, also where the code leaves that to its reader.

    Where a section is for negative numbers only, these stand there without the sign that all
    others get by themselves.
    """
    numbers = [
        (when, one) for place, (when, one) in enumerate(sections) if place < _NUMBERS or when
    ]
    several = len(numbers) > 1
    for place, (when, one) in enumerate(numbers):
        condition = when
        if not when and place == 0 and several:
            condition = _POSITIVE[len(numbers) > 2]
        elif not when and place == 1 and len(numbers) > 2:
            condition = _NEGATIVE
        negative = condition and condition.sign in {"<", "<="} and condition.bound <= 0
        rest = place == 1 and not condition and (numbers[0][0] or _POSITIVE[0]) in _POSITIVE
        yield condition, _signed(one) if negative or rest else one._replace(unsigned=False)


def _signed(section: Section) -> Section:
    """Return a section for negative numbers; a minus or brackets around them are their sign."""
    before, after = section.before, section.after
    if before.endswith("-"):
        return section._replace(before=before[:-1], unsigned=False)
    if before.endswith(("(", "（")) and after.startswith((")", "）")):
        return section._replace(before=before[:-1], after=after[1:], unsigned=False)
    return section


def _plain(sections: tuple[tuple[Condition | None, Section], ...]) -> bool:
    """Tell whether numbers are shown as they are; a zero may be left out, or be a dash."""
    shown = [section for _, section in sections]
    zero_alone = [when for when, _ in sections] == [_POSITIVE[1], _NEGATIVE, None]
    if zero_alone and shown[-1].style is Style.GENERAL and text.says_nothing(shown[-1].shows(0)):
        shown.pop()
    return all(section._replace(zero=True) == Section() for section in shown)

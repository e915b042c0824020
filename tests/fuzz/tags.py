"""Mutations of XML and of web pages, tag by tag, most of which leave them well-formed."""

import re
from collections.abc import Callable
from random import Random

from tests.fuzz import odd

Tokens = list[str]
"""Tags and the texts between them."""
Mutation = Callable[[Random, Tokens], None]

LONGEST = 2_000_000
"""Characters of a part that a mutation may make longer."""

_TOKEN = re.compile(r"<[^>]*>|[^<]+|<")
_NAME = re.compile(r"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(r"""\s+([^\s"'=<>/]+)\s*=\s*("[^"]*"|'[^']*')""")
_TRIES = 20


def mutated(dice: Random, data: bytes) -> bytes:
    """Mutate a part or a page, mostly once, sometimes more often."""
    tokens: Tokens = _TOKEN.findall(data.decode("utf-8", "surrogateescape"))
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 6, 12))):
        if not tokens:
            break
        dice.choices(_MUTATIONS, _WEIGHTS)[0](dice, tokens)
    content = "".join(tokens)
    if dice.random() < 0.03:
        return _recoded(dice, content)
    return content.encode("utf-8", "surrogateescape")


def _recoded(dice: Random, content: str) -> bytes:
    """Write a part in another encoding, or let it say another one."""
    encoding, told = dice.choice(odd.ENCODINGS), dice.choice(odd.ENCODINGS)
    if dice.random() < 0.5:
        content = re.sub("(?i)utf-8", told, content, count=1)
    if dice.random() < 0.3:
        encoding = "utf-8"
    return content.encode(encoding, "replace")


# ---------------------------------------------------------------- places


def _opens(token: str) -> bool:
    return token.startswith("<") and token[1:2] not in ("", "/", "?", "!")


def _empty(token: str) -> bool:
    return token.endswith("/>")


def _tag(dice: Random, tokens: Tokens) -> int:
    """Return where some element begins; -1 where luck finds none."""
    for _ in range(_TRIES):
        place = dice.randrange(len(tokens))
        if _opens(tokens[place]):
            return place
    return -1


def _text(dice: Random, tokens: Tokens) -> int:
    """Return where some text stands; -1 where luck finds none."""
    for _ in range(_TRIES):
        place = dice.randrange(len(tokens))
        if not tokens[place].startswith("<") and tokens[place].strip():
            return place
    return -1


def _end(tokens: Tokens, start: int) -> int:
    """Return the place behind an element."""
    if start < 0 or not _opens(tokens[start]) or _empty(tokens[start]):
        return start + 1
    name, depth = _name(tokens[start]), 0
    for place in range(start, len(tokens)):
        token = tokens[place]
        if token.startswith("<") and not _empty(token) and _name(token) == name:
            depth += 1 if _opens(token) else -1
            if not depth:
                return place + 1
    return start + 1


def _name(token: str) -> str:
    found = _NAME.match(token)
    return found[1] if found else ""


def _small(dice: Random, tokens: Tokens) -> tuple[int, int]:
    """Return where an element begins and ends that is not the whole part, if luck finds one."""
    for _ in range(_TRIES):
        start = _tag(dice, tokens)
        end = _end(tokens, start)
        if start >= 0 and end - start < len(tokens) // 4:
            return start, end
    return 0, 0


# ---------------------------------------------------------------- elements


def _dropped(dice: Random, tokens: Tokens) -> None:
    start, end = _small(dice, tokens)
    del tokens[start:end]


def _twice(dice: Random, tokens: Tokens) -> None:
    start, end = _small(dice, tokens)
    tokens[end:end] = tokens[start:end]


def _many_times(dice: Random, tokens: Tokens) -> None:
    start, end = _small(dice, tokens)
    element = tokens[start:end]
    room = LONGEST // (1 + sum(map(len, element)))
    tokens[end:end] = element * min(dice.choice((5, 60, 300, 2_500)), room)


def _moved(dice: Random, tokens: Tokens) -> None:
    start, end = _small(dice, tokens)
    element = tokens[start:end]
    del tokens[start:end]
    place = _tag(dice, tokens) if tokens else -1
    tokens[max(place, 0) : max(place, 0)] = element


def _exchanged(dice: Random, tokens: Tokens) -> None:
    first, second = sorted((_small(dice, tokens), _small(dice, tokens)))
    if first[1] <= second[0]:
        one, other = tokens[slice(*first)], tokens[slice(*second)]
        tokens[slice(*second)] = one
        tokens[slice(*first)] = other


def _renamed(dice: Random, tokens: Tokens) -> None:
    """Give an element the name of another one."""
    start, other = _tag(dice, tokens), _tag(dice, tokens)
    if start < 0 or other < 0:
        return
    last, name = _end(tokens, start) - 1, _name(tokens[start])
    new = _name(tokens[other])
    tokens[start] = tokens[start].replace(name, new, 1)
    if last > start:
        tokens[last] = tokens[last].replace(name, new, 1)


def _wrapped(dice: Random, tokens: Tokens) -> None:
    """Put an element into copies of itself."""
    start, end = _small(dice, tokens)
    if end <= start or _empty(tokens[start]):
        return
    depth = dice.choice((1, 2, 10, 90, 240, 400, 3_000))
    closing = tokens[end - 1]
    tokens[end:end] = [closing] * depth
    tokens[start:start] = [tokens[start]] * depth


def _emptied(dice: Random, tokens: Tokens) -> None:
    start, end = _small(dice, tokens)
    if end - start > 1:
        del tokens[start + 1 : end - 1]


def _torn(dice: Random, tokens: Tokens) -> None:
    """Leave one tag away."""
    del tokens[dice.randrange(len(tokens))]


# ---------------------------------------------------------------- attributes


def _attribute(dice: Random, tokens: Tokens) -> tuple[int, re.Match[str]] | None:
    for _ in range(_TRIES):
        place = _tag(dice, tokens)
        found = [*_ATTRIBUTE.finditer(tokens[place])] if place >= 0 else []
        if found:
            return place, dice.choice(found)
    return None


def _value_changed(dice: Random, tokens: Tokens) -> None:
    found = _attribute(dice, tokens)
    if found is None:
        return
    place, attribute = found
    token = tokens[place]
    value = _other_value(dice, tokens, attribute)
    for sign, escaped in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;")):
        value = value.replace(sign, escaped)
    start, end = attribute.span(2)
    tokens[place] = f'{token[:start]}"{value}"{token[end:]}'


def _other_value(dice: Random, tokens: Tokens, attribute: re.Match[str]) -> str:
    told = attribute[2][1:-1]
    if dice.random() < 0.3:  # what another element says there is sound, but wrong
        other = _attribute(dice, tokens)
        return other[1][2][1:-1] if other else told
    if told.isdecimal() and dice.random() < 0.7:
        near = str(int(told[:9]) + dice.choice((-1, 1, 2, 10)))
        return dice.choice((near, odd.number(dice)))
    if re.fullmatch("[A-Z]+[0-9]+(:[A-Z]+[0-9]+)?", told) and dice.random() < 0.7:
        return dice.choice(odd.PLACES)
    return odd.value(dice)


def _attribute_dropped(dice: Random, tokens: Tokens) -> None:
    if found := _attribute(dice, tokens):
        place, attribute = found
        tokens[place] = tokens[place].replace(attribute[0], "", 1)


def _attribute_renamed(dice: Random, tokens: Tokens) -> None:
    found, other = _attribute(dice, tokens), _attribute(dice, tokens)
    if found and other:
        start, end = found[1].span(1)
        tokens[found[0]] = tokens[found[0]][:start] + other[1][1] + tokens[found[0]][end:]


def _attribute_given(dice: Random, tokens: Tokens) -> None:
    """Give an element an attribute of another one."""
    place, other = _tag(dice, tokens), _attribute(dice, tokens)
    if place >= 0 and other:
        name = _name(tokens[place])
        tokens[place] = tokens[place].replace(name, name + other[1][0], 1)


# ---------------------------------------------------------------- texts


def _text_changed(dice: Random, tokens: Tokens) -> None:
    place = _text(dice, tokens)
    if place < 0:
        return
    other = _text(dice, tokens)
    if other >= 0 and dice.random() < 0.4:
        tokens[place], tokens[other] = tokens[other], tokens[place]
        return
    told = tokens[place]
    where = dice.randrange(len(told) + 1)
    mixed = told[:where] + odd.text(dice) + told[where + dice.choice((0, 1)) :]
    new = dice.choice((odd.text(dice), odd.number(dice), mixed, told[:where], told * 2))
    tokens[place] = new.replace("&", "&amp;").replace("<", "&lt;")


def _intruder(dice: Random, tokens: Tokens) -> None:
    """Put something between the tags that is seldom there."""
    tokens.insert(dice.randrange(len(tokens) + 1), dice.choice(_INTRUDERS))


def _declared(dice: Random, tokens: Tokens) -> None:
    """Declare a document type and use its entity."""
    start = next((n for n, token in enumerate(tokens) if _opens(token)), 0)
    tokens.insert(start, dice.choice(_DECLARATIONS))
    place = _text(dice, tokens)
    tokens[place] = dice.choice(("&a;", "&nbsp;", "&#0;", "&#xD800;", "&#x10FFFF;", "&"))


def _control(dice: Random, tokens: Tokens) -> None:
    place = _text(dice, tokens)
    if place >= 0:
        tokens[place] += dice.choice(odd.CONTROLS)


_INTRUDERS = (
    *("<!-- a -->", "<![CDATA[12]]>", "<![CDATA[<row>]]>", "<?a b?>", " \n ", "12", "&#12288;"),
    *(
        "&#10;",
        "&lt;",
        "<a/>",
        "<b xmlns='urn:b'>5</b>",
        "<x:y xmlns:x='urn:x' x:r='A1'/>",
        "\ufeff",
    ),
    *("<mc:AlternateContent xmlns:mc='urn:mc'><mc:Choice/></mc:AlternateContent>", "<extLst/>"),
)
_DECLARATIONS = (
    '<!DOCTYPE a [<!ENTITY a "12">]>',
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY a "&b;&b;&b;&b;&b;&b;">]>',
)
_MUTATIONS: tuple[Mutation, ...] = (
    *(_dropped, _twice, _many_times, _moved, _exchanged, _renamed, _wrapped, _emptied, _torn),
    *(_value_changed, _attribute_dropped, _attribute_renamed, _attribute_given),
    *(_text_changed, _intruder, _declared, _control),
)
_WEIGHTS = (8, 4, 4, 5, 6, 3, 2, 4, 1, 30, 6, 2, 4, 25, 4, 1, 1)

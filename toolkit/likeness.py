"""How much alike the names of two offices are: whether one may be the other, written otherwise."""

from difflib import SequenceMatcher

_ENOUGH = 0.8
"""Names that differ in more are of two offices; of five characters one may be a slip."""
_SHORTEST = 2
"""A single character is part of many names."""


def likeness(one: str, other: str) -> float:
    """Return how much alike two names are, from 0 (they are of two offices) to 1.

    People shorten names and add to them: 教体局 is 教育和体育局. What they do not do is to put
    another word in the place of one, so that 统计局 and 审计局 are two offices, although most of
    their characters are the same.

    Args:
        one: a name, without that of the region it begins with.
        other: the same of the other.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _SHORTEST and _shortened(shorter, longer):
        return matcher.ratio()
    if matcher.quick_ratio() < _ENOUGH:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= _ENOUGH else 0


def _shortened(shorter: str, longer: str) -> bool:
    """Tell whether all characters of a name stand in another one, in their order."""
    left = iter(longer)
    return all(char in left for char in shorter)

"""The attacks by name."""

from collections.abc import Callable

Attack = Callable[[], bytes]
ATTACKS: dict[str, Attack] = {}


def attack(make: Attack) -> Attack:
    """Keep an attack under its name."""
    ATTACKS[make.__name__] = make
    return make

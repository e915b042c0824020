"""Mutations that know nothing of what they mutate."""

from collections.abc import Callable
from random import Random

from tests.fuzz import odd

Mutation = Callable[[Random, bytes], bytes]


def _place(dice: Random, data: bytes) -> int:
    return dice.randrange(len(data) + 1)


def _some(dice: Random, data: bytes) -> tuple[int, int]:
    """Return where a piece begins and ends; small ones are more frequent."""
    start = _place(dice, data)
    return start, min(len(data), start + dice.choice((1, 2, 4, 16, 100, 1_000, len(data))))


def flipped(dice: Random, data: bytes) -> bytes:
    """Turn single bits around."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 64)) if found else 0):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def overwritten(dice: Random, data: bytes) -> bytes:
    """Put an odd integer over some bytes."""
    place, size = _place(dice, data), dice.choice((1, 2, 4))
    return data[:place] + odd.field(dice, size) + data[place + size :]


def cut(dice: Random, data: bytes) -> bytes:
    """Leave the end away."""
    return data[: _place(dice, data)]


def without_a_piece(dice: Random, data: bytes) -> bytes:
    """Leave a piece away."""
    start, end = _some(dice, data)
    return data[:start] + data[end:]


def inserted(dice: Random, data: bytes) -> bytes:
    """Put bytes in between."""
    place = _place(dice, data)
    more = dice.choice((dice.choice(odd.BYTES), dice.randbytes(dice.choice((1, 4, 50)))))
    return data[:place] + more + data[place:]


def repeated(dice: Random, data: bytes) -> bytes:
    """Repeat a piece."""
    start, end = _some(dice, data)
    piece = data[start:end]
    times = min(dice.choice((1, 2, 10, 1_000)), max(1, 100_000 // max(1, len(piece))))
    return data[:end] + piece * times + data[end:]


def moved(dice: Random, data: bytes) -> bytes:
    """Put a piece elsewhere."""
    start, end = _some(dice, data)
    rest = data[:start] + data[end:]
    place = _place(dice, rest)
    return rest[:place] + data[start:end] + rest[place:]


def spliced(dice: Random, data: bytes, other: bytes) -> bytes:
    """Begin like one file and end like another."""
    if dice.random() < 0.5:
        return data[: _place(dice, data)] + other[_place(dice, other) :]
    place = min(_place(dice, data), len(other))
    return data[:place] + other[place:]


MUTATIONS: tuple[Mutation, ...] = (
    *(flipped, overwritten, overwritten, cut, without_a_piece),
    *(inserted, repeated, moved),
)


def mutated(dice: Random, data: bytes) -> bytes:
    """Mutate bytes once."""
    return dice.choice(MUTATIONS)(dice, data)

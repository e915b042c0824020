"""What all Open Packaging files share: relationships between parts, and what a file says of itself.

The layout is that of ECMA-376 part 2. Transitional and Strict files differ in namespaces only,
which are therefore not looked at.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from lxml import etree

from toolkit import words
from toolkit.reading import guard


@dataclass(frozen=True, slots=True)
class Relationships:
    """The relationships of one part: targets by id, and by the last word of the type."""

    targets: Mapping[str, str]
    types: Mapping[str, str]

    def of_type(self, kind: str, otherwise: str = "") -> str:
        """Return the part of a kind; Strict files write extendedProperties for the hyphened."""
        return self.types.get(kind) or self.types.get(_strict(kind)) or otherwise


@cache
def _strict(kind: str) -> str:
    return re.sub("-(.)", lambda match: match[1].upper(), kind)


_SMALL = 2**16
_Read = TypeVar("_Read")


def remembered(read: Callable[[bytes], _Read]) -> Callable[[bytes], _Read]:
    """Return a reader that remembers the last few parts; files of one template share many.

    A large part is not kept: a hostile file must not fill the memory for those after it.
    """
    quick = lru_cache(maxsize=16)(read)
    return lambda content: quick(content) if len(content) <= _SMALL else read(content)


def relationships(package: guard.Package, source: str) -> Relationships:
    """Read the relationships of a part, of the package itself for "" (§6.5).

    Raises:
        Refused: R4 a target lies outside the package; as for Package.xml.
    """
    folder, name = posixpath.split(source)
    content = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    targets: dict[str, str] = {}
    types: dict[str, str] = {}
    for identifier, kind, target in () if content is None else _entries(content):
        path = _resolved(folder, target)
        targets[identifier] = path
        types.setdefault(kind, path)
    return Relationships(targets, types)


@remembered
def _entries(content: bytes) -> tuple[tuple[str, str, str], ...]:
    """Return id, last word of the type and target of each relationship to a part.

    External ones are hyperlinks and linked workbooks, never parts.
    """
    return tuple(
        (entry.get("Id", ""), entry.get("Type", "").rpartition("/")[2], entry.get("Target", ""))
        for entry in guard.parse_xml(content)
        if entry.get("TargetMode") != "External"
    )


def _resolved(folder: str, target: str) -> str:
    path = posixpath.normpath(posixpath.join(folder, target.replace("\\", "/")))
    if path.startswith(".."):
        raise guard.unsafe("outside")
    return path


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself."""

    application: str
    modified: str
    properties: Mapping[str, str]


def about(package: guard.Package, related: Relationships) -> About:
    """Read the properties of a package.

    Args:
        package: the package.
        related: its own relationships.

    Raises:
        Refused: as for Package.xml.
    """
    return About(
        application=_text(package.xml(related.of_type("extended-properties")), "Application"),
        modified=_text(package.xml(related.of_type("core-properties")), "modified"),
        properties=_custom(package.xml(related.of_type("custom-properties"))),
    )


def properties(package: guard.Package) -> Mapping[str, str]:
    """Return the custom properties of a package, nothing else of which is read.

    Raises:
        Refused: as for Package.xml.
    """
    return about(package, relationships(package, "")).properties


def macros(package: guard.Package) -> tuple[str, ...]:
    """Return the note on a package that holds macros, which nobody runs."""
    held = any(name.endswith("vbaproject.bin") for name in package.names)
    return (words.say("reading.note.macros"),) if held else ()


def _custom(root: etree._Element | None) -> dict[str, str]:
    """Return the custom properties (part 1 §22.3.2.2), the value of every type as text."""
    entries = () if root is None else root.iterfind("{*}property")
    return {entry.get("name", ""): "".join(map(str, entry.itertext())).strip() for entry in entries}


def _text(root: etree._Element | None, name: str) -> str:
    told = None if root is None else next(root.iterchildren(f"{{*}}{name}"), None)
    return "" if told is None else (told.text or "").strip()

"""The elements of a Word document, seen past what only stands around them (ECMA-376 part 1 §17).

Transitional and Strict files differ in namespaces only, which are therefore not looked at.
"""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple"}
    | {"dir", "bdo"}
)
"""Elements that only stand around others; what was deleted or moved away is not among them."""
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements of a run that are read as a character."""
DRAWN = frozenset({"AlternateContent", "drawing", "pict", "object"})
"""Children of a run that may hold a text box."""
_OFF = frozenset({"0", "false", "off"})


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element, those in wrappers too.

    What only asks for a text (§17.5.2.39, 单击此处输入文字) is none.
    """
    for child in parent:
        if kind(child) == "sdt" and first(first(child, "sdtPr"), "showingPlcHdr") is not None:
            yield from (one for one in children(child[-1]) if kind(one) not in ("p", "r"))
        elif kind(child) in _WRAPPERS:
            yield from children(child)
        else:
            yield child


def kind(element: etree._Element) -> str:
    """Return what an element is: its name without namespace."""
    return _local(str(element.tag))


@lru_cache(maxsize=1_000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def first(parent: etree._Element | None, wanted: str) -> etree._Element | None:
    """Return the first child of a name."""
    return None if parent is None else next(parent.iterchildren(f"{{*}}{wanted}"), None)


def said(element: etree._Element | None) -> str:
    """Return what an element says in its one attribute, val; "" for none."""
    return "" if element is None else attribute(element, "val")


def attribute(element: etree._Element, wanted: str) -> str:
    """Return an attribute in whatever namespace."""
    found = (told for key, told in element.items() if str(key).rpartition("}")[2] == wanted)
    return str(next(found, ""))


def number(element: etree._Element | None, otherwise: int) -> int:
    """Return the whole number that an element says, or another where it says none."""
    told = said(element)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else otherwise


def switched_on(element: etree._Element | None) -> bool:
    """Tell whether a property is there and not switched off (§17.17.4)."""
    return element is not None and said(element) not in _OFF


def hidden(run: etree._Element) -> bool:
    """Tell whether a run (§17.3.2.25) is hidden (§17.3.2.41)."""
    return switched_on(first(first(run, "rPr"), "vanish"))


def deleted(row: etree._Element) -> bool:
    """Tell whether a row of a table was deleted with changes tracked (§17.13.5.12)."""
    return first(first(row, "trPr"), "del") is not None


def boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a drawing; of two ways to write it (§17.17.3) the first counts."""
    choice = next(drawn.iter("{*}Choice"), drawn)
    found = list(choice.iter("{*}txbxContent"))
    return iter(found or list(drawn.iter("{*}txbxContent")))

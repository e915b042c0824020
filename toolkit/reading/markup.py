"""Take a web page apart into tags and texts, in one pass and whatever is wrong with it.

A parser that mends a page to a tree takes minutes for some pages of a few megabytes; of a page,
only its tables are needed. What is a tag follows WHATWG HTML §13.2.5 closely enough for that.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

# Name, attributes, and what is left where a quotation mark is not closed. Every character is
# looked at once: nothing that was taken is given back (the plus signs).
_TAG = re.compile(
    r"""<(/?)([a-zA-Z!?][^\s/<>"']{0,40}+)((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)[^<>]*+>?"""
)
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?+""")
_LONGEST = 4_096  # attributes that are looked at, in characters
_COMMENT, _COMMENT_END = "<!--", "-->"
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
"""Elements in which nothing is a tag but their own end."""


class Tag(NamedTuple):
    """A tag; its name is in lower case."""

    name: str
    closing: bool
    written: str
    """Its attributes as they are written."""

    def attributes(self) -> dict[str, str]:
        """Return the attributes by their names in lower case; the first of a name counts."""
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(self.written[:_LONGEST]):
            bare = value[1:-1] if value[:1] in ("'", '"') else value
            found.setdefault(name.lower(), html.unescape(bare))
        return found


def tokens(page: str) -> Iterator[Tag | str]:
    """Yield the tags and texts of a page; comments, scripts and styles are left out."""
    place = 0
    while place < len(page):
        start = page.find("<", place)
        if start != place:
            end = len(page) if start < 0 else start
            yield html.unescape(page[place:end])
            place = end
        elif page.startswith(_COMMENT, place):
            place = _behind(page.find(_COMMENT_END, place), len(_COMMENT_END), page)
        elif tag := _TAG.match(page, place):
            name = tag[2].lower()
            place = tag.end()
            if not tag[1] and name in _RAW:
                closed = _RAW[name].search(page, place)
                place = closed.start() if closed else len(page)
            else:
                yield Tag(name, bool(tag[1]), tag[3])
        else:
            yield "<"
            place += 1


def _behind(found: int, length: int, page: str) -> int:
    """Return the place behind what was found, the end of the page where it was not."""
    return found + length if found >= 0 else len(page)

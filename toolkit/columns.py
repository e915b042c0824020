"""Columns of text on a screen, where a Chinese character takes two places."""

from unicodedata import east_asian_width


def width(content: str) -> int:
    """Return how many places a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in content)


def left(content: str, places: int) -> str:
    """Return a text with spaces behind it."""
    return content + " " * (places - width(content))


def right(content: str, places: int) -> str:
    """Return a text with spaces before it."""
    return " " * (places - width(content)) + content


def folded(content: str, places: int) -> list[str]:
    """Return a text in lines of at most so many places."""
    lines = [""]
    for char in content:
        if lines[-1] and width(lines[-1] + char) > places:
            lines.append("")
        lines[-1] += char
    return lines

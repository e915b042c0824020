"""Labels of a form as they are compared: spaces, widths and numbering make no difference."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit import text, words
from toolkit.form import Form

LONGEST = 200
"""No label is longer; longer texts are not compared and not kept in memory."""

_REMARK = re.compile(r"\([^()]*\)$")


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(words.entry("reading.numbering"))


def bare(label: str) -> str:
    """Return a label without spaces and numbering, for comparison; "" for what is no label."""
    return _bare(label) if len(label) <= LONGEST else ""


@lru_cache(maxsize=4096)  # every return of a year holds the same labels
def _bare(label: str) -> str:
    squeezed = text.squeeze(label)
    return _numbering().sub("", squeezed, count=1) or squeezed


def spellings(label: str) -> set[str]:
    """Return a printed label as it may stand in a file: with and without its closing remark."""
    full = bare(label)
    return {full, _REMARK.sub("", full) or full}


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a form, each with what it may stand for."""

    indicators: Mapping[str, tuple[str, ...]]
    """Indicator keys by label; a label may stand in several sections."""
    sections: Mapping[str, str]
    """Top-level headings as printed, by label."""
    fields: Mapping[str, str]
    """Keys of head and foot fields by label."""
    home: Mapping[str, str]
    """The section of every indicator."""

    def decide(self, label: str, section: str) -> str:
        """Return the one indicator a label means within a section; "" if that is not certain."""
        keys = self.indicators.get(label, ())
        if len(keys) > 1:
            keys = tuple(key for key in keys if self.home[key] == section)
        return keys[0] if len(keys) == 1 else ""


@cache
def of(form: Form) -> Labels:
    """Return the labels of a form."""
    indicators: dict[str, tuple[str, ...]] = {}
    for key, indicator in form.indicators.items():
        for label in spellings(indicator.label):
            indicators[label] = (*indicators.get(label, ()), key)
    return Labels(
        indicators,
        {bare(line.label): line.label for _, line in form.listed() if line.level == 0},
        {label: field.key for field in form.fields.values() for label in spellings(field.label)},
        {key: indicator.section for key, indicator in form.indicators.items()},
    )

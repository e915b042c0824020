"""What is wrong with an office's own Word template, as it is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit import words

_SHOWN = 40
"""Of a paragraph so many characters are quoted."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong with a placeholder."""

    where: str
    """Name of the words for the part it stands in, ``report.template.where.…``."""
    paragraph: int
    """From 1."""
    text: str
    """The paragraph."""
    reason: str

    @property
    def message(self) -> str:
        """Return where it is and what is wrong, in Chinese."""
        quoted = self.text if len(self.text) <= _SHOWN else self.text[:_SHOWN] + "…"
        return words.say(
            "report.template.slip",
            where=words.say(f"report.template.where.{self.where}"),
            number=self.paragraph,
            text=quoted,
            reason=self.reason,
        )


class BrokenTemplate(Exception):
    """A Word template cannot be filled; the message names every slip in Chinese."""

    def __init__(self, file: str, slips: Sequence[Slip] = ()) -> None:
        """Say what is wrong with a file; without slips, that it does not hold together."""
        reasons = [slip.message for slip in slips] or [words.say("report.template.document")]
        broken = words.say("report.template.broken", file=file)
        super().__init__("\n  ".join([broken, *reasons]))

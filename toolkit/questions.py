"""Questions: what is wrong with the merged figures as they stand, and what an answer answers."""

from collections.abc import Iterable
from dataclasses import dataclass

import simplejson

from toolkit.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Question:
    """Something about the merged figures that somebody has to explain."""

    finding: Finding
    rule: str = ""
    """The code of what the merged figures break (M3), "" for any other finding."""
    figures: str = ""
    """The figures it is about, in one line; equal as long as they are."""

    @property
    def about(self) -> tuple[str, str, str]:
        """Return what stays the same whatever the figures are: code, indicator, rule."""
        return self.finding.code, self.finding.key, self.rule

    @property
    def state(self) -> str:
        """Return what an answer holds for: a change of severity or figures asks anew."""
        return f"{self.finding.severity} {self.figures}"

    def goes_by(self, code: str) -> bool:
        """Tell whether people may mean it by a code: its own, or that of the rule."""
        return code in (self.finding.code, self.rule)


def dump(asked: Iterable[Question]) -> str:
    """Return questions as JSON text."""
    content = [
        {
            "code": one.finding.code,
            "severity": str(one.finding.severity),
            "message": one.finding.message,
            "key": one.finding.key,
            "rule": one.rule,
            "figures": one.figures,
        }
        for one in asked
    ]
    return str(simplejson.dumps(content, ensure_ascii=False))


def undump(content: str) -> tuple[Question, ...]:
    """Return the questions that ``dump`` told."""
    return tuple(
        Question(
            Finding(one["code"], Severity(one["severity"]), one["message"], key=one["key"]),
            one["rule"],
            one["figures"],
        )
        for one in simplejson.loads(content)
    )

"""What a file turned out to be, as JSON text and back, so that it need not be read again."""

from dataclasses import fields
from typing import Any

import simplejson

from toolkit.findings import Finding, Severity
from toolkit.folder import Skipped
from toolkit.record import Record, Source, Unit
from toolkit.submissions import Submission

_NAMES = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Submission, Record, Unit, Source, Finding)
}


def dump(outcome: Submission | Skipped) -> str:
    """Return what a file turned out to be as JSON; what it is called is left out.

    Args:
        outcome: as ``intake`` returns it, with the sources of all figures.
    """
    content: dict[str, Any]
    if isinstance(outcome, Skipped):
        content = {"skipped": outcome.reason}
    else:
        content = _told(outcome)
        del content["path"], content["digest"]
        content["findings"] = [_told(one) for one in outcome.findings]
        content["refusal"] = _told(outcome.refusal) if outcome.refusal else None
        content["record"] = _told_record(outcome.record) if outcome.record else None
    return str(simplejson.dumps(content, ensure_ascii=False, use_decimal=True))


def _told_record(record: Record) -> dict[str, Any]:
    sources = {key: _told(one) for key, one in record.sources.items()}
    return _told(record) | {"unit": _told(record.unit), "sources": sources}


def _told(one: Any) -> dict[str, Any]:
    """Return the fields of a dataclass as they are; ``asdict`` copies whatever is in them."""
    return {name: getattr(one, name) for name in _NAMES[type(one)]}


def undump(content: str, path: str, digest: str) -> Submission | Skipped:
    """Return what a file turned out to be.

    Args:
        content: what ``dump`` returned.
        path: what the file is called now.
        digest: the digest of its bytes.
    """
    told = simplejson.loads(content, use_decimal=True)
    if "skipped" in told:
        return Skipped(path, told["skipped"], digest)
    return Submission(
        path,
        digest,
        _record(told["record"]) if told["record"] else None,
        tuple(_finding(one, path) for one in told["findings"]),
        _finding(told["refusal"], path) if told["refusal"] else None,
        told["modified"],
        told["kind"],
        told["cover"],
    )


def _record(told: dict[str, Any]) -> Record:
    sources = {key: Source(**one) for key, one in told["sources"].items()}
    return Record(**told | {"unit": Unit(**told["unit"]), "sources": sources})


def _finding(told: dict[str, Any], path: str) -> Finding:
    return Finding(**told | {"severity": Severity(told["severity"]), "file": path})

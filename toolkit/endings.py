"""How a run ends: the exit codes, and which of them a refusal leads to."""

from toolkit import words

GOOD = 0
OPEN = 1
"""Somebody still has to do something: an error, an open warning, a conflict."""
USAGE = 2
FILES = 3
"""A path named on the command line cannot be read or written; outranks OPEN."""
DEFINITION = 4
INTERRUPTED = 130


def code_of(error: Exception) -> int | None:
    """Return the exit code of a refusal, None for an exception that is a fault of ours."""
    from toolkit.definition import BrokenDefinition
    from toolkit.files import Unwritable
    from toolkit.findings import Refused
    from toolkit.folder import Unusable
    from toolkit.ledger import Unusable as UnusableLedger
    from toolkit.merge import Undecided
    from toolkit.writing.template_slips import BrokenTemplate

    codes: dict[type[Exception], int] = {
        Refused: FILES,
        Unwritable: FILES,
        Unusable: FILES,
        UnusableLedger: FILES,
        BrokenDefinition: DEFINITION,
        BrokenTemplate: DEFINITION,
        Undecided: USAGE,
    }
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None)


def output_lost(error: OSError) -> str:
    """Say why what was to be printed could not be, a full disk behind it for one."""
    from toolkit import files

    return words.say("cli.stopped.output", reason=files.reason(error))

"""Files made to kill their reader; ``python -m tests.reading.attacks FILE…`` reads them, bounded.

Nothing hostile is stored: every file is made when it is needed, from a few lines of code.
"""

from tests.reading.attacks import binaries, documents, open_documents, packages, sheets
from tests.reading.attacks.kept import ATTACKS

__all__ = ["ATTACKS", "binaries", "documents", "open_documents", "packages", "sheets"]

"""The ledger of a collection: one SQLite file with the files, what they say, and what was decided.

It is open to one run at a time. What is kept is kept for good as soon as ``save`` returns: a
process that dies loses what came after, and nothing else.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit import ledger_tables, text, words
from toolkit.decisions import Action, Decision
from toolkit.files import Unwritable
from toolkit.ledger_tables import APPLICATION, VERSION
from toolkit.record import Unit

SUFFIX = ".ledger.sqlite"
"""How the names of ledgers end."""


class Unusable(Exception):
    """A file is no ledger that can be used, or another run has it open; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was when it was read."""

    path: str
    size: int
    saved: int
    """When it was last saved, in nanoseconds."""
    read: int
    """When it was read, in nanoseconds."""
    digest: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a decision was taken back."""

    when: str
    who: str
    why: str


class Ledger:
    """An open ledger."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, new: bool) -> None:
        """Keep what is open; use ``opened``."""
        self.path = path
        self.new = new
        """Whether it was made when it was opened: nothing is known, nothing was decided."""
        self._connection = connection

    # ------------------------------------------------------------ files

    def seen(self, folder: str = "") -> dict[str, Seen]:
        """Return the files that were read, by path.

        Args:
            folder: where the files of another year lie; "" for those that are collected.
        """
        rows = self._rows(
            "SELECT path, size, saved, read, digest FROM files WHERE folder = ?", (folder,)
        )
        return {row[0]: Seen(*row) for row in rows}

    def arrivals(self) -> dict[str, datetime]:
        """Return when each content that is collected was first seen, by digest."""
        rows = self._rows("SELECT digest, arrived FROM arrivals")
        with intact(self.path):
            return {digest: datetime.fromisoformat(arrived) for digest, arrived in rows}

    def keep_arrivals(self, first: Mapping[str, datetime]) -> None:
        """Keep when contents were first seen; what is known of one already stays.

        Args:
            first: when, by digest.
        """
        rows = [(digest, when.isoformat()) for digest, when in first.items()]
        with _told(self.path), self._connection:
            self._connection.executemany("INSERT OR IGNORE INTO arrivals VALUES (?, ?)", rows)

    def known(self, stamp: str) -> frozenset[str]:
        """Return the digests of the files that this very program has read."""
        rows = self._rows("SELECT digest FROM contents WHERE stamp = ?", (stamp,))
        return frozenset(row[0] for row in rows)

    def outcome(self, digest: str) -> str:
        """Return what a file turned out to be."""
        ((outcome,),) = self._rows("SELECT outcome FROM contents WHERE digest = ?", (digest,))
        return str(outcome)

    def save(self, stamp: str, read: Iterable[tuple[Seen, str]], folder: str = "") -> None:
        """Keep files that were read, all of them or none.

        Args:
            stamp: of the program that read them.
            read: each file, and what it turned out to be.
            folder: as for ``seen``.

        Raises:
            Unwritable: the disk is full, for one.
        """
        with _told(self.path), self._connection:
            for one, outcome in read:
                self._connection.execute(
                    "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                    (folder, one.path, one.size, one.saved, one.read, one.digest),
                )
                self._connection.execute(
                    "REPLACE INTO contents VALUES (?, ?, ?)", (one.digest, stamp, outcome)
                )

    # ------------------------------------------------------------ what is collected

    def collected(self) -> dict[str, str]:
        """Return what was noted of the collection."""
        return dict(self._rows("SELECT name, value FROM collected"))

    def note(self, **told: str) -> None:
        """Note something about the collection: its edition, its year."""
        with _told(self.path), self._connection:
            self._connection.executemany("REPLACE INTO collected VALUES (?, ?)", told.items())

    # ------------------------------------------------------------ decisions

    def decide(self, made: Decision) -> int:
        """Keep a decision and return its number."""
        values = (
            *(made.action, made.who, made.why, made.when, made.digest, made.path),
            *(made.unit.name, made.unit.code, made.key, made.code, str(made.amount)),
            *(made.edition, made.year, made.rule, "\n".join(made.states)),
        )
        with _told(self.path), self._connection:
            return int(
                self._connection.execute(
                    "INSERT INTO decisions (action, who, why, made, digest, path, unit_name,"
                    " unit_code, indicator, code, amount, edition, year, rule, states)"
                    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    values,
                ).lastrowid
                or 0
            )

    def decisions(self) -> list[tuple[Decision, Withdrawn | None]]:
        """Return all decisions ever made, in their order, and which were taken back."""
        rows = self._rows(
            "SELECT number, action, who, why, made, digest, path, unit_name, unit_code, indicator,"
            " code, amount, edition, year, rule, states, withdrawn, withdrawn_by, withdrawn_why"
            " FROM decisions"
            " ORDER BY number"
        )
        with intact(self.path):
            return [(_decision(row), Withdrawn(*row[16:]) if row[16] else None) for row in rows]

    def withdraw(self, number: int, taken: Withdrawn) -> None:
        """Take a decision back; it stays on record."""
        with _told(self.path), self._connection:
            self._connection.execute(
                "UPDATE decisions SET withdrawn = ?, withdrawn_by = ?, withdrawn_why = ?"
                " WHERE number = ?",
                (taken.when, taken.who, taken.why, number),
            )

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with _told(self.path):
            return self._connection.execute(query, values).fetchall()


def _decision(row: Sequence[str]) -> Decision:
    number, action, who, why, made, digest, path, name, code, indicator, about, amount = row[:12]
    edition, year, rule, states = row[12:16]
    return Decision(
        Action(action),
        who,
        why,
        made,
        int(number),
        digest,
        path,
        Unit(name, code),
        indicator,
        about,
        text.exact(Decimal(amount)),
        edition,
        year,
        rule,
        tuple(states.splitlines()),
    )


# ---------------------------------------------------------------- opening


@contextmanager
def opened(path: Path, *, create: bool) -> Iterator[Ledger]:
    """Open a ledger for this run alone.

    Args:
        path: where it is.
        create: whether it is made where there is none.

    Raises:
        Unusable: it is none, damaged, made by a newer version, or open in another run.
        Unwritable: it cannot be made or written.
    """
    if not create and not path.exists():
        raise Unusable(words.say("ledger.missing", path=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(words.say("ledger.unwritable", path=path)) from error
    with _told(path):
        connection = sqlite3.connect(path, timeout=0)
    try:
        with _told(path):
            new = _prepare(path, connection)
        yield Ledger(path, connection, new=new)
    finally:
        connection.close()


def _prepare(path: Path, connection: sqlite3.Connection) -> bool:
    """Take the file for this run, make its tables or bring them up to date; tell if it is new."""
    # Once taken, the lock stays until the connection is closed, whatever is committed.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    ((application,),) = connection.execute("PRAGMA application_id")
    ((version,),) = connection.execute("PRAGMA user_version")
    ((tables,),) = connection.execute("SELECT count(*) FROM sqlite_master")
    new = tables == 0 and application in (0, APPLICATION)
    if not new and application != APPLICATION:
        raise Unusable(words.say("ledger.strange", path=path))
    if not new and version > VERSION:
        raise Unusable(words.say("ledger.newer", path=path))
    with intact(path):
        scripts = ledger_tables.scripts(None if new else version)
    for script in scripts:
        for statement in script.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()
    return new


_UNUSABLE = {
    "SQLITE_BUSY": "busy",
    "SQLITE_NOTADB": "strange",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_ERROR": "damaged",  # a table or a column of ours is not there
}
_UNWRITABLE = {"SQLITE_FULL": "full"}


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in Chinese what SQLite says."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if reason := _UNUSABLE.get(name):
            raise Unusable(words.say(f"ledger.{reason}", path=path)) from error
        reason = _UNWRITABLE.get(name, "unwritable")
        raise Unwritable(words.say(f"ledger.{reason}", path=path)) from error


@contextmanager
def intact(path: Path) -> Iterator[None]:
    """Say in Chinese that what a ledger holds is nothing that was ever kept in it.

    Args:
        path: of the ledger.

    Raises:
        Unusable: what was done with it could not be done.
    """
    try:
        yield
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise Unusable(words.say("ledger.damaged", path=path)) from error

"""The tables of a ledger, and what makes those of an earlier version into them."""

APPLICATION = 0x474B544C
"""SQLite's application id, by which the file is known."""
VERSION = 2
"""Of the tables below; a ledger of an earlier one is brought up to date."""
_TABLES = """
CREATE TABLE contents (
    digest TEXT PRIMARY KEY, -- SHA-256 of the bytes
    stamp TEXT NOT NULL,     -- of the program that read them
    outcome TEXT NOT NULL    -- JSON: the record with the source of every figure, and the findings
) WITHOUT ROWID;
CREATE TABLE files (
    folder TEXT NOT NULL,   -- of another year, in full; '' for what is collected
    path TEXT NOT NULL,     -- relative to the folder
    size INTEGER NOT NULL,  -- in bytes; so are the next two when it was read
    saved INTEGER NOT NULL, -- nanoseconds since 1970; so is the next
    read INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (folder, path)
) WITHOUT ROWID;
CREATE TABLE arrivals (
    digest TEXT PRIMARY KEY, -- of what is collected
    arrived TEXT NOT NULL    -- ISO 8601; when it was first seen, wherever it lay
) WITHOUT ROWID;
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, made TEXT NOT NULL,
    digest TEXT NOT NULL, path TEXT NOT NULL,
    unit_name TEXT NOT NULL, unit_code TEXT NOT NULL,
    indicator TEXT NOT NULL, code TEXT NOT NULL, amount TEXT NOT NULL,
    rule TEXT NOT NULL DEFAULT '', states TEXT NOT NULL DEFAULT '', -- of what is explained
    edition TEXT NOT NULL, year TEXT NOT NULL, -- what was collected then
    withdrawn TEXT NOT NULL DEFAULT '', withdrawn_by TEXT NOT NULL DEFAULT '',
    withdrawn_why TEXT NOT NULL DEFAULT ''
);
CREATE TABLE collected (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_UPGRADES = {
    1: """
CREATE TABLE arrivals (digest TEXT PRIMARY KEY, arrived TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO arrivals SELECT digest, min(arrived) FROM files GROUP BY digest;
ALTER TABLE files RENAME TO files_before;
CREATE TABLE files (
    folder TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, saved INTEGER NOT NULL,
    read INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (folder, path)
) WITHOUT ROWID;
INSERT INTO files SELECT '', path, size, saved, read, digest FROM files_before;
DROP TABLE files_before;
ALTER TABLE decisions ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions ADD COLUMN states TEXT NOT NULL DEFAULT '';
""",
}
"""What brings the tables of a version up to those of the next one."""


def scripts(version: int | None) -> list[str]:
    """Return what makes the tables, in order; nothing where they are up to date.

    Args:
        version: of the tables that are there; None where there are none.

    Raises:
        KeyError: there never was such a version.
    """
    if version is None:
        return [_TABLES]
    return [_UPGRADES[older] for older in range(version, VERSION)]

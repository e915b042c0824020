"""Where the data people edit is found: schemas/, templates/ and samples/."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example ``data("schemas", "2018")``.

    In an installed wheel the three folders lie under ``toolkit/data``; in a checkout
    (editable install) they are at the top level of the tree.
    """
    installed = _PACKAGE / "data"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


def program() -> tuple[Path, ...]:
    """Return the folders that hold all that results depend on: the code, and what it works by."""
    return _PACKAGE, data("schemas"), data("templates")

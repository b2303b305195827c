"""Which documents are meant by the paths a user gives: files, folders, globs, or `-` for a list on standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from clearprint.answers import Failure, Report

SUFFIXES = (".pdf", ".docx", ".dotx")
"""What a folder is searched for. A file named outright is read whatever its suffix: content decides."""
_SHADOWS = ("~$", ".~lock", "._")
"""How the files begin that Word, LibreOffice and macOS lay beside a document: they are none, even when a hook names them."""


def find(paths: Iterable[str], *, allow_empty: bool = False) -> list[Path | Report]:
    """Every document meant, in the order given, none twice. What cannot be found stands there as a Report with its error.

    Lock files are passed over. With `allow_empty` a folder or a pattern in which there is nothing is no error.
    """
    found: dict[str, Path | Report] = {}
    for given in paths:
        names = [line.rstrip("\r\n") for line in sys.stdin if line.strip()] if given == "-" else [given]
        for name in names:
            for item in _meant(name, allow_empty):
                found.setdefault(item.path if isinstance(item, Report) else str(item), item)
    return list(found.values())


def _meant(name: str, allow_empty: bool) -> list[Path | Report]:
    path = Path(name)
    try:
        if path.is_dir():
            inside = _inside(path)
            if inside or allow_empty:
                return inside
            return [_missing(name, f"{name}: no .pdf, .docx or .dotx file in this folder.", "empty-folder")]
        if path.exists() or path.is_symlink():
            return [] if path.name.startswith(_SHADOWS) else [path]
        if glob.has_magic(name):
            matched = [Path(item) for item in sorted(glob.glob(name, recursive=True)) if _is_file(Path(item))]
            if allow_empty:
                return [*matched]
            return [*matched] or [_missing(name, f"{name}: no file matches this pattern.", "missing")]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return [_missing(name, f"{name}: {reason}. Check the path.", "unreadable")]
    return [_missing(name, f"{name}: there is no such file. Check the path.", "missing")]


def _inside(folder: Path) -> list[Path | Report]:
    """The documents in a folder and those below it, and a Report for each folder that the system does not let us see."""
    refused: list[Path | Report] = []

    def note(error: OSError) -> None:
        name = str(error.filename)
        reason = error.strerror or str(error)
        refused.append(
            _missing(name, f"{name}: {reason}. Its documents were not checked; see to its permissions.", "unreadable")
        )

    found: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]  # .git, .venv: nobody means what lies hidden there
        found += [Path(parent, name) for name in files if name.lower().endswith(SUFFIXES) and _is_file(Path(parent, name))]
    return [*sorted(found), *refused]


def _is_file(path: Path) -> bool:
    return not path.name.startswith(_SHADOWS) and path.is_file()


def _missing(name: str, message: str, code: str) -> Report:
    return Report(path=name, error=Failure(code, message))

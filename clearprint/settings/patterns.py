"""Which documents a `files` pattern means. One rule on every system, so that a repository means the same everywhere.

`*` and `?` stay within a folder, `**` crosses folders, `[abc]` is one of these letters. A pattern without a slash is held
against the file's name in any folder; one that ends in a slash means everything in that folder. `\\` is taken for `/`, and
letters' case is ignored, because documents come from Windows as often as not.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path


def problem(pattern: str) -> str | None:
    """What is wrong with a pattern, None when nothing is."""
    parts = _parts(pattern)
    if not parts:
        return "it is empty"
    if ".." in parts:
        return "it leads out of the folder; patterns begin where the settings file is"
    if pattern[:1] in ("/", "\\") or pattern[1:2] == ":":
        return "it is absolute; patterns begin where the settings file is"
    return None


def matches(pattern: str, document: Path, root: Path) -> bool:
    """Whether a pattern of settings that hold in the folder `root` means that document (an absolute path)."""
    wanted = _parts(pattern)
    parts = [part.lower() for part in _below(document, root)]
    if pattern[-1:] in ("/", "\\"):
        wanted = [*wanted, "**", "*"]
    elif len(wanted) == 1:
        return fnmatchcase(parts[-1], wanted[0])
    return _meets(wanted, parts)


def _parts(pattern: str) -> list[str]:
    return [part.lower() for part in pattern.strip().replace("\\", "/").split("/") if part not in ("", ".")]


def _below(document: Path, root: Path) -> tuple[str, ...]:
    try:
        return document.relative_to(root).parts
    except ValueError:  # elsewhere on the disk: only patterns that begin with ** or name a file can mean it
        return document.relative_to(document.anchor).parts if document.anchor else document.parts


def _meets(wanted: list[str], parts: list[str]) -> bool:
    # Which beginnings of `parts` the pattern so far can stand for: linear in each, whatever the stars.
    reached = {0}
    for part in wanted:
        if part == "**":
            reached = set(range(min(reached), len(parts) + 1)) if reached else set()
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], part)}
    return len(parts) in reached


def absolute(path: Path) -> Path:
    """The path from the root, with `.` and `..` gone and symbolic links left as they are."""
    return Path(os.path.abspath(path))

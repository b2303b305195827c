"""Reports shown: a module an output format. Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from clearprint.answers import Answer, PagePicture, Report
from clearprint.errors import BadUsage
from clearprint.records import record
from clearprint.reports.paths import Tree
from clearprint.rulebook import Rulebook


@record
class Run:
    """What a report is drawn from: the documents, the checklist, what fails the gate, and how much to say."""

    reports: Sequence[Report]
    book: Rulebook
    fails: Callable[[Report, Answer], bool]
    books: Mapping[str, Rulebook] = field(default_factory=dict)  # by path: of documents judged by other limits than most
    pictures: Mapping[str, Mapping[int, PagePicture]] = field(default_factory=dict)  # by path and page number
    quiet: bool = False
    verbose: bool = False
    colour: bool = False  # for a terminal
    reasons: bool = True  # whether to say why a document could not be read, where standard error does not
    code: int = 0  # the exit code
    tree: Tree = field(default_factory=Tree)
    baseline: bool = False  # whether each fault was held against known ones, so that its status means something

    def book_of(self, report: Report) -> Rulebook:
        """The rulebook that a document was judged by."""
        return self.books.get(report.path, self.book)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step, so that nobody ever sees half of it. BadUsage when the system refuses."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    temporary: str | None = None
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a named pipe: there is nothing to replace
            path.write_bytes(data)
            return
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadUsage(f"{path}: it cannot be written ({reason}). Nothing was left half written.") from error
    finally:
        if temporary is not None:  # the disk is full, or somebody pressed Ctrl-C
            with suppress(OSError):
                os.unlink(temporary)


def append_whole(path: Path, content: str) -> None:
    """Add to the end of a file all of the content or nothing of it. BadUsage when the system refuses."""
    try:
        with path.open("ab") as file:
            before = file.tell()
            try:
                file.write(content.encode("utf-8", "replace"))
                file.flush()
            except OSError:
                file.truncate(before)
                raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadUsage(f"{path}: the summary cannot be written ({reason}). Nothing was left half written.") from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current

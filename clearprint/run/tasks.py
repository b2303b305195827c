"""What holds for each document: its nearest settings file, and over it what the command line or the caller says."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import field, replace
from pathlib import Path
from typing import Literal

from clearprint import declaration
from clearprint.declaration import Known
from clearprint.errors import BadSettings
from clearprint.model import Job
from clearprint.records import record
from clearprint.rulebook import Rulebook
from clearprint.run.work import Task
from clearprint.settings import Finder, Settings, sidecar

TICKETS = (".jdf", ".xjdf")
"""How the job ticket of a document ends that lies beside it under the same name."""


@record
class Asked:
    """What is asked of a run as a whole. It goes over all settings; only `skip` adds to what they leave out."""

    checklist: str | None = None
    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fail_on: tuple[str, ...] | None = None
    timeout: float | None = None
    declared: Job = field(default_factory=Job)
    language: str | None = None
    layout: Literal["estimate", "libreoffice"] | None = None
    ticket: Path | None = None  # a job ticket for all documents; None: the one that lies beside each

    def over(self, settings: Settings) -> Settings:
        """Those settings with what is asked on top."""
        chosen = settings.with_checklist(self.checklist) if self.checklist else settings
        declared, known = declaration.together([self.source, declaration.Source(chosen.declared, chosen.told)])
        return replace(
            chosen,
            select=self.select or chosen.select,
            skip=(*chosen.skip, *(name for name in self.skip if name not in chosen.skip)),
            fail_on=chosen.fail_on if self.fail_on is None else self.fail_on,
            timeout=self.timeout or chosen.timeout,
            language=self.language or chosen.language,
            layout=self.layout or chosen.layout,
            declared=declared,
            told=known.told,
        )

    @property
    def source(self) -> declaration.Source:
        """What is declared of the run as a whole: stronger than all else."""
        return declaration.Source(self.declared, declaration.told(self.declared, "--declare"))


def today() -> str:
    """The day that what expires is held against, 2026-11-22: of SOURCE_DATE_EPOCH where a build sets it, else of the clock."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal() and len(seconds) <= 11:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat()
    return datetime.datetime.now().astimezone().date().isoformat()


class Planner:
    """Tasks for documents. BadSettings is raised before any work, when a name in settings or on the command line is unknown."""

    def __init__(self, finder: Finder, asked: Asked, *, day: str | None = None) -> None:
        self._finder = finder
        self._asked = asked
        self.day = day or today()
        self._books: list[tuple[Settings, Rulebook]] = []  # one for each kind of settings, few in a run

    def tasks(self, documents: Iterable[Path]) -> list[Task]:
        """Each document with what holds for it."""
        return [self._task(document) for document in documents]

    def books(self, tasks: Iterable[Task]) -> tuple[Rulebook, dict[str, Rulebook]]:
        """The rulebook that most documents are judged by, and by path those of the others."""
        by_path = {str(task.path): self.book(task.settings) for task in tasks}
        if not by_path:
            return self.book(self._asked.over(Settings())), {}
        uses = Counter(map(id, by_path.values()))
        common = max(by_path.values(), key=lambda book: uses[id(book)])
        return common, {path: book for path, book in by_path.items() if book is not common}

    def book(self, settings: Settings) -> Rulebook:
        """The checklist with the limits of those settings; the same object for the same settings."""
        for known, book in self._books:
            if known == settings:
                return book
        book = settings.rulebook()
        for name in (*self._asked.select, *self._asked.skip):
            book.rule(name)  # a name nobody knows is the command line's: those in settings were looked at when they were read
        try:
            settings.skipped(book)
        except BadSettings as error:
            where = f"{settings.sources[-1]}: " if settings.sources else ""
            raise BadSettings(where + error.message, code=error.code) from error
        self._books.append((settings, book))
        return book

    def _task(self, document: Path) -> Task:
        found = self._finder.of(document)
        settings = self._asked.over(found)
        self.book(settings)
        job, known = known_of(document, self._asked, found, self.day)
        return Task(document, settings, job, known)


def known_of(document: Path, asked: Asked, settings: Settings, day: str) -> tuple[Job, Known]:
    """What is known of a document's print job, the strongest source first: asked, sidecar, settings, job ticket."""
    sources = [declaration.Source(settings.declared, settings.told)]
    near = (path for end in TICKETS if (path := document.with_suffix(end)).is_file()) if document.suffix else ()
    ticket = asked.ticket if asked.ticket is not None else next(iter(near), None)
    remarks: tuple[str, ...] = ()
    if ticket is not None:
        from clearprint.formats import jdf

        source, remarks = jdf.read(ticket)
        sources.append(source)
    job, known = sidecar.laid_under(asked.source, sidecar.beside(document, day), sources)
    return job, replace(known, remarks=remarks)

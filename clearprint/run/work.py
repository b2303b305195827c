"""One document, start to end: read page by page, survey, judge, picture. Runs inside a worker."""

from __future__ import annotations

import gc
import hashlib
import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

from clearprint import engine, people
from clearprint.answers import Cause, Failure, PagePicture, Report, Said
from clearprint.errors import UnreadableFile
from clearprint.layout import assign, fingerprint, settle, summarise
from clearprint.model import Job, NotLookedAt, Page, merge_summaries
from clearprint.readers import open_source
from clearprint.settings import Settings

PICTURES = 60
"""Pages shown as pictures in a report: those with most faults."""
MEMORY = 64 * 2**20
"""Bytes of pages that wait in memory; the rest waits in one private temporary file."""
_BYTES_A_LETTER = 120  # of a page in memory, measured over text pages: words and spans carry most of it

Progress = Callable[[int, int], None]
"""Pages delivered, pages in all."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document, and what holds for it."""

    path: Path
    settings: Settings = field(default_factory=Settings)
    job: Job = field(default_factory=Job)
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are to be checked. `settings` and `job` hold for those that are given as a path without their own."""

    settings: Settings = field(default_factory=Settings)
    job: Job = field(default_factory=Job)
    said: tuple[Said, ...] = ()
    today: str = ""  # 2026-11-22: what expired before it does not hold
    password: str | None = None
    pictures: bool = False
    jobs: int = 1
    raise_crashes: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and pictures of the pages with faults when they were asked for."""

    report: Report
    pictures: Mapping[int, PagePicture] = field(default_factory=dict)


@contextmanager
def few_collections() -> Iterator[None]:
    """Cycles are looked for seldom: facts are plain and hold none, and looking for some costs 5 to 15 % of the work."""
    before = gc.get_threshold()
    if before[0]:  # 0: switched off, and none of our business
        gc.set_threshold(max(before[0], 50_000), max(before[1], 20), max(before[2], 20))
    try:
        yield
    finally:
        gc.set_threshold(*before)


@few_collections()
def check_document(path: Path, options: Options, progress: Progress = lambda done, of: None) -> Checked:
    """Check one document in this process. UnreadableFile when it cannot be read at all."""
    book = options.settings.rulebook()
    skip = options.settings.skipped(book)
    with open_source(path, options.job, password=options.password) as source, PageStore() as store:
        progress(0, source.count)
        summaries = []
        fingerprints = []
        unread: Cause | None = None
        lost: list[NotLookedAt] = []
        for index in range(source.count):
            try:
                page = source.page(index)
                summaries.append(summarise(page))
                fingerprints.append(fingerprint(page))
                store.add(page)
            except UnreadableFile as error:
                unread = unread or "partial"
                lost.append(NotLookedAt(index + 1, None, error.message))
            except MemoryError:
                raise
            except Exception as error:
                if options.raise_crashes:
                    raise
                unread = "crashed"
                lost.append(NotLookedAt(index + 1, None, f"clearprint failed on this page ({type(error).__name__}: {error})"))
            progress(index + 1, source.count)
        if not summaries and lost and unread == "partial":
            raise UnreadableFile(lost[0].reason)
        survey = settle(merge_summaries(summaries), options.job)
        answers = engine.judge(
            book,
            (assign(page, survey) for page in store),
            survey,
            skip=skip,
            unread=unread,
            raise_crashes=options.raise_crashes,
        )
        report = Report(
            path=str(path),
            format=source.format,
            sha256=digest(path),
            pages=source.count if source.laid_out else None,
            layout="exact" if source.laid_out else "estimate",
            answers=answers,
            declared=options.job,
            not_looked_at=(*lost, *survey.not_looked_at),
            checklist=book.name,
            settings=options.settings.sources,
            fingerprints=tuple(fingerprints),
        )
        report = people.held(report, options.said, options.today, book)
        drawn = _pictures(path, report, options, progress) if options.pictures and source.laid_out else {}
    return Checked(report, drawn)


def digest(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def failed(path: Path, code: str, message: str) -> Checked:
    """A document that could not be checked, as a report."""
    return Checked(Report(path=str(path), error=Failure(code, message)))


def _pictures(path: Path, report: Report, options: Options, progress: Progress) -> dict[int, PagePicture]:
    from clearprint.annotate.page_picture import picture

    weight: Counter[int] = Counter()
    for answer in report.answers:
        for finding in answer.faults:
            weight.update(finding.pages[:20])
    chosen = sorted(page for page, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:PICTURES])
    drawn = {}
    for number in chosen:
        drawn[number] = picture(path, number, options.job, options.password)
        progress(report.pages or 0, report.pages or 0)
    return drawn


class PageStore:
    """Pages kept between both passes: in memory up to MEMORY bytes, then in a private temporary file."""

    def __init__(self, limit: int = MEMORY) -> None:
        self._limit = limit
        self._size = 0
        self._kept: list[Page] = []
        self._spilled = 0
        self._file: IO[bytes] | None = None

    def __enter__(self) -> PageStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, page: Page) -> None:
        self._size += sum(len(block.text) for block in page.blocks) * _BYTES_A_LETTER + 2_000
        if self._size <= self._limit:
            self._kept.append(page)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="clearprint-")  # noqa: SIM115 - closed by __exit__
        pickle.dump(page, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._spilled += 1

    def __iter__(self) -> Iterator[Page]:
        yield from self._kept
        if self._file is not None:
            self._file.seek(0)
            for _ in range(self._spilled):
                page = pickle.load(self._file)
                assert isinstance(page, Page)
                yield page

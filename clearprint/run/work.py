"""One document, start to end: read page by page, survey, judge, picture. Runs inside a worker.

Other workers may read a part of its pages (`Helpers`). What is found out about pages merges in any order, so the report is the
same however they were spread.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Protocol

from clearprint import engine, folding, people
from clearprint.answers import Cause, Contradiction, Declared, Failure, PagePicture, Report, Tally
from clearprint.declaration import Known
from clearprint.errors import UnreadableFile
from clearprint.languages import language
from clearprint.languages.filling import fill
from clearprint.layout import assign, fingerprint, settle, summarise
from clearprint.model import Job, LayoutBasis, NotLookedAt, PageSummary, Survey, merge_summaries
from clearprint.readers import Source, open_source
from clearprint.records import record
from clearprint.rulebook import Rulebook
from clearprint.run.store import PageStore
from clearprint.settings import Settings
from clearprint.units import to_mm

PICTURES = 60
"""Pages shown as pictures in a report: those with most faults. Documents that share a file share them, too."""
PICTURE_BYTES = 2_700_000
"""Bytes of all pictures in a report; a third more once they stand in the HTML."""

TOGETHER = 64
"""Pages whose summaries are merged as soon as they are read."""

Progress = Callable[[int, int], None]
"""Pages delivered, pages in all."""
Tallies = Mapping[str, Tally]
"""What was seen of some pages, by question."""
Stamp = tuple[int, ...]
"""What tells that a file was changed meanwhile."""


@record
class Task:
    """One document, and what holds for it."""

    path: Path
    settings: Settings = field(default_factory=Settings)
    job: Job = field(default_factory=Job)
    known: Known = field(default_factory=Known)
    printed: Path | None = None  # the PDF that it was laid out in; the copy to write for that, where it is to be prepared


@record
class Options:
    """How documents are to be checked. `settings` and `job` hold for those that are given as a path without their own."""

    settings: Settings = field(default_factory=Settings)
    job: Job = field(default_factory=Job)
    known: Known = field(default_factory=Known)  # who says what of the job, and what people said of the document
    today: str = ""  # 2026-11-22: what expired before it does not hold
    password: str | None = None
    pictures: tuple[int, int] = (0, 0)  # pages of each document that may be drawn, and their bytes together
    jobs: int = 1
    raise_crashes: bool = False
    soffice: str | None = None  # the program that lays text documents out; None: the one on PATH
    printed: Path | None = None  # see Task
    prepare: bool = False  # write the copy for LibreOffice instead of checking


@record
class Checked:
    """A report, and pictures of the pages with faults when they were asked for."""

    report: Report
    pictures: Mapping[int, PagePicture] = field(default_factory=dict)


@record
class Part:
    """What pass one found out about some pages in a row."""

    first: int  # index of the first of them
    summary: PageSummary
    stamp: Stamp
    fingerprints: tuple[str, ...] = ()  # one a page; empty for one that was lost
    unread: Cause | None = None  # why some of them could not be looked at
    lost: tuple[NotLookedAt, ...] = ()


class Helpers(Protocol):
    """Workers that read a part of the same document's pages."""

    def end(self, index: int, end: int) -> int:
        """Asked before each page: where this worker's pages end now, because the rest was given away."""
        ...

    def parts(self) -> Sequence[Part]:
        """What they read; waits for it."""
        ...

    def settled(self, survey: Survey) -> None:
        """Let them judge their pages."""
        ...

    def tallies(self) -> Sequence[Tallies]:
        """What they saw; waits for it."""
        ...


class Alone:
    """No helpers: one worker reads it all."""

    def end(self, index: int, end: int) -> int:
        return end

    def parts(self) -> Sequence[Part]:
        return ()

    def settled(self, survey: Survey) -> None:
        """Nobody waits for it."""

    def tallies(self) -> Sequence[Tallies]:
        return ()


@contextmanager
def few_collections() -> Iterator[None]:
    """Cycles are looked for seldom: facts are plain and hold none, and looking for some costs 5 to 15 % of the work."""
    before = gc.get_threshold()
    if before[0]:  # 0: switched off, and none of our business
        gc.set_threshold(max(before[0], 500_000), max(before[1], 20), max(before[2], 20))
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _unheard(done: int, of: int) -> None:
    """Nobody asked for progress."""


@few_collections()
def check_document(path: Path, options: Options, progress: Progress = _unheard, helpers: Helpers | None = None) -> Checked:
    """Check one document in this process, and in `helpers`. UnreadableFile when it cannot be read at all."""
    helpers = helpers or Alone()
    book = options.settings.rulebook()
    skip = options.settings.skipped(book)
    before, sha256 = stamp(path), digest(path)
    with open_source(path, options.job, password=options.password, printed=options.printed) as source, PageStore() as store:
        progress(0, source.count)
        read = read_pages(
            source, 0, source.count, store, options, before, progress, helpers if source.layout == "exact" else Alone()
        )
        parts = sorted([read, *helpers.parts()], key=lambda part: part.first)
        lost = tuple(item for part in parts for item in part.lost)
        causes: set[Cause | None] = {part.unread for part in parts}
        unread: Cause | None = "crashed" if "crashed" in causes else "partial" if "partial" in causes else None
        if unread == "partial" and len(lost) == source.count:
            raise UnreadableFile(lost[0].reason)
        survey = settle(merge_summaries(part.summary for part in parts), options.job)
        helpers.settled(survey)
        seen = observe(store, survey, options)
        answers = engine.conclude(
            book, [seen, *helpers.tallies()], survey, skip=skip, unread=unread, raise_crashes=options.raise_crashes
        )
        if (formatting := source.formatting) is not None:
            from clearprint.run.formatted import with_formatting

            answers = with_formatting(answers, formatting, book, options.job, skip, raise_crashes=options.raise_crashes)
        report = Report(
            path=str(path),
            format=source.format,
            sha256=sha256,
            pages=source.count if source.laid_out else None,
            layout=source.layout,
            layout_basis=source.basis,
            profile=source.profile,
            answers=answers,
            declared=options.job,
            not_looked_at=(*lost, *survey.not_looked_at, *_stand_ins(source.basis, book)),
            checklist=book.name,
            settings=options.settings.sources,
            declared_by=options.known.told,
            contradictions=(*options.known.contradictions, *_own_folds(survey, options.known)),
            expired=options.known.expired,
            remarks=(*options.known.remarks, *_sheets(survey, book), *_intent(source.profile, book)),
            fingerprints=tuple(one for part in parts for one in part.fingerprints),
        )
        report = people.held(report, options.known.said, options.today, book)
        drawn = _pictures(options.printed or path, report, options) if options.pictures[0] and source.laid_out else {}
    if any(part.stamp != before for part in parts) or _stamp_or_none(path) != before:
        raise UnreadableFile(f"{path.name} was changed or taken away while it was read. Check it again.", code="changed")
    return Checked(report, drawn)


def _intent(profile: str | None, book: Rulebook) -> tuple[str, ...]:
    """By which output intent colours were shown."""
    return (fill(book.sentences["profile"], {"profile": profile}, language(book.language)),) if profile else ()


def read_pages(
    source: Source,
    first: int,
    end: int,
    store: PageStore,
    options: Options,
    before: Stamp,
    progress: Progress,
    helpers: Helpers,
) -> Part:
    """Pass one over the pages from `first` up to `end`, or fewer when helpers take some; they wait in `store`."""
    summaries: list[PageSummary] = []  # of runs of pages, and of the last pages one by one
    fresh = 0
    fingerprints: list[str] = []
    unread: Cause | None = None
    lost: list[NotLookedAt] = []
    index = first
    while index < (end := helpers.end(index, end)):
        try:
            page = source.page(index)
            summaries.append(summarise(page))
            fresh += 1
            if fresh == TOGETHER:  # merged they take less than half the room
                summaries[-fresh:] = [merge_summaries(summaries[-fresh:])]
                fresh = 0
            fingerprints.append(fingerprint(page))
            store.add(page)
        except UnreadableFile as error:
            if error.code == "no-room":
                raise
            unread = unread or "partial"
            lost.append(NotLookedAt(index + 1, None, error.message))
        except MemoryError:
            raise
        except Exception as error:
            if options.raise_crashes:
                raise
            unread = "crashed"
            lost.append(NotLookedAt(index + 1, None, f"clearprint failed on this page ({type(error).__name__}: {error})"))
        index += 1
        fingerprints += [""] * (index - first - len(fingerprints))
        progress(index - first, source.count)
    return Part(first, merge_summaries(summaries), before, tuple(fingerprints), unread, tuple(lost))


def observe(store: PageStore, survey: Survey, options: Options) -> Tallies:
    """Pass two over the pages in `store`: what every check saw."""
    book = options.settings.rulebook()
    skip = options.settings.skipped(book)
    pages = (assign(page, survey) for page in store)
    return engine.observe(book, pages, survey, skip=skip, raise_crashes=options.raise_crashes)


def prepare_document(path: Path, target: Path) -> Checked:
    """Write the copy of a text document that LibreOffice is to lay out."""
    from clearprint.readers.printable import prepare

    prepare(path, target)
    return Checked(Report(path=str(path)))


def _own_folds(survey: Survey, known: Known) -> Iterator[Contradiction]:
    """That the file's own folds are others than was declared; what was declared is the stronger."""
    found = folding.contradicted(survey)
    used = next((item for item in known.told if item.name.startswith(("fold", "panels"))), None)
    if found is None or used is None:
        return
    page, own = found
    places: dict[str, list[float]] = {"fold-positions": [], "fold-heights": []}
    for box in own:
        upright = folding.is_upright(box)
        places["fold-positions" if upright else "fold-heights"].append(to_mm(box.x0 if upright else box.y0))
    for name, values in places.items():
        if values:
            value = ",".join(f"{value:.0f}" for value in sorted(values))
            yield Contradiction(name, used, Declared(name, value, f"the file itself, page {page}"))


def _sheets(survey: Survey, book: Rulebook) -> Iterator[str]:
    """That pages of the file are sheets with more than one page on them."""
    if survey.sheets is not None:
        yield fill(book.sentences[survey.sheets.kind], {"pages": len(survey.sheets.pages)}, language(book.language))


def _stand_ins(basis: LayoutBasis | None, book: Rulebook) -> Iterator[NotLookedAt]:
    """Faces that lines were broken without: an answer that rests on them may be off by as much."""
    for item in basis.stand_ins if basis is not None else ():
        sentence = book.sentences["stand-in" if item.used != item.face else "stand-in-table"]
        facts = {"face": item.face, "used": item.used, "error": item.error}
        yield NotLookedAt(None, None, fill(sentence, facts, language(book.language)))


def digest(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(path: Path) -> Stamp:
    """Which file it is and how it was last changed; OSError when it is not there."""
    found = os.stat(path)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def failed(path: Path, code: str, message: str) -> Checked:
    """A document that could not be checked, as a report."""
    return Checked(Report(path=str(path), error=Failure(code, message)))


def _stamp_or_none(path: Path) -> Stamp | None:
    try:
        return stamp(path)
    except OSError:
        return None


def _pictures(path: Path, report: Report, options: Options) -> dict[int, PagePicture]:
    from clearprint.annotate.page_picture import pictures

    most, room = options.pictures
    weight: Counter[int] = Counter()
    for answer in report.answers:
        for finding in answer.faults:
            weight.update(finding.pages[:20])
    chosen = sorted(page for page, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:most])
    return dict(pictures(path, chosen, options.job, options.password, room))


def room_for_pictures(documents: int, where: str) -> tuple[int, int]:
    """Pages and bytes of pictures that each document may have, in a "file" that all share or a "folder" with a file each."""
    if not where:
        return 0, 0
    sharing = max(1, documents) if where == "file" else 1
    return PICTURES // sharing, PICTURE_BYTES // sharing

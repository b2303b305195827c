"""Killable workers: each document is read in processes that a wall clock can end.

Two kinds of file hang the PDF engine inside C code, where no Python time-out reaches (nested forms, deflate bombs). A worker
is started once, reads many files, and is replaced when it hangs, dies or runs out of memory; only that file is lost.

A worker with nothing to do takes pages of a long document off the one that reads it: the second half of what is left, since
a run of pages is read faster than scattered ones. Results are the same for any number of workers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from clearprint.records import record
from clearprint.run import worker as inside
from clearprint.run.messages import At, Given, Help, News, Order, Packet, Read, Share, Waiting
from clearprint.run.work import Checked, Options, Task, failed

SECONDS_A_PAGE = 1.0
"""Added to the wall clock for each page actually delivered."""
LONGEST = 900.0
"""No document takes longer than this, whatever it delivers."""
STALL = 20.0
"""Seconds without a new page that end a document; a third of its time where that is more."""
WORTH_SHARING = 50
"""Pages that must remain: opening the document once more takes as long as a few of them."""

OnPage = Callable[[Path, int, int], None]
"""Path, pages done, pages in all (0 while it is opened): for progress. Said again each second in which nothing was done."""


@record(frozen=False, eq=False)
class _Document:
    """One that is being checked, and who works on it."""

    index: int
    task: Task
    started: float
    of: int = 0
    crew: list[_Worker] = field(default_factory=list)  # the one that began it first
    packets: list[Packet] = field(default_factory=list)  # for that one, when it waits
    helpers: int = 0
    released: int = 0  # pages of helpers that are done

    @property
    def done(self) -> int:
        return self.released + sum(worker.pages for worker in self.crew if worker.document is self)

    @property
    def allowed(self) -> float:
        """Seconds from its start to its end, by what was delivered."""
        return min(self.task.settings.timeout + SECONDS_A_PAGE * self.done, LONGEST)

    @property
    def stall(self) -> float:
        return max(STALL, self.task.settings.timeout / 3)


@record(frozen=False, eq=False)
class _Worker:
    process: Any
    pipe: Connection
    document: _Document | None = None
    first: int = 0  # index of the page it began with
    pages: int = 0
    heard: float = 0.0
    reading: bool = False
    waiting: bool = False

    def deadline(self) -> float:
        assert self.document is not None
        end = self.document.started + self.document.allowed
        return min(end, self.heard + self.document.stall) if self.reading else end

    def order(self, order: Order) -> None:
        with suppress(OSError):  # a dead worker is noticed when it is listened to
            self.pipe.send(order)

    def where(self) -> str:
        assert self.document is not None
        if not self.document.of:
            return "while it was opened"
        if self.reading:
            return f"on page {self.first + self.pages + 1} of {self.document.of}"
        return f"after page {self.document.of} of {self.document.of}, while it was judged"


def check_many(
    documents: Iterable[Path | Task], options: Options, on_page: OnPage = lambda path, done, of: None
) -> Generator[Checked, None, None]:
    """Check every document; results come in the order given, each as soon as those before it are known.

    Closing the generator ends all workers at once.
    """
    todo = [item if isinstance(item, Task) else Task(item, options.settings, options.job, options.known) for item in documents]
    pool = _Pool(todo, options, on_page)
    given = 0
    try:
        while given < len(todo):
            pool.work()
            while given in pool.results:
                yield pool.results.pop(given)
                given += 1
    finally:
        pool.close()


class _Pool:
    def __init__(self, todo: list[Task], options: Options, on_page: OnPage) -> None:
        self.results: dict[int, Checked] = {}
        self._options = options
        self._on_page = on_page
        self._size = max(1, options.jobs)
        self._queue = list(enumerate(todo))[::-1]
        self._workers: list[_Worker] = []
        self._asked: _Worker | None = None  # to share; one at a time

    def work(self) -> None:
        """Hand out what there is to do, and listen until something was said or a clock ran out."""
        while self._queue and (worker := self._free()):
            index, task = self._queue.pop()
            self._begin(worker, _Document(index, task, time.monotonic()), task)
        if not self._queue and self._asked is None:
            self._share()
        for worker in self._ready():
            if worker in self._workers:  # not lost meanwhile with another of its document
                self._hear(worker)

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            if worker.document is not None:
                worker.process.kill()
            else:
                worker.order(None)
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    # --- who does what --------------------------------------------------------------------------------------------------

    def _free(self) -> _Worker | None:
        """A worker with nothing to do, started if there may be one more."""
        for worker in [worker for worker in self._workers if worker.document is None]:
            if worker.process.is_alive():
                return worker
            self._remove(worker)  # it died of something that was no document's fault
        if len(self._workers) >= self._size:
            return None
        self._workers.append(_start(self._options))
        return self._workers[-1]

    def _begin(self, worker: _Worker, document: _Document, order: Task | Help) -> None:
        worker.document, worker.heard = document, time.monotonic()
        worker.first, worker.pages = order.span[0] if isinstance(order, Help) else 0, 0
        worker.reading, worker.waiting = True, False
        document.crew.append(worker)
        worker.order(order)

    def _share(self) -> None:
        """Ask whoever has most pages left to give some to those who have nothing to do."""
        idle = self._size - sum(worker.document is not None for worker in self._workers)
        if idle < 1:
            return
        leads = [worker for worker in self._workers if worker.document and worker.reading and not worker.document.helpers]
        left = {worker: worker.document.of - worker.pages for worker in leads if worker.document}
        lead = max(leads, key=lambda worker: left[worker], default=None)
        if lead is not None and left[lead] >= WORTH_SHARING:
            self._asked = lead
            lead.order(Share(idle))

    def _ready(self) -> list[_Worker]:
        busy = [worker for worker in self._workers if worker.document is not None]
        nearest = min(worker.deadline() for worker in busy) - time.monotonic()
        heard = wait([worker.pipe for worker in busy], max(0.0, min(nearest, 1.0)))
        if not heard:  # said again, so that a page that takes long is seen to take long
            for document in {worker.document.index: worker.document for worker in busy if worker.document}.values():
                self._on_page(document.task.path, document.done, document.of)
        now = time.monotonic()
        return [worker for worker in busy if worker.pipe in heard or now >= worker.deadline()]

    # --- what they say --------------------------------------------------------------------------------------------------

    def _hear(self, worker: _Worker) -> None:
        document = worker.document
        assert document is not None
        try:
            news: News | None = worker.pipe.recv() if worker.pipe.poll() else None
        except (EOFError, OSError):
            worker.process.join(5)
            self._lose(document, failed(document.task.path, "crashed-engine", _death(worker)))
            return
        if news is None:
            self._lose(document, failed(document.task.path, "timeout", _overdue(worker)))
        elif isinstance(news, At):
            worker.pages, worker.heard, document.of = news.done, time.monotonic(), news.of
            self._on_page(document.task.path, document.done, document.of)
        elif isinstance(news, Given):
            self._asked = None
            document.helpers = len(news.spans)
            for span in news.spans:
                helper = self._free()
                assert helper is not None  # it was free when it was offered, and nothing was queued
                self._begin(helper, document, Help(document.task, span))
        elif isinstance(news, Read):
            worker.reading = False
            self._asked = None if self._asked is worker else self._asked
        elif isinstance(news, Waiting):
            worker.waiting = True
            self._pass_on(document)
        elif isinstance(news, Packet):
            self._route(worker, document, news)
        else:
            self._finish(worker, document, news)

    def _route(self, worker: _Worker, document: _Document, packet: Packet) -> None:
        """Packets wait here until the one they are for does: what is sent to a busy worker could block us with it."""
        if packet.kind == "survey":
            for helper in document.crew[1:]:
                helper.waiting = False
                helper.order(packet)
            return
        document.packets.append(packet)
        if packet.kind == "tallies":
            document.released += worker.pages
            self._release(worker)
        self._pass_on(document)

    def _pass_on(self, document: _Document) -> None:
        lead = document.crew[0]
        if lead.waiting and document.packets:
            lead.waiting = False
            lead.order(document.packets.pop(0))

    def _release(self, worker: _Worker) -> None:
        worker.document, worker.reading, worker.waiting = None, False, False

    def _finish(self, worker: _Worker, document: _Document, checked: Checked) -> None:
        error = checked.report.error
        if worker is not document.crew[0] or (error is not None and len(document.crew) > 1):
            self._lose(document, checked)
            return
        self.results[document.index] = checked
        self._asked = None if self._asked is worker else self._asked
        self._release(worker)
        for helper in [one for one in document.crew if one.document is document]:  # it was not needed after all
            self._remove(helper)
        if error is not None and error.code == "memory":
            self._remove(worker)  # its heap is fragmented: a fresh one serves the next file

    def _lose(self, document: _Document, checked: Checked) -> None:
        """The document ends with that result, and with all who work on it."""
        self.results[document.index] = checked
        for worker in document.crew:
            if self._asked is worker:
                self._asked = None
            if worker.document is document:
                self._remove(worker)

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        _end(worker)


def _start(options: Options) -> _Worker:
    # fork costs 5 ms and a fresh interpreter 130; fork is not safe beside other threads.
    alone = threading.active_count() == 1 and sys.platform.startswith("linux")
    context: Any = multiprocessing.get_context("fork" if alone else "spawn")
    ours, theirs = context.Pipe()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()  # or a forked worker would say it again
    process = context.Process(target=inside.serve, args=(theirs, options, os.getpid()), daemon=True)
    with _unbroken():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _unbroken() -> Iterator[None]:
    """Hold back an interrupt until a new worker has learnt to leave it to us; it takes the held-back signals over."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _overdue(worker: _Worker) -> str:
    document = worker.document
    assert document is not None
    path, now = document.task.path, time.monotonic()
    what = f"stopped after {document.allowed:.0f} s, {worker.where()}"
    if now < document.started + document.allowed:
        what = f"stopped after {document.stall:.0f} s without a new page, {worker.where()}"
    return f"{path}: {what}. Give it more time with --timeout, or mend the file."


def _death(worker: _Worker) -> str:
    assert worker.document is not None
    code = worker.process.exitcode
    how = f"killed by {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
    path = worker.document.task.path
    return f"{path}: the reading process died {worker.where()} ({how}). The file is probably damaged; save it again and retry."


def _end(worker: _Worker) -> None:
    worker.process.join(1)
    if worker.process.is_alive():
        worker.process.kill()
    worker.pipe.close()
    worker.process.join()
    worker.process.close()

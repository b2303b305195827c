"""Killable workers: each document is read in a process that a wall clock can end.

Two kinds of file hang the PDF engine inside C code, where no Python time-out reaches (nested forms, deflate bombs). A worker
is started once, reads many files, and is replaced when it hangs, dies or runs out of memory; only that file is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from clearprint.errors import ClearprintError
from clearprint.run.work import Checked, Options, Task, check_document, failed

SECONDS_A_PAGE = 1.0
"""Added to the wall clock for each page actually delivered."""
LONGEST = 900.0
"""No document takes longer than this, whatever it delivers."""
ADDRESS_SPACE = 2 * 2**30
"""Bytes a worker may map beyond what it had at its start."""

OnPage = Callable[[Path, int, int], None]
"""Path, pages done, pages in all: for progress."""


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    index: int | None = None  # of the document it works on
    path: Path | None = None
    timeout: float = 0.0
    started: float = 0.0
    pages: int = 0
    of: int = 0

    def deadline(self) -> float:
        return self.started + min(self.timeout + SECONDS_A_PAGE * self.pages, max(LONGEST, self.timeout))


def check_many(
    documents: Iterable[Path | Task], options: Options, on_page: OnPage = lambda path, done, of: None
) -> Iterator[Checked]:
    """Check every document; results come in the order given, each as soon as those before it are known."""
    todo = [item if isinstance(item, Task) else Task(item, options.settings, options.job) for item in documents]
    size = max(1, min(options.jobs, len(todo)))
    results: dict[int, Checked] = {}
    queue = list(enumerate(todo))[::-1]
    workers: list[_Worker] = []
    given = 0
    try:
        while given < len(todo):
            while queue and len(workers) < size:
                workers.append(_start(options))
            for worker in workers:
                if worker.index is None and queue:
                    _send(worker, *queue.pop())
            for worker in _ready(workers):
                _hear(worker, workers, results, on_page)
            while given in results:
                yield results.pop(given)
                given += 1
    finally:
        for worker in workers:
            _end(worker)


def _start(options: Options) -> _Worker:
    # fork costs 5 ms and a fresh interpreter 130; fork is not safe beside other threads.
    alone = threading.active_count() == 1 and sys.platform.startswith("linux")
    context: Any = multiprocessing.get_context("fork" if alone else "spawn")
    ours, theirs = context.Pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = context.Process(target=_serve, args=(theirs, options), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _send(worker: _Worker, index: int, task: Task) -> None:
    worker.index, worker.path, worker.timeout = index, task.path, task.settings.timeout
    worker.started, worker.pages, worker.of = time.monotonic(), 0, 0
    with suppress(OSError):  # a dead worker is noticed when it is listened to
        worker.pipe.send(task)


def _ready(workers: list[_Worker]) -> list[_Worker]:
    busy = [worker for worker in workers if worker.index is not None]
    nearest = min(worker.deadline() for worker in busy) - time.monotonic()
    heard = wait([worker.pipe for worker in busy], max(0.0, min(nearest, 1.0)))
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in heard or now >= worker.deadline()]


def _hear(worker: _Worker, workers: list[_Worker], results: dict[int, Checked], on_page: OnPage) -> None:
    assert worker.index is not None
    assert worker.path is not None
    try:
        message = worker.pipe.recv() if worker.pipe.poll() else None
    except (EOFError, OSError):
        worker.process.join(5)
        _lose(worker, workers, results, "crashed-engine", _death(worker))
        return
    if message is None:
        where = f"after page {worker.pages} of {worker.of}" if worker.of else "while it was opened"
        limit = worker.deadline() - worker.started
        text = f"{worker.path}: stopped after {limit:.0f} s, {where}. Give it more time with --timeout, or mend the file."
        _lose(worker, workers, results, "timeout", text)
    elif isinstance(message, Checked):
        results[worker.index] = message
        worker.index = None
        if message.report.error is not None and message.report.error.code == "memory":
            workers.remove(worker)  # its heap is fragmented: a fresh one serves the next file
            _end(worker)
    else:
        worker.pages, worker.of = message
        on_page(worker.path, worker.pages, worker.of)


def _lose(worker: _Worker, workers: list[_Worker], results: dict[int, Checked], code: str, text: str) -> None:
    assert worker.index is not None
    assert worker.path is not None
    results[worker.index] = failed(worker.path, code, text)
    workers.remove(worker)
    _end(worker)


def _death(worker: _Worker) -> str:
    code = worker.process.exitcode
    how = f"killed by {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
    where = f"after page {worker.pages} of {worker.of}" if worker.of else "while it was opened"
    return f"{worker.path}: the reading process died {where} ({how}). The file is probably damaged; save it again and retry."


def _end(worker: _Worker) -> None:
    if worker.index is None:
        with suppress(OSError):
            worker.pipe.send(None)
        worker.process.join(2)
    if worker.process.is_alive():
        worker.process.kill()
    worker.pipe.close()
    worker.process.join()
    worker.process.close()


# --- inside the worker ------------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, options: Options) -> None:
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and ends us
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):  # what the engine prints must not mix with results
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
    _end_with_parent()
    _limit_memory()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        with suppress(OSError):
            pipe.send(_checked(task.path, replace(options, settings=task.settings, job=task.job, said=task.said), pipe))


def _checked(path: Path, options: Options, pipe: Connection) -> Checked:
    try:
        return check_document(path, options, lambda done, of: pipe.send((done, of)))
    except ClearprintError as error:
        named = path.name in error.message
        text = error.message.replace(path.name, str(path), 1) if named else f"{path}: {error.message}"
        return failed(path, error.code, text)
    except MemoryError:
        return failed(path, "memory", f"{path}: it needs more memory than a worker may take. Split or simplify the file.")
    except OSError as error:
        return failed(path, "unreadable", f"{path}: {error.strerror or error}. Check the file and its permissions.")
    except Exception as error:
        if options.raise_crashes:
            raise
        return failed(
            path, "crashed", f"{path}: clearprint itself failed ({type(error).__name__}: {error}). Please report this."
        )


def _end_with_parent() -> None:
    """Have the kernel end this worker when its parent dies: a hung engine would never notice."""
    if sys.platform.startswith("linux"):
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl(2)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    try:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        used = 0
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = used + ADDRESS_SPACE
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

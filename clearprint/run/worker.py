"""Inside a worker: take a document, or a part of one that another worker has begun; say what came of it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from clearprint.errors import ClearprintError
from clearprint.model import Survey
from clearprint.readers import open_source
from clearprint.run.limits import confine
from clearprint.run.messages import At, Given, Help, Kind, News, Order, Packet, Read, Share, Span, Waiting
from clearprint.run.store import PageStore
from clearprint.run.work import (
    Alone,
    Checked,
    Options,
    Part,
    Tallies,
    Task,
    check_document,
    failed,
    observe,
    prepare_document,
    read_pages,
    stamp,
)

FEWEST = 25
"""Pages that make it worth another worker's while to open the document: it takes a tenth of a second."""


def serve(pipe: Connection, options: Options, parent: int) -> None:
    """Work until told to end, or until nobody is there to tell."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, and ends us
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    spoken = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):  # what the engine prints must not mix with results
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
    confine(parent)
    with suppress(EOFError, OSError):
        while (order := _received(pipe)) is not None:
            if isinstance(order, Task):
                pipe.send(_guarded(order, options, pipe, spoken))
            elif isinstance(order, Help) and (trouble := _guarded(order, options, pipe, spoken)) is not None:
                pipe.send(trouble)


def _received(pipe: Connection) -> Order:
    order: Order = pipe.recv()
    return order


def _guarded(order: Task | Help, options: Options, pipe: Connection, spoken: int) -> Checked | None:
    """Do it. Whatever goes wrong is a report with one sentence; None: a helper's work is done."""
    task = order if isinstance(order, Task) else order.task
    path, options = task.path, replace(options, settings=task.settings, job=task.job, known=task.known, printed=task.printed)
    try:
        if isinstance(order, Help):
            _help(path, order.span, options, pipe)
            return None
        if options.prepare and options.printed is not None:
            return prepare_document(path, options.printed)
        return check_document(path, options, lambda done, of: _say(pipe, At(done, of)), Crew(pipe))
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
            os.write(spoken, traceback.format_exc().encode("utf-8", "replace"))
        reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(":")
        return failed(path, "crashed", f"{path}: clearprint itself failed ({reason}). Please report this.")


def _help(path: Path, span: Span, options: Options, pipe: Connection) -> None:
    """Read some pages for the worker that has begun the document, and judge them once it knows the whole."""
    before = stamp(path)
    with open_source(path, options.job, password=options.password) as source, PageStore() as store:
        first, end = span

        def progress(done: int, of: int) -> None:
            _say(pipe, At(done, of))

        part = read_pages(source, first, min(end, source.count), store, options, before, progress, Alone())
        _say(pipe, Read())
        _say(pipe, _packed("part", part))
        survey = _unpacked(pipe, "survey")
        assert isinstance(survey, Survey)
        _say(pipe, _packed("tallies", observe(store, survey, options)))


class Crew:
    """The helpers of the worker that has begun a document. The pool finds them and passes on what they say."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._given: list[Span] = []

    def end(self, index: int, end: int) -> int:
        """Where this worker's pages end, after giving away the last ones if it was asked to."""
        while self._pipe.poll():
            order = self._pipe.recv()
            assert isinstance(order, Share), order
            spans = _spans(index, end, order.others)
            end = spans[0][0] if spans else end
            self._given += spans
            _say(self._pipe, Given(tuple(spans)))
        return end

    def parts(self) -> Sequence[Part]:
        """What the helpers read; waits for it."""
        _say(self._pipe, Read())
        found = [_unpacked(self._pipe, "part") for _ in self._given]
        assert all(isinstance(part, Part) for part in found)
        return found  # type: ignore[return-value]

    def settled(self, survey: Survey) -> None:
        """Let the helpers judge their pages."""
        if self._given:
            _say(self._pipe, _packed("survey", survey))

    def tallies(self) -> Sequence[Tallies]:
        """What the helpers saw; waits for it."""
        return [_unpacked(self._pipe, "tallies") for _ in self._given]  # type: ignore[misc]


def _spans(index: int, end: int, others: int) -> list[Span]:
    """The rest of the pages in equal runs, the first of them one's own; none when they are too few to share."""
    workers = min(others + 1, (end - index) // FEWEST)
    if workers < 2:
        return []
    cuts = [index + (end - index) * number // workers for number in range(1, workers + 1)]
    return list(pairwise(cuts))


def _say(pipe: Connection, news: News) -> None:
    pipe.send(news)


def _packed(kind: Kind, what: object) -> Packet:
    return Packet(kind, pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL))


def _unpacked(pipe: Connection, kind: Kind) -> object:
    """What the next packet holds. A late wish to share is passed over."""
    _say(pipe, Waiting())
    while True:
        order = pipe.recv()
        if isinstance(order, Packet):
            assert order.kind == kind, order.kind
            return pickle.loads(order.data)
        assert isinstance(order, Share), order

"""Lays text documents out with LibreOffice before they are read, where that is asked for: many in one call."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from clearprint.errors import BadUsage
from clearprint.run.pool import OnPage, check_many
from clearprint.run.work import Checked, Options, Task, failed

BATCH = 40
"""Documents laid out in one call: enough that its start costs little, few enough that the first answers come soon."""
_WHY = {
    "timeout": "LibreOffice took more than {seconds:g} s to lay it out. Give it more time with --timeout",
    "died": "LibreOffice ended while it laid it out. Save it again",
    "refused": "LibreOffice cannot open it. Save it again",
}


def check_all(
    documents: Iterable[Path | Task], options: Options, on_page: OnPage = lambda path, done, of: None
) -> Generator[Checked, None, None]:
    """As `check_many`, but documents whose settings ask for it are laid out first.

    BadUsage, before any document is read, when one asks and there is no LibreOffice.
    """
    todo = [item if isinstance(item, Task) else Task(item, options.settings, options.job) for item in documents]
    if not any(_asks(task) for task in todo):
        return check_many(todo, options, on_page)
    from clearprint.formats import soffice

    return _batches(todo, options, soffice.find(options.soffice), on_page)


@contextmanager
def laid_out(path: Path, options: Options) -> Iterator[Path | None]:
    """The PDF that LibreOffice makes of one document, while it is open; None of a file that has pages of its own.

    BadUsage says why there is none.
    """
    from clearprint.formats import soffice

    task = Task(path, replace(options.settings, layout="libreoffice"), options.job)
    if not _asks(task):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="clearprint-") as folder:
        printed, lost = _printed([task], options, soffice.find(options.soffice), Path(folder), lambda path, done, of: None)
        error = lost[0].report.error if lost else None
        if error is not None:
            raise BadUsage(error.message)
        yield printed.get(0)


def _asks(task: Task) -> bool:
    """Whether a document is to be laid out, and can be."""
    if task.settings.layout != "libreoffice" or task.printed is not None:
        return False
    from clearprint.readers.printable import printable

    return printable(task.path) is not None


def _batches(todo: list[Task], options: Options, program: str, on_page: OnPage) -> Generator[Checked, None, None]:
    for start in range(0, len(todo), BATCH):
        batch = todo[start : start + BATCH]
        with tempfile.TemporaryDirectory(prefix="clearprint-") as folder:
            printed, lost = _printed(batch, options, program, Path(folder), on_page)
            tasks = [replace(task, printed=printed[number]) if number in printed else task for number, task in enumerate(batch)]
            kept = [task for number, task in enumerate(tasks) if number not in lost]
            checked = check_many(kept, options, on_page)
            for number in range(len(batch)):
                yield lost[number] if number in lost else next(checked)


def _printed(
    batch: list[Task], options: Options, program: str, folder: Path, on_page: OnPage
) -> tuple[dict[int, Path], dict[int, Checked]]:
    """The PDFs of a batch's documents by their number in it, and the reports of those that have none."""
    from clearprint.formats import soffice

    asking = [number for number, task in enumerate(batch) if _asks(task)]
    copies = {number: folder / f"{number:03}.{_suffix(batch[number])}" for number in asking}
    preparing = replace(options, prepare=True, pictures=(0, 0))
    prepared = check_many([replace(batch[number], printed=copies[number]) for number in asking], preparing, on_page)
    lost = {number: done for number, done in zip(asking, prepared, strict=True) if done.report.error is not None}
    ready = {copies[number]: number for number in asking if number not in lost}
    made, refused = soffice.convert(
        program,
        list(ready),
        folder,
        lambda copy: batch[ready[copy]].settings.timeout,
        lambda copy: on_page(batch[ready[copy]].path, 0, 0),
    )
    for copy, why in refused.items():
        task = batch[ready[copy]]
        text = _WHY[why].format(seconds=task.settings.timeout)
        code = "timeout" if why == "timeout" else "layout"
        lost[ready[copy]] = failed(task.path, code, f"{task.path}: {text}, check it with --layout estimate, or export a PDF.")
    return {ready[copy]: pdf for copy, pdf in made.items()}, lost


def _suffix(task: Task) -> str:
    from clearprint.readers.printable import printable

    return printable(task.path) or "docx"

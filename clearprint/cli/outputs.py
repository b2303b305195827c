"""Where reports go: `--format KIND[=FILE]` read, each report drawn by its module and written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from clearprint.errors import BadUsage, nearest
from clearprint.reports import Run, append_whole, write_whole

Output = tuple[str, str | None]
"""A format and the file it goes to; None is standard output."""


def _text(run: Run) -> str:
    from clearprint.reports.to_text import to_text

    return to_text(
        run.reports,
        run.book,
        books=run.books,
        fails=run.fails,
        colour=run.colour,
        quiet=run.quiet,
        verbose=run.verbose,
        reasons=run.reasons,
    )


def _json(run: Run) -> str:
    from clearprint.reports.to_json import to_json

    return to_json(run.reports, run.book, run.books)


def _html(run: Run) -> str:
    from clearprint.reports.to_html import to_html

    return to_html(run.reports, run.book, run.pictures, run.books)


def _csv(run: Run) -> str:
    from clearprint.reports.to_csv import to_csv

    return to_csv(run.reports, run.book)


def _sarif(run: Run) -> str:
    from clearprint.reports.to_sarif import to_sarif

    return to_sarif(run)


def _junit(run: Run) -> str:
    from clearprint.reports.to_junit import to_junit

    return to_junit(run)


def _github(run: Run) -> str:
    from clearprint.reports.to_github import commands

    return commands(run)


FORMATS: dict[str, Callable[[Run], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "csv": _csv,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}
"""The formats by name; each module is loaded when it is wanted. A file given to `github` is its job summary."""


def outputs(formats: Sequence[str], html: str | None) -> list[Output]:
    """What to write where, files first. BadUsage for an unknown format, two in one place, or a folder that is not there."""
    chosen: list[Output] = []
    for item in formats:
        kind, _, target = item.partition("=")
        if kind not in FORMATS:
            raise BadUsage(f"--format {kind}: there is no such format. {nearest(kind, FORMATS)}")
        chosen.append((kind, target or None))
    if html:
        chosen.append(("html", html))
    if not any(_to_standard_output(output) for output in chosen):
        chosen.append(("text", None))
    if sum(_to_standard_output(output) for output in chosen) > 1:
        raise BadUsage("Only one --format can go to standard output; give the others a file, as in --format json=answers.json.")
    taken: set[Path] = set()
    for kind, file in chosen:
        if file is None:
            continue
        target_path = Path(file).resolve()
        if chosen_folder(kind, file) and target_path.exists() and not target_path.is_dir():
            raise BadUsage(f"{file}: this is a file. Name a folder, or leave out the slash.")
        if not target_path.parent.is_dir():
            raise BadUsage(f"{file}: its folder does not exist. Make it first, or name another file.")
        if not target_path.exists() and not os.access(target_path.parent, os.W_OK | os.X_OK):
            raise BadUsage(f"{file}: its folder cannot be written to. Name another file, or see to the folder's permissions.")
        if target_path in taken and (target_path.is_file() or target_path.is_dir() or not target_path.exists()):
            raise BadUsage(f"{file}: two reports cannot go to one file.")
        taken.add(target_path)
    return sorted(chosen, key=_to_standard_output)


def pictured(chosen: Sequence[Output]) -> str:
    """Where pictures of pages are wanted: in one "file" that all documents share, a "folder" with a file each, or nowhere."""
    meant = [file for kind, file in chosen if kind == "html"]
    if not meant:
        return ""
    return "folder" if all(file is not None and chosen_folder("html", file) for file in meant) else "file"


def chosen_folder(kind: str, file: str) -> bool:
    """Whether the report goes to a folder, a file each document: what ends in a slash, or is a folder already."""
    return kind == "html" and (file.endswith(("/", os.sep)) or Path(file).is_dir())


def spare(chosen: Sequence[Output], documents: Sequence[Path]) -> None:
    """BadUsage when a report would replace a document that is to be checked."""
    targets = {Path(file).resolve(): file for _, file in chosen if file is not None}
    for document in documents if targets else ():
        if document.resolve() in targets:
            raise BadUsage(f"{document}: a report would replace this document. Give the report another name.")


def write(output: Output, run: Run) -> None:
    """Write one report. BadUsage when its file cannot be written."""
    kind, target = output
    if kind == "github":
        _say(FORMATS[kind](run) + _summarised(run, target or os.environ.get("GITHUB_STEP_SUMMARY")))
    elif target is None:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        _say(FORMATS[kind](replace(run, colour=colour, reasons=False)))
    elif chosen_folder(kind, target):
        _write_site(Path(target), run)
    else:
        write_whole(Path(target), FORMATS[kind](run))


def _write_site(folder: Path, run: Run) -> None:
    """A report a document, and over all of them index.html and index.csv, which are written last."""
    from clearprint.reports.to_html import to_site

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BadUsage(f"{folder}: this folder cannot be made ({error.strerror or error}). Name another.") from error
    for name, content in to_site(run.reports, run.book, run.pictures, run.books):
        write_whole(folder / name, content)


def _to_standard_output(output: Output) -> bool:
    return output[0] == "github" or output[1] is None


def _summarised(run: Run, file: str | None) -> str:
    """Add the job summary to its file; what could not be added is said in the log."""
    from clearprint.reports.to_github import SUMMARY, summary

    if not file:
        return ""
    path = Path(file)
    room = SUMMARY - (path.stat().st_size if path.is_file() else 0)
    text = summary(run, room)
    if not text:
        return "::warning title=clearprint::The job summary is full, so nothing was added to it.\n"
    append_whole(path, text)
    return ""


def _say(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away (`| head`), which is no reason to forget the exit code
        forget_output()
    except OSError as error:
        forget_output()
        raise BadUsage(f"Standard output cannot be written ({error.strerror or error}).") from error


def forget_output() -> None:
    """Send what is still held for standard output nowhere, so that nothing fails once more when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)

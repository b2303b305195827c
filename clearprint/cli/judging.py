"""What every command that judges documents shares: its options, and the work from paths to reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from clearprint import declaration, languages, settings
from clearprint.answers import Report
from clearprint.cli import offered
from clearprint.cli.progress import ProgressLine
from clearprint.errors import BadUsage
from clearprint.records import record

if TYPE_CHECKING:
    from clearprint.rulebook import Rulebook
    from clearprint.run import Results, Task

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--declare",
        multiple=True,
        metavar="KEY=VALUE",
        shell_complete=offered("declarations"),
        help="A fact of the print job, e.g. paper=matt. Repeatable. Goes over what settings declare.",
    ),
    click.option(
        "--ticket",
        metavar="FILE",
        type=click.Path(readable=False),
        help="A job ticket (JDF or XJDF) for all documents. Default: the one beside each, leaflet.jdf or leaflet.xjdf.",
    ),
    click.option(
        "--config",
        metavar="FILE",
        type=click.Path(readable=False),
        help="Read settings from this file, not from the one nearest to each document.",
    ),
    click.option("--no-config", is_flag=True, help="Use no settings file."),
    click.option(
        "--checklist",
        metavar="NAME",
        shell_complete=offered("checklists"),
        help="Which checklist: rnib-clear-print (the default) or large-print.",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="NAMES",
        shell_complete=offered("questions"),
        help="Only these questions (names or numbers, comma separated).",
    ),
    click.option(
        "--skip",
        multiple=True,
        metavar="NAMES",
        shell_complete=offered("questions"),
        help="Leave these questions out, with those that settings leave out.",
    ),
    click.option(
        "--language",
        metavar="CODE",
        shell_complete=offered("languages"),
        help="The language of the report, whatever that of the documents: en (the default) or cy.",
    ),
    click.option("--allow-empty", is_flag=True, help="Exit 0 when there is no document to check; else that is 2."),
    click.option(
        "--layout",
        type=click.Choice(settings.LAYOUTS),
        help="Where the lines and pages of Word files come from: estimate (the default) breaks lines by the widths of their "
        "letters; libreoffice lays them out, and reads .odt and .rtf too.",
    ),
    click.option(
        "--soffice",
        metavar="PROGRAM",
        envvar="CLEARPRINT_SOFFICE",
        help="LibreOffice for --layout libreoffice, where it is not on PATH.",
    ),
    click.option("--password", metavar="TEXT", help="Password that opens the PDF files."),
    click.option(
        "--timeout",
        type=click.FloatRange(settings.LEAST_TIMEOUT, settings.MOST_TIMEOUT),
        metavar="S",
        help="Seconds a file may take, and 1 more a page.",
    ),
    click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Files read at the same time. Default: all cores."),
)


def judging(command: Command) -> Command:
    """Give a command the shared options, and an argument PATH…; it gets them as `**asked` for `judged`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(readable=False))(command)


@record
class Judged:
    """What came of it: a result for each document in the order given, and by what each was judged."""

    checked: Results
    tasks: Sequence[Task]
    book: Rulebook
    books: dict[str, Rulebook]  # by path: of documents judged otherwise than by `book`

    @property
    def reports(self) -> Sequence[Report]:
        return self.checked.reports

    def book_of(self, report: Report) -> Rulebook:
        """The rulebook that a document was judged by."""
        return self.books.get(report.path, self.book)


def judged(
    paths: Sequence[str],
    asked: dict[str, Any],
    *,
    fail_on: tuple[str, ...] | None = None,
    pictures: str = "",
    quiet: bool = False,
    before: Callable[[Sequence[Path]], None] = lambda documents: None,
) -> Judged:
    """Judge all documents that `paths` mean. `asked` is what `judging` gives; `before` may object to the documents found;
    `pictures` says where pictures of pages are wanted (see outputs.pictured).

    BadUsage, BadSettings or BadDeclaration before any work, when the request is wrong or there is nothing to check.
    """
    from clearprint import run

    if not paths and not asked["allow_empty"]:
        raise click.UsageError("Missing argument 'PATH...': name a file or a folder.")
    if asked["config"] and asked["no_config"]:
        raise BadUsage("--config and --no-config exclude each other. Give one of them.")
    over = run.Asked(
        asked["checklist"],
        names(asked["select"]),
        names(asked["skip"]),
        fail_on,
        asked["timeout"],
        declaration.parse(asked["declare"]),
        asked["language"] and languages.language(asked["language"]).code,
        asked["layout"],
        Path(asked["ticket"]) if asked["ticket"] else None,
    )
    config = Path(asked["config"]) if asked["config"] else None
    planner = run.Planner(settings.Finder(config, search=not asked["no_config"]), over)
    found = run.find(paths, allow_empty=asked["allow_empty"])
    if not found and not asked["allow_empty"]:
        raise BadUsage("There is nothing to check. Name a file or a folder, or give --allow-empty if that is well.")
    documents = [item for item in found if isinstance(item, Path)]
    tasks = planner.tasks(documents)
    book, books = planner.books(tasks)
    before(documents)
    options = run.Options(
        password=asked["password"],
        pictures=run.room_for_pictures(len(documents), pictures),
        jobs=asked["jobs"] or _cores(),
        soffice=asked["soffice"],
        today=planner.day,
        raise_crashes=bool(os.environ.get("CLEARPRINT_RAISE")),
    )
    with (
        ProgressLine(len(documents), quiet=quiet) as progress,
        closing(run.check_all(tasks, options, progress.page)) as results,
    ):
        checked = run.Results()
        for item in found:
            checked.add(run.Checked(item) if isinstance(item, Report) else progress.document(next(results)))
    return Judged(checked, tasks, book, books)


def names(values: Sequence[str]) -> tuple[str, ...]:
    """The names in options that may be repeated and may hold several, with commas between."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _cores() -> int:
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1

"""`clearprint check`: documents in, answers out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from clearprint import declaration, gate, settings
from clearprint.answers import Answer, Report
from clearprint.cli import offered, outputs
from clearprint.cli.progress import ProgressLine
from clearprint.errors import BadUsage
from clearprint.reports import Run
from clearprint.reports.paths import Tree
from clearprint.reports.words import safe


@click.command(name="check", short_help="Answer the checklist's questions about PDF and DOCX files.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(readable=False))
@click.option("-o", "--output", "html", metavar="FILE", type=click.Path(readable=False), help="Write the HTML report to this file.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=offered("formats"),
    help=f"One of {', '.join(outputs.FORMATS)}; with =FILE to a file, else to standard output. Repeatable. Default: text.",
)
@click.option(
    "--declare",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=offered("declarations"),
    help="A fact of the print job, e.g. paper=matt. Repeatable. Goes over what settings declare.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Read settings from this file, not from the one nearest to each document.",
)
@click.option("--no-config", is_flag=True, help="Use no settings file.")
@click.option(
    "--checklist",
    metavar="NAME",
    shell_complete=offered("checklists"),
    help="Which checklist: rnib-clear-print (the default) or large-print.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="NAMES",
    shell_complete=offered("questions"),
    help="Only these questions (names or numbers, comma separated).",
)
@click.option(
    "--skip",
    multiple=True,
    metavar="NAMES",
    shell_complete=offered("questions"),
    help="Leave these questions out, with those that settings leave out.",
)
@click.option(
    "--fail-on",
    "failing",
    metavar="WORDS",
    shell_complete=offered("causes"),
    help=f"What exits with 1: {', '.join(settings.FAIL_ON)} (comma separated). Default: {','.join(settings.DEFAULT_FAIL_ON)}.",
)
@click.option("--strict", is_flag=True, help="The same as --fail-on any: every question must be answered yes or na.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when something fails. Files that cannot be read still exit 2.")
@click.option("--allow-empty", is_flag=True, help="Exit 0 when there is no document to check; else that is 2.")
@click.option("--password", metavar="TEXT", help="Password that opens the PDF files.")
@click.option(
    "--timeout",
    type=click.FloatRange(settings.LEAST_TIMEOUT, settings.MOST_TIMEOUT),
    metavar="S",
    help="Seconds a file may take, and 1 more a page.",
)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Files read at the same time. Default: all cores.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what is well.")
@click.option("-v", "--verbose", is_flag=True, help="Show every answer with its reason, every fault and every advice.")
def command(
    paths: tuple[str, ...],
    html: str | None,
    formats: tuple[str, ...],
    declare: tuple[str, ...],
    config: str | None,
    no_config: bool,
    checklist: str | None,
    select: tuple[str, ...],
    skip: tuple[str, ...],
    failing: str | None,
    strict: bool,
    exit_zero: bool,
    allow_empty: bool,
    password: str | None,
    timeout: float | None,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Answer the checklist's questions about each document.

    PATH is a file, a folder (searched for .pdf, .docx and .dotx), a pattern, or - for a list on standard input. Results go
    to standard output, progress and troubles to standard error. No document is changed.

    Settings come from the clearprint.toml, or the [tool.clearprint] of a pyproject.toml, in each document's own folder or the
    nearest one above it; `clearprint init` writes one to start from. What the command line says goes over them.

    \b
    What can fail the gate (--fail-on):
      no          a question is answered no
      unreadable  a scan, outlined text, pages that could not be looked at
      estimate    a Word file has no lines and pages to judge
      undeclared  --declare would settle it
      unmeasured  something was seen and could not be measured
      person      only a person can answer
      any         each of these (--strict)

    \b
    Examples:
      clearprint check leaflet.pdf --declare paper=matt --declare fold=tri
      clearprint check drafts/ -o report.html --format json=answers.json
      clearprint check letter.docx --select type-size,leading --strict
      clearprint check large/*.pdf --checklist large-print
      git diff --name-only --diff-filter=d main | grep '\.pdf$' | clearprint check - --allow-empty

    \b
    Exit codes; the highest wins:
      0    nothing that --fail-on names
      1    something it names
      2    a file could not be read (the others are still checked), there was none, or the request is wrong
      3    a bug in clearprint; the report is still written
      130  interrupted

    \b
    Next: clearprint explain NAME says what a question measures and what to do about it.
    """
    from clearprint import run

    wanted = outputs.outputs(formats, html)
    if not paths and not allow_empty:
        raise click.UsageError("Missing argument 'PATH...': name a file or a folder.")
    if config and no_config:
        raise BadUsage("--config and --no-config exclude each other. Give one of them.")
    if strict:
        fail_on: tuple[str, ...] | None = ("any",)
    else:
        fail_on = None if failing is None else settings.fail_on(_names((failing,)), "--fail-on")
    asked = run.Asked(checklist, _names(select), _names(skip), fail_on, timeout, declaration.parse(declare))
    planner = run.Planner(settings.Finder(Path(config) if config else None, search=not no_config), asked)
    found = run.find(paths, allow_empty=allow_empty)
    if not found and not allow_empty:
        raise BadUsage("There is nothing to check. Name a file or a folder, or give --allow-empty if that is well.")
    documents = [item for item in found if isinstance(item, Path)]
    tasks = planner.tasks(documents)
    book, books = planner.books(tasks)
    outputs.spare(wanted, documents)
    wants_pictures = any(kind == "html" for kind, _ in wanted)
    options = run.Options(
        password=password,
        pictures=wants_pictures,
        jobs=jobs or _cores(),
        raise_crashes=bool(os.environ.get("CLEARPRINT_RAISE")),
    )
    with ProgressLine(len(documents), quiet=quiet) as progress:
        results = run.check_many(tasks, options, progress.page)
        checked = [run.Checked(item) if isinstance(item, Report) else progress.document(next(results)) for item in found]
    reports = [item.report for item in checked]
    failing_on = {str(task.path): task.settings.fail_on for task in tasks}

    def fails(report: Report, answer: Answer) -> bool:
        return gate.fails(answer, failing_on[report.path])

    shown = Run(
        reports,
        book,
        fails,
        books=books,
        pictures={item.report.path: item.pictures for item in checked},
        quiet=quiet,
        verbose=verbose,
        code=gate.exit_code(reports, fails, exit_zero=exit_zero),
        tree=Tree.around(Path.cwd()),
    )
    for output in wanted:
        outputs.write(output, shown)
    for report in reports:
        if report.error is not None:
            click.echo(f"clearprint: {safe(report.error.message)}", err=True)
    if not reports and not quiet:
        click.echo("clearprint: there was no document to check.", err=True)
    raise click.exceptions.Exit(shown.code)


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _cores() -> int:
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1

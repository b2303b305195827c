"""`clearprint check`: documents in, answers out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from clearprint import declaration, gate, settings
from clearprint.answers import Report
from clearprint.cli import outputs
from clearprint.cli.progress import ProgressLine
from clearprint.reports import Run


@click.command(name="check", short_help="Answer the checklist's questions about PDF and DOCX files.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", "html", metavar="FILE", help="Write the HTML report to this file.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"One of {', '.join(outputs.FORMATS)}; with =FILE to a file, else to standard output. Repeatable. Default: text.",
)
@click.option("--declare", multiple=True, metavar="KEY=VALUE", help="A fact of the print job, e.g. paper=matt. Repeatable.")
@click.option("--config", metavar="FILE", help="Read settings (limits, skips, declarations) from this TOML file.")
@click.option("--checklist", metavar="NAME", help="Which checklist to use. Default: rnib-clear-print.")
@click.option("--select", multiple=True, metavar="NAMES", help="Only these questions (names or numbers, comma separated).")
@click.option("--skip", multiple=True, metavar="NAMES", help="Leave these questions out.")
@click.option("--fail-on", "failing", metavar="WORDS", help=f"What exits with 1: {', '.join(settings.FAIL_ON)}.")
@click.option("--strict", is_flag=True, help="The same as --fail-on any: every question must be answered yes or na.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when something fails. Files that cannot be read still exit 2.")
@click.option("--password", metavar="TEXT", help="Password that opens the PDF files.")
@click.option("--timeout", type=click.FloatRange(0.1, 900), metavar="S", help="Seconds a file may take, and 1 more a page.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Files read at the same time. Default: all cores.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what is well.")
@click.option("-v", "--verbose", is_flag=True, help="Show every answer with its reason, every fault and every advice.")
def command(
    paths: tuple[str, ...],
    html: str | None,
    formats: tuple[str, ...],
    declare: tuple[str, ...],
    config: str | None,
    checklist: str | None,
    select: tuple[str, ...],
    skip: tuple[str, ...],
    failing: str | None,
    strict: bool,
    exit_zero: bool,
    password: str | None,
    timeout: float | None,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Answer the checklist's questions about each document.

    PATH is a file, a folder (searched for .pdf, .docx and .dotx), a pattern, or - for a list on standard input. Results go
    to standard output, progress and troubles to standard error.

    \b
    Examples:
      clearprint check leaflet.pdf --declare paper=matt --declare fold=tri
      clearprint check drafts/ -o report.html --format json=answers.json
      clearprint check letter.docx --select type-size,leading --strict

    \b
    Exit codes: 0 nothing that --fail-on names; 1 something it names; 2 a file could not be read, or the
    request is wrong; 3 a bug in clearprint; 130 interrupted.
    """
    from clearprint import run

    wanted = outputs.outputs(formats, html)
    chosen = settings.read(Path(config)) if config else settings.Settings()
    chosen = replace(
        chosen,
        checklist=checklist or chosen.checklist,
        select=_names(select) or chosen.select,
        skip=(*chosen.skip, *_names(skip)),
        fail_on=("any",) if strict else settings.fail_on(_names((failing,)), "--fail-on") if failing else chosen.fail_on,
        timeout=timeout or chosen.timeout,
    )
    job = declaration.parse((*run.pairs(chosen.declare), *declare))
    book = chosen.rulebook()
    chosen.skipped(book)
    found = run.find(paths)
    documents = [item for item in found if isinstance(item, Path)]
    wants_pictures = any(kind == "html" for kind, _ in wanted)
    options = run.Options(chosen, job, password, wants_pictures, jobs or _cores(), bool(os.environ.get("CLEARPRINT_RAISE")))
    with ProgressLine(len(documents), quiet=quiet) as progress:
        results = run.check_many(documents, options, progress.page)
        checked = [run.Checked(item) if isinstance(item, Report) else progress.document(next(results)) for item in found]
    reports = [item.report for item in checked]
    shown = Run(
        reports,
        book,
        lambda report, answer: gate.fails(answer, chosen.fail_on),
        pictures={item.report.path: item.pictures for item in checked},
        quiet=quiet,
        verbose=verbose,
    )
    for output in wanted:
        outputs.write(output, shown)
    for report in reports:
        if report.error is not None:
            click.echo(f"clearprint: {report.error.message}", err=True)
    raise click.exceptions.Exit(gate.exit_code(reports, chosen.fail_on, exit_zero=exit_zero))


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _cores() -> int:
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1

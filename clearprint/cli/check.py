"""`clearprint check`: documents in, answers out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearprint import declaration, settings
from clearprint.answers import Report
from clearprint.cli.progress import ProgressLine
from clearprint.errors import BadUsage
from clearprint.reports import write_whole
from clearprint.rulebook import Rulebook

if TYPE_CHECKING:
    from clearprint.run import Checked

FORMATS = ("text", "json", "html")


@click.command(name="check", short_help="Answer the checklist's questions about PDF and DOCX files.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", "html", metavar="FILE", help="Write the HTML report to this file.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"One of {', '.join(FORMATS)}; with =FILE to a file, else to standard output. Repeatable. Default: text.",
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

    outputs = _outputs(formats, html)
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
    wants_pictures = any(kind == "html" for kind, _ in outputs)
    options = run.Options(chosen, job, password, wants_pictures, jobs or _cores(), bool(os.environ.get("CLEARPRINT_RAISE")))
    with ProgressLine(len(documents), quiet=quiet) as progress:
        results = run.check_many(documents, options, progress.page)
        checked = [run.Checked(item) if isinstance(item, Report) else progress.document(next(results)) for item in found]
    reports = [item.report for item in checked]
    for kind, target in outputs:
        _write(kind, target, checked, book, quiet, verbose)
    for report in reports:
        if report.error is not None:
            click.echo(f"clearprint: {report.error.message}", err=True)
    raise click.exceptions.Exit(exit_code(reports, chosen.fail_on, exit_zero=exit_zero))


def exit_code(reports: Sequence[Report], fail_on: Sequence[str], *, exit_zero: bool = False) -> int:
    """The highest code that any of the reports calls for: README.md lists them."""
    code = 0
    for report in reports:
        if report.error is not None:
            code = max(code, 3 if report.error.code == "crashed" else 2)
        if any(answer.cause == "crashed" for answer in report.answers):
            code = max(code, 3)
        if not exit_zero and any(fails(report, fail_on)):
            code = max(code, 1)
    return code


def fails(report: Report, fail_on: Sequence[str]) -> list[bool]:
    """For each answer of a report whether the gate fails on it."""
    wanted = set(fail_on)
    result = []
    for answer in report.answers:
        if answer.cause == "skipped":
            result.append(False)
        elif answer.answer == "no":
            result.append(bool(wanted & {"no", "any"}))
        elif answer.answer == "ask":
            grave = answer.cause in ("timeout", "partial")  # part of the document was not seen: never a green gate
            result.append("any" in wanted or answer.cause in wanted or (grave and "unreadable" in wanted))
        else:
            result.append(False)
    return result


def _outputs(formats: tuple[str, ...], html: str | None) -> list[tuple[str, str | None]]:
    outputs: list[tuple[str, str | None]] = []
    for item in formats:
        kind, _, target = item.partition("=")
        if kind not in FORMATS:
            from clearprint.errors import nearest

            raise BadUsage(f"--format {kind}: there is no such format. {nearest(kind, FORMATS)}")
        outputs.append((kind, target or None))
    if html:
        outputs.append(("html", html))
    if all(file is not None for _, file in outputs):
        outputs.insert(0, ("text", None))
    if sum(file is None for _, file in outputs) > 1:
        raise BadUsage("Only one --format can go to standard output; give the others a file, as in --format json=answers.json.")
    for _, file in outputs:
        if file is not None and not Path(file).resolve().parent.is_dir():
            raise BadUsage(f"{file}: its folder does not exist. Make it first, or name another file.")
    return outputs


def _write(
    kind: str,
    target: str | None,
    checked: Sequence[Checked],
    book: Rulebook,
    quiet: bool,
    verbose: bool,
) -> None:
    reports = [item.report for item in checked]
    if kind == "json":
        from clearprint.reports.to_json import to_json

        text = to_json(reports, book)
    elif kind == "html":
        from clearprint.reports.to_html import to_html

        text = to_html(reports, book, {item.report.path: item.pictures for item in checked})
    else:
        from clearprint.reports.to_text import to_text

        colour = target is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        text = to_text(reports, book, colour=colour, quiet=quiet, verbose=verbose)
    if target is None:
        sys.stdout.write(text)
    else:
        write_whole(Path(target), text)


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _cores() -> int:
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1

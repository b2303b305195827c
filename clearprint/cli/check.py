"""`clearprint check`: documents in, answers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearprint import gate, settings
from clearprint.answers import Answer, Report
from clearprint.cli import offered, outputs
from clearprint.cli.judging import judged, judging, names
from clearprint.reports import Run
from clearprint.reports.paths import Tree
from clearprint.reports.words import safe

if TYPE_CHECKING:
    from clearprint.baseline import Baseline


@click.command(name="check", short_help="Answer the checklist's questions about PDF and DOCX files.")
@click.option(
    "-o",
    "--output",
    "html",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Write the HTML report to this file; in a folder (reports/) a file each document, with an index.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=offered("formats"),
    help=f"One of {', '.join(outputs.FORMATS)}; with =FILE to a file, else to standard output. Of github, FILE is the job "
    "summary. Repeatable. Default: text.",
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
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Let known faults pass: those in this file, unless they got worse. `clearprint baseline` writes one.",
)
@judging
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what is well.")
@click.option("-v", "--verbose", is_flag=True, help="Show every answer with its reason, every fault and every advice.")
def command(
    paths: tuple[str, ...],
    html: str | None,
    formats: tuple[str, ...],
    failing: str | None,
    strict: bool,
    exit_zero: bool,
    baseline: str | None,
    quiet: bool,
    verbose: bool,
    **asked: Any,
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
      stale       a person answered, and what the answer rests on was edited, or its time is past
      any         each of these (--strict)
      overruled   a person overruled a no (not among any: name it)

    \b
    Examples:
      clearprint check leaflet.pdf --declare paper=matt --declare fold=tri
      clearprint check drafts/ -o report.html --format json=answers.json
      clearprint check drafts/ -o reports/ --format csv=answers.csv
      clearprint check letter.docx --select type-size,leading --strict
      clearprint check large/*.pdf --checklist large-print
      clearprint check drafts/ --baseline known.json
      git diff --name-only --diff-filter=d main | grep '\\.pdf$' | clearprint check - --allow-empty

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
    wanted = outputs.outputs(formats, html)
    fail_on: tuple[str, ...] | None = ("any",) if strict else None
    if failing is not None and not strict:
        fail_on = settings.fail_on(names((failing,)), "--fail-on")
    known = _baseline(baseline)
    result = judged(
        paths,
        asked,
        fail_on=fail_on,
        pictures=outputs.pictured(wanted),
        quiet=quiet,
        before=lambda documents: outputs.spare(wanted, documents),
    )
    failing_on = {str(task.path): task.settings.fail_on for task in result.tasks}

    def fails(report: Report, answer: Answer) -> bool:
        return gate.fails(answer, failing_on[report.path])

    from clearprint.run import View

    reports = result.reports
    shown = Run(
        reports if known is None else View(reports, lambda report: known.held(report, result.book_of(report).room)),
        result.book,
        fails,
        books=result.books,
        pictures=result.checked.pictures(),
        quiet=quiet,
        verbose=verbose,
        tree=Tree.around(Path.cwd()),
        baseline=known is not None,
    )
    shown = replace(shown, code=gate.exit_code(shown.reports, fails, exit_zero=exit_zero))
    for output in wanted:
        outputs.write(output, shown)
    say_errors(reports, quiet=quiet)
    mended = 0 if known is None or quiet else sum(known.mended(report) for report in reports)
    if mended:
        gone = "1 known fault is" if mended == 1 else f"{mended:,} known faults are"
        click.echo(f"clearprint: {gone} gone. To keep them out, write {baseline} anew with clearprint baseline.", err=True)
    raise click.exceptions.Exit(shown.code)


def say_errors(reports: Sequence[Report], *, quiet: bool) -> None:
    """One sentence on standard error for each document that could not be read."""
    for report in reports:
        if report.error is not None:
            click.echo(f"clearprint: {safe(report.error.message)}", err=True)
    if not reports and not quiet:
        click.echo("clearprint: there was no document to check.", err=True)


def _baseline(file: str | None) -> Baseline | None:
    if file is None:
        return None
    from clearprint.baseline import read

    return read(Path(file))

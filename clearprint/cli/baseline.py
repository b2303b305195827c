"""`clearprint baseline`: write down the faults there are, so that a gate can begin with what is new."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from clearprint import baseline
from clearprint.cli.check import say_errors
from clearprint.cli.judging import judged, judging
from clearprint.errors import BadUsage
from clearprint.gate import exit_code
from clearprint.reports import write_whole


@click.command(name="baseline", short_help="Write down the faults there are, for check --baseline.")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(readable=False),
    help="Write the known faults to this file.",
)
@judging
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what is well.")
def command(paths: tuple[str, ...], output: str, quiet: bool, **asked: Any) -> None:
    """Write down every fault of these documents, so that `clearprint check --baseline FILE` fails only on others.

    Faults are known by what they say and stand in, not by page or place, and with what was measured: one that gets worse fails.
    The paths of documents begin in the folder of FILE. Give the same options as to check. FILE is replaced whole.

    \b
    Examples:
      clearprint baseline drafts/ -o known.json
      clearprint check drafts/ --baseline known.json

    \b
    Exit codes; the highest wins:
      0    written
      2    a file could not be read (the faults of the others are written), or the request is wrong
      3    a bug in clearprint
      130  interrupted
    """
    target = Path(output)
    if not target.absolute().parent.is_dir():
        raise BadUsage(f"{output}: its folder does not exist. Make it first, or name another file.")

    result = judged(paths, asked, quiet=quiet, before=lambda documents: _spare(target, documents))
    reports = result.reports
    write_whole(target, baseline.written(reports, Path(os.path.abspath(target)).parent))
    say_errors(reports, quiet=quiet)
    if not quiet:
        count = sum(answer.fault_count for report in reports for answer in report.answers)
        click.echo(
            f"Wrote {output}: {count:,} known fault{'s' if count != 1 else ''}. Next: clearprint check --baseline {output}"
        )
    raise click.exceptions.Exit(exit_code(reports, lambda report, answer: False))


def _spare(target: Path, documents: Any) -> None:
    if any(document.resolve() == target.resolve() for document in documents):
        raise BadUsage(f"{target}: the baseline would replace this document. Give it another name.")

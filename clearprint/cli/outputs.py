"""Where reports go: `--format KIND[=FILE]` read, each report drawn by its module and written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from clearprint.errors import BadUsage, nearest
from clearprint.reports import Run, write_whole

Output = tuple[str, str | None]
"""A format and the file it goes to; None is standard output."""


def _text(run: Run) -> str:
    from clearprint.reports.to_text import to_text

    return to_text(run.reports, run.book, colour=run.colour, quiet=run.quiet, verbose=run.verbose)


def _json(run: Run) -> str:
    from clearprint.reports.to_json import to_json

    return to_json(run.reports, run.book)


def _html(run: Run) -> str:
    from clearprint.reports.to_html import to_html

    return to_html(run.reports, run.book, run.pictures)


FORMATS: dict[str, Callable[[Run], str]] = {"text": _text, "json": _json, "html": _html}
"""The formats by name; each module is loaded when it is wanted."""


def outputs(formats: Sequence[str], html: str | None) -> list[Output]:
    """What to write where. BadUsage for an unknown format, two for standard output, or a folder that is not there."""
    chosen: list[Output] = []
    for item in formats:
        kind, _, target = item.partition("=")
        if kind not in FORMATS:
            raise BadUsage(f"--format {kind}: there is no such format. {nearest(kind, FORMATS)}")
        chosen.append((kind, target or None))
    if html:
        chosen.append(("html", html))
    if all(file is not None for _, file in chosen):
        chosen.insert(0, ("text", None))
    if sum(file is None for _, file in chosen) > 1:
        raise BadUsage("Only one --format can go to standard output; give the others a file, as in --format json=answers.json.")
    for _, file in chosen:
        if file is not None and not Path(file).resolve().parent.is_dir():
            raise BadUsage(f"{file}: its folder does not exist. Make it first, or name another file.")
    return chosen


def write(output: Output, run: Run) -> None:
    """Write one report."""
    kind, target = output
    if target is None:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(FORMATS[kind](replace(run, colour=colour)))
    else:
        write_whole(Path(target), FORMATS[kind](run))

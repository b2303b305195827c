"""Checks files made wrong, with the workers that users get: `python -m benchmarks.fuzz [--count N | --seconds S]`.

Each mutant is made of a real file (fixtures, and the collected documents where they lie beside the project) and its number: the
same number gives the same mutant. Exits with 1 when one brings a traceback, outlasts its time, or loses a worker for good.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from benchmarks.fuzz import docx, pdf
from clearprint.answers import Report
from clearprint.cli.outputs import FORMATS
from clearprint.reports import Run
from clearprint.rulebook import Rulebook
from clearprint.run import Checked, Options, check_many
from clearprint.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 60_000
"""Bytes of the files that mutants are made of: large ones take long and bring nothing new."""
BATCH = 100


@dataclass(slots=True)
class Tally:
    """What came of it so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)
    slowest: float = 0.0  # seconds from one result to the next
    largest: int = 0  # MB that a worker took
    largest_among: str = ""  # the mutants of whose batch one did


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, check and count. The exit code: 1 for any bug found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=1_000, help="mutants to check (default 1,000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default 0)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds a file may take, and 1 more a page (default 5)")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fixtures-only", action="store_true", help="make mutants of the project's own files alone")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where mutants that show a bug are kept")
    parser.add_argument("--make", type=int, metavar="NUMBER", help="only write this mutant into --keep")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help="where the outcome is written")
    chosen = parser.parse_args(arguments)
    files = bases(fixtures_only=chosen.fixtures_only)
    if chosen.make is not None:
        name, data = made(files, chosen.make)
        (chosen.keep or Path()).joinpath(name).write_bytes(data)
        print((chosen.keep or Path()) / name)
        return 0
    started, tally, number = time.monotonic(), Tally(), chosen.first
    while number < chosen.first + chosen.count and time.monotonic() - started < chosen.seconds:
        last = min(number + BATCH, chosen.first + chosen.count)
        _batch(files, range(number, last), chosen, tally)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        if peak > tally.largest:
            tally.largest, tally.largest_among = peak, f"{number} to {last - 1}"
        number = last
        print(f"{number - chosen.first:,} of {chosen.count:,}: {dict(tally.outcomes)} bugs: {len(tally.bugs)}", file=sys.stderr)
    outcome = {
        "mutants": number - chosen.first,
        "first": chosen.first,
        "bases": len(files),
        "timeout": chosen.timeout,
        "outcomes": dict(sorted(tally.outcomes.items())),
        "bugs": tally.bugs,
        "longest_wait_for_a_result": round(tally.slowest, 1),
        "peak_memory_of_a_worker_mb": tally.largest,
        "it_was_among": tally.largest_among,
        "minutes": round((time.monotonic() - started) / 60, 1),
    }
    text = json.dumps(outcome, indent=1)
    print(text)
    if chosen.record:
        chosen.record.write_text(text + "\n")
    return 1 if tally.bugs else 0


def bases(*, fixtures_only: bool = False) -> list[Path]:
    """The files that mutants are made of, in an order that does not depend on the machine."""
    folders = [ROOT / "fixtures"]
    if not fixtures_only:
        folders.append(ROOT.parent / "shared" / "corpus")
    found = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())
        if path.suffix.lower() in (".pdf", ".docx") and path.stat().st_size <= LARGEST and "labelled" not in path.parts
    ]
    assert found, "no file to make mutants of"
    return found


def made(files: Sequence[Path], number: int) -> tuple[str, bytes]:
    """The name and bytes of a mutant: as many Word files as PDFs, as many collected as made."""
    choose = random.Random(f"clearprint {number}")
    kind = choose.choice((".pdf", ".pdf", ".docx"))
    own = choose.random() < 0.5
    fit = [path for path in files if path.suffix.lower() == kind and path.is_relative_to(ROOT) == own]
    path = choose.choice(fit or [path for path in files if path.suffix.lower() == kind])
    data, plain, parts = _base(path)
    broken = docx.mutant(data, parts, choose) if kind == ".docx" else pdf.mutant(data, plain, choose)
    return f"{number:06}-{path.stem}{kind}", broken


@lru_cache(maxsize=200)
def _base(path: Path) -> tuple[bytes, bytes | None, docx.Parts | None]:
    data = path.read_bytes()
    if path.suffix.lower() == ".docx":
        return data, None, docx.opened(data)
    return data, pdf.expanded(data), None


def _batch(files: Sequence[Path], numbers: range, chosen: argparse.Namespace, tally: Tally) -> None:
    with tempfile.TemporaryDirectory(prefix="clearprint-") as name:
        folder = Path(name)
        paths = []
        for number in numbers:
            title, data = made(files, number)
            (folder / title).write_bytes(data)
            paths.append(folder / title)
        before = {path.name: hashlib.sha256(path.read_bytes()).digest() for path in paths}
        options = Options(Settings(timeout=chosen.timeout), jobs=chosen.jobs)
        results = check_many(paths, options)
        for path, (checked, waited) in zip(paths, _timed(results), strict=True):
            tally.slowest = max(tally.slowest, waited)
            found = list(_bugs(checked.report, int(path.name.split("-")[0])))
            if waited > chosen.timeout + 20 + (checked.report.pages or 0):
                found.append(f"waited {waited:.0f} s")
            if hashlib.sha256(path.read_bytes()).digest() != before[path.name]:
                found.append("the file was changed")
            tally.outcomes[checked.report.error.code if checked.report.error else "checked"] += 1
            for bug in found:
                tally.bugs.append(f"{path.name}: {bug}")
                print(f"BUG {path.name}: {bug}", file=sys.stderr, flush=True)
                if chosen.keep:
                    chosen.keep.mkdir(parents=True, exist_ok=True)
                    (chosen.keep / path.name).write_bytes(path.read_bytes())
        if multiprocessing.active_children():
            tally.bugs.append(f"after {numbers[-1]}: a worker is left")
        if {path.name for path in folder.iterdir()} != set(before):
            tally.bugs.append(f"after {numbers[-1]}: another file appeared")


def _timed(results: Iterator[Checked]) -> Iterator[tuple[Checked, float]]:
    last = time.monotonic()
    for result in results:
        yield result, time.monotonic() - last
        last = time.monotonic()


def _bugs(report: Report, number: int) -> Iterator[str]:
    """What must never come of a file, however broken: a crash of our own, no sentence, no report."""
    if report.error is not None:
        if report.error.code == "crashed":
            yield report.error.message
        if "\n" in report.error.message or report.path not in report.error.message:
            yield f"not one sentence that names the file: {report.error.message!r}"
    for item in report.not_looked_at:
        if "clearprint failed" in item.reason:
            yield f"page {item.page}: {item.reason}"
    if not any("clearprint failed" in item.reason for item in report.not_looked_at):  # which crashes all questions
        yield from (f"{answer.name}: {answer.reason}" for answer in report.answers if answer.cause == "crashed")
    if report.error is None and len(report.answers) != 27:
        yield f"{len(report.answers)} answers"
    kind, draw = list(FORMATS.items())[number % len(FORMATS)]
    try:
        draw(Run([report], _book(), lambda report, answer: answer.answer == "no", verbose=True)).encode("utf-8", "replace")
    except Exception as error:
        yield f"--format {kind}: {type(error).__name__}: {error}"


@cache
def _book() -> Rulebook:
    return Settings().rulebook()


if __name__ == "__main__":
    sys.exit(main())

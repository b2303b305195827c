"""How fast and how flat, in one command: `python -m benchmarks [FILE.pdf…]`.

Prints a table of ratios, each measured in this run on documents made here, on the files named, and on the collected documents
where they lie beside the project. Only ratios are worth quoting: both sides of each run in turn, the fastest counts.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

from benchmarks.made import picture_pages, text_pages
from benchmarks.speed import fastest, floor
from clearprint.run import Options, check_document, check_many

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "pdf"
RUNS = 7
_LEAST = """
import sys, pymupdf
pymupdf.open(sys.argv[1])[0].get_text()
"""
_FLOOR = """
import resource, sys
from pathlib import Path
from benchmarks.speed import floor
floor(Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_CHECK = """
import resource, sys
from pathlib import Path
from clearprint.run import Options, check_document
check_document(Path(sys.argv[1]), Options())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

Row = tuple[str, str, str]
"""What is measured, the figure, the aim."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all of it and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.pdf", help="measured against the floor too")
    parser.add_argument(
        "--pages", type=int, default=1_000, help="of the longest document made (default 1,000; 5,000 takes long)"
    )
    chosen = parser.parse_args(arguments)
    print("| figure | measured | aim |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="clearprint-") as name:
        folder = Path(name)
        for measure in (_floors, _starts, _scaling, _memory):
            for row in measure(folder, chosen):
                print("| " + " | ".join(row) + " |", flush=True)


def _floors(folder: Path, chosen: argparse.Namespace) -> list[Row]:
    text, pictures = text_pages(folder / "text.pdf", 40), picture_pages(folder / "pictures.pdf", 10)
    check_document(text, Options())  # imports are start-up
    rows: list[Row] = []
    low, whole = fastest(lambda: floor(text), lambda: check_document(text, Options()))
    rows.append(("check over floor, text", f"{whole / low:.2f} x ({1000 * low / 40:.1f} ms a page)", "2.0"))
    low, drawn, whole = fastest(lambda: floor(pictures), lambda: _render(pictures), lambda: check_document(pictures, Options()))
    both = low + drawn
    rows.append(("check over floor and a render, pictures", f"{whole / both:.2f} x ({100 * both:.1f} ms a page)", "1.5"))
    files = [*chosen.files, *(sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else ())]
    lows = wholes = 0.0
    for path in files:
        try:
            low, whole = fastest(lambda p=path: floor(p), lambda p=path: check_document(p, Options()))  # type: ignore[misc]
        except Exception as error:  # locked or damaged: it has no floor
            print(f"{path.name}: left out ({type(error).__name__})", file=sys.stderr)
            continue
        lows, wholes = lows + low, wholes + whole
    if files:
        rows.append((f"check over floor, {len(files)} collected documents", f"{wholes / lows:.2f} x", ""))
    return rows


def _render(path: Path) -> None:
    with pymupdf.open(path) as document:
        for page in document:
            page.get_pixmap(dpi=100)


def _starts(folder: Path, chosen: argparse.Namespace) -> list[Row]:
    leaflet = text_pages(folder / "leaflet.pdf", 1)
    version, bare, checked, least = _quickest(
        folder,
        [sys.executable, "-m", "clearprint", "--version"],
        [sys.executable, "-c", "import click"],
        [sys.executable, "-m", "clearprint", "check", str(leaflet), "-q"],
        [sys.executable, "-c", _LEAST, str(leaflet)],
    )
    return [
        ("--version over a Python that imports click", f"{version / bare:.2f} x ({1000 * version:.0f} ms)", "1.5"),
        ("one page over open and extract", f"{checked / least:.2f} x ({1000 * checked:.0f} ms)", "1.6"),
    ]


def _quickest(folder: Path, *commands: list[str]) -> list[float]:
    """CPU seconds of each command and what it starts, the fastest of RUNS runs in turn; modules compiled, as installed."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    best = [float("inf")] * len(commands)
    for _ in range(RUNS):
        for index, command in enumerate(commands):
            before = _children()
            subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)
            best[index] = min(best[index], _children() - before)
    return best


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _clock(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _scaling(folder: Path, chosen: argparse.Namespace) -> list[Row]:
    small = [text_pages(folder / f"small-{number}.pdf", 2) for number in range(100)]
    one = min(_clock(lambda: list(check_many(small, Options(jobs=1)))) for _ in range(2))
    two = min(_clock(lambda: list(check_many(small, Options(jobs=2)))) for _ in range(2))
    short, long = text_pages(folder / "short.pdf", 100), text_pages(folder / "long.pdf", 400)
    low, high = fastest(lambda: check_document(short, Options()), lambda: check_document(long, Options()))
    return [
        ("100 small files, one worker over two", f"{one / two:.2f} x ({one:.1f} s over {two:.1f} s)", "1.8"),
        ("400 pages over 100", f"{high / low:.2f} x", "under 4.4"),
    ]


def _memory(folder: Path, chosen: argparse.Namespace) -> list[Row]:
    short, long = text_pages(folder / "200.pdf", 200), text_pages(folder / "most.pdf", chosen.pages)
    engine = _peak(_FLOOR, long) - _peak(_FLOOR, short)
    first, last = _peak(_CHECK, short), _peak(_CHECK, long)
    return [
        (f"peak memory of a check of {chosen.pages:,} pages", f"{last:.0f} MB ({first:.0f} MB for 200)", "350 MB"),
        ("growth over what the engine grows by", f"{last - first:.0f} MB over {engine:.0f} MB", "1.3"),
    ]


def _peak(script: str, path: Path) -> float:
    """Megabytes at the most of a process of its own."""
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, cwd=ROOT, check=True)
    return int(done.stdout) / 1024


if __name__ == "__main__":
    main()

"""How fast, how flat, how even: `python -m benchmarks [PART…] [--write]`. One command for every figure of speed and memory.

Each figure is a ratio measured in one run, on documents made here and on the collected documents where they lie beside the
project. Only ratios are worth quoting: both sides run in turn and the fastest of each counts. --write puts the tables of the
parts that were run into docs/speed.md and leaves the other parts of it as they are.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import flat, spread
from benchmarks.made import picture_pages, text_pages
from benchmarks.speed import fastest, floor, quickest, render
from clearprint.run import Options, check_document

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "pdf"
TABLE = ROOT / "docs" / "speed.md"
_LEAST = """
import sys, pymupdf
pymupdf.open(sys.argv[1])[0].get_text()
"""
Row = tuple[str, str, str]
"""What is measured, the figure, the aim."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the command line asks for."""

    files: tuple[Path, ...]
    pages: int
    runs: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default all")
    parser.add_argument("--file", action="append", default=[], type=Path, help="a PDF to hold against the floor too")
    parser.add_argument("--pages", type=int, default=5_000, help="of the longest document made (default 5,000)")
    parser.add_argument("--runs", type=int, default=3, help="of which the fastest counts (default 3)")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {TABLE.relative_to(ROOT)}")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; choose from {', '.join(PARTS)}")
    chosen = Chosen(tuple(given.file), given.pages, given.runs)
    with tempfile.TemporaryDirectory(prefix="clearprint-") as name:
        for part in given.parts or PARTS:
            title, measure = PARTS[part]
            print(f"\n## {title}\n\n| figure | measured | aim |\n|---|---|---|", flush=True)
            rows = []
            for row in measure(Path(name), chosen):
                rows.append("| " + " | ".join(row) + " |")
                print(rows[-1], flush=True)
            if given.write:
                _write(title, rows)


def _floors(folder: Path, chosen: Chosen) -> Iterator[Row]:
    text, pictures = text_pages(folder / "text.pdf", 40), picture_pages(folder / "pictures.pdf", 10)
    check_document(text, Options())  # imports are start-up
    low, whole = fastest(lambda: floor(text), lambda: check_document(text, Options()), runs=chosen.runs)
    yield "check over floor, text", f"{whole / low:.2f} x ({25 * low:.1f} ms a page)", "2.0"
    low, drawn, whole = fastest(
        lambda: floor(pictures), lambda: render(pictures), lambda: check_document(pictures, Options()), runs=chosen.runs
    )
    both = low + drawn
    yield "check over floor and a render, pictures", f"{whole / both:.2f} x ({100 * both:.1f} ms a page)", "1.5"
    files = [*chosen.files, *(sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else ())]
    found: list[tuple[float, float, str]] = []
    for path in files:
        try:
            low, whole = fastest(lambda p=path: floor(p), lambda p=path: check_document(p, Options()), runs=1)  # type: ignore[misc]
        except Exception as error:  # locked or damaged: it has no floor
            print(f"{path.name}: left out ({type(error).__name__})", file=sys.stderr)
            continue
        found.append((whole, low, path.name))
    if found:
        whole, low = sum(item[0] for item in found), sum(item[1] for item in found)
        yield f"check over floor, {len(found)} collected documents", f"{whole / low:.2f} x", ""
    for whole, low, name in sorted(found, reverse=True)[:3]:
        yield f"slowest collected: {name}", f"{whole:.1f} s, {whole / low:.1f} x its floor", ""


def _starts(folder: Path, chosen: Chosen) -> Iterator[Row]:
    leaflet = text_pages(folder / "leaflet.pdf", 1)
    version, bare, checked, least = quickest(
        ROOT,
        folder,
        [sys.executable, "-m", "clearprint", "--version"],
        [sys.executable, "-c", "import click"],
        [sys.executable, "-m", "clearprint", "check", str(leaflet), "-q"],
        [sys.executable, "-c", _LEAST, str(leaflet)],
        runs=2 * chosen.runs + 1,
    )
    yield "--version over a Python that imports click", f"{version / bare:.2f} x ({1000 * version:.0f} ms)", "1.5"
    yield "one page over open and extract", f"{checked / least:.2f} x ({1000 * checked:.0f} ms)", "1.6"


def _spread(folder: Path, chosen: Chosen) -> Iterator[Row]:
    long = [text_pages(folder / "400.pdf", 400)]
    small = [text_pages(folder / f"small-{number}.pdf", 2) for number in range(200)]
    for name, files in (("400 pages", long), ("200 small files", small)):
        one, two = spread.measured(files, chosen.runs)
        yield (
            f"{name}, one job over two, by CPU time",
            f"{one.longest / two.longest:.2f} x ({one.longest:.1f} s over {two.longest:.1f} s)",
            "1.8",
        )
        yield f"{name}, one job over two, by the clock", f"{one.clock / two.clock:.2f} x ({_load()})", ""
    half = [text_pages(folder / "200.pdf", 200)]
    _, two = spread.measured(half, chosen.runs)
    yield (
        "200 plain pages, two jobs",
        f"{two.longest:.1f} s of CPU in the busiest process, {two.clock:.1f} s by the clock",
        "4 s",
    )


def _memory(folder: Path, chosen: Chosen) -> Iterator[Row]:
    pages = f"{chosen.pages:,} pages"
    for name, size in (("well set", 14), ("all faulty", 11)):
        short, long = (
            text_pages(folder / f"200-{size}.pdf", 200, size),
            text_pages(folder / f"most-{size}.pdf", chosen.pages, size),
        )
        engine = flat.peak(flat.ENGINE, long) - flat.peak(flat.ENGINE, short)
        first, last = flat.peak(flat.CHECK, short), flat.peak(flat.CHECK, long)
        yield f"peak of a process that checks {pages}, {name}", f"{last:.0f} MB ({first:.0f} MB for 200)", "350 MB"
        yield f"growth over the engine's own, 200 to {pages}, {name}", f"{last - first:.0f} MB over {engine:.0f} MB", "1.3 x"
    before, after = flat.files([text_pages(folder / f"one-{number}.pdf", 1) for number in range(20)] * 50)
    yield "1,000 files: the worker after 200 and at the end", f"{before.worker:.0f} MB, {after.worker:.0f} MB", "no growth"
    yield "1,000 files: the command after 200 and at the end", f"{before.command:.0f} MB, {after.command:.0f} MB", "no growth"


def _growth(folder: Path, chosen: Chosen) -> Iterator[Row]:
    few, many = chosen.pages // 5, chosen.pages // 5 * 4
    low, high = flat.costs(text_pages(folder / "few.pdf", few), text_pages(folder / "many.pdf", many))
    yield f"{many:,} pages over {few:,}", f"{high / low:.2f} x", "under 4.4"
    low, high = flat.costs(text_pages(folder / "some.pdf", 60, size=9), text_pages(folder / "more.pdf", 240, size=9))
    yield "four times the faults (all text too small)", f"{high / low:.2f} x", "under 4.4"


PARTS: dict[str, tuple[str, Callable[[Path, Chosen], Iterator[Row]]]] = {
    "floors": ("Against the least the PDF engine needs", _floors),
    "starts": ("Start", _starts),
    "spread": ("Over processes", _spread),
    "memory": ("Memory", _memory),
    "growth": ("Cost of length", _growth),
}


def _load() -> str:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return f"with a load of {load:.1f} on {os.cpu_count()} cores"


def _write(title: str, rows: list[str]) -> None:
    """Put one part into the page, in its place."""
    text = TABLE.read_text(encoding="utf-8") if TABLE.is_file() else f"{_HEAD}\n"
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    done = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=ROOT, capture_output=True, text=True)
    body = f"## {title}\n\nMeasured on {machine}, {done.stdout.strip()}.\n\n| figure | measured | aim |\n|---|---|---|\n"
    section = body + "\n".join(rows) + "\n"
    known = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    text = known.sub(lambda _: f"{section}\n", text) if known.search(text) else f"{text.rstrip()}\n\n{section}"
    TABLE.write_text(text.rstrip() + "\n", encoding="utf-8")


_HEAD = """# How fast, how flat

Written by `python -m benchmarks --write`. Each figure is a ratio of two things measured in the same run, so that it holds on a
busy machine. *By CPU time* takes the busiest process of each side: what the clock shows on a quiet machine."""


if __name__ == "__main__":
    main()

"""How fast a check is against the floor: `python -m benchmarks.speed FILE…`.

The floor is what the PDF engine needs for the least that a check must know of each page: `get_text("rawdict")` without
images, `get_cdrawings()` and `get_image_info()`. Both are CPU time of one process without start-up, the fastest of three
runs in turn, so that the ratio holds on a busy machine. Only the ratio is worth quoting.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf

from benchmarks.flat import children
from clearprint.run.work import Options, check_document

RUNS = 3
_TEXT = pymupdf.TEXTFLAGS_RAWDICT & ~pymupdf.TEXT_PRESERVE_IMAGES


def floor(path: Path) -> None:
    """The least the engine must do for each page."""
    with pymupdf.open(path) as document:
        for page in document:
            page.get_text("rawdict", flags=_TEXT)
            page.get_cdrawings()
            page.get_image_info()


def fastest(*works: Callable[[], object], runs: int = RUNS) -> list[float]:
    """CPU seconds of each, the fastest of some runs in turn."""
    best = [float("inf")] * len(works)
    for _ in range(runs):
        for index, work in enumerate(works):
            start = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - start)
    return best


def render(path: Path) -> None:
    """Draw each page at 100 dpi."""
    with pymupdf.open(path) as document:
        for page in document:
            page.get_pixmap(dpi=100)


def quickest(root: Path, folder: Path, *commands: list[str], runs: int) -> list[float]:
    """CPU seconds of each command and what it starts, the fastest of some runs in turn; modules compiled, as installed."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    best = [float("inf")] * len(commands)
    for _ in range(runs):
        for index, command in enumerate(commands):
            before = children()
            subprocess.run(command, capture_output=True, cwd=root, env=environment, check=False)
            best[index] = min(best[index], children() - before)
    return best


def main(names: list[str]) -> None:
    """Print a row a file and the totals."""
    if not names:
        raise SystemExit("usage: python -m benchmarks.speed FILE...")
    check_document(Path(names[0]), Options())  # imports are start-up
    pages = 0
    floors = checks = 0.0
    print("| file | pages | floor, ms a page | check, ms a page | ratio |\n|---|---|---|---|---|")
    for name in names:
        path = Path(name)
        low, whole = fastest(lambda p=path: floor(p), lambda p=path: check_document(p, Options()))
        with pymupdf.open(path) as document:
            count = document.page_count
        pages, floors, checks = pages + count, floors + low, checks + whole
        print(
            f"| {path.name} | {count} | {1000 * low / count:.1f} | {1000 * whole / count:.1f} | {whole / low:.1f} |", flush=True
        )
    print(f"| all | {pages} | {1000 * floors / pages:.1f} | {1000 * checks / pages:.1f} | {checks / floors:.1f} |")
    print(f"\nPeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])

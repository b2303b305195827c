"""Invariance: does a PDF keep its answers when the same pages are written in another way?

    python -m benchmarks.invariance                 own fixtures and samples, and the collected PDFs beside the project
    python -m benchmarks.invariance FILE… --ways moved,shuffled

Each document is moved, scaled under UserUnit, turned under /Rotate, cut into other pieces of text, put into forms and saved by
qpdf, mutool and Ghostscript (`tests/rewritten.py`). Counted are questions whose answer changes, and whose faults change; a
document that another program paints otherwise afterwards is named and not counted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from clearprint.answers import Answer, Report
from clearprint.run.work import Options, check_document
from tests.rewritten import GHOSTSCRIPT, MUTOOL, OURS, QPDF

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "fixtures", ROOT.parent / "shared" / "corpus" / "pdf")
_FINE, _BLOCK = 60, 6  # pixels an inch, and how many each way are looked at together
_UNLIKE = 40  # of 255: a word of type at 10 pt that is lost darkens them so
WAYS = {**OURS, **QPDF, **MUTOOL, **GHOSTSCRIPT}


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that a way of writing changes."""

    document: str
    way: str
    name: str
    before: str
    after: str
    answer: bool  # the answer itself, not only its faults


def told(answer: Answer) -> tuple[str, int, tuple[str, ...]]:
    """What must stay of an answer: its word, and how many faults about which text."""
    excerpts = sorted("".join(fault.excerpt.split()) for fault in answer.faults)
    return answer.answer, answer.fault_count, tuple(excerpts)


def checked(data: bytes) -> Report:
    """The report about a PDF given as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(data)
        return check_document(path, Options()).report


def differences(name: str, way: str, before: Report, after: Report) -> list[Difference]:
    """Questions whose answer or faults are not the same."""
    found = []
    for mine, theirs in zip(before.answers, after.answers, strict=True):
        one, other = told(mine), told(theirs)
        if one != other:
            gone, new = Counter(one[2]), Counter(other[2])
            texts = [f"{one[0]} x{one[1]} -{list(gone - new)[:3]}", f"{other[0]} x{other[1]} +{list(new - gone)[:3]}"]
            found.append(Difference(name, way, mine.name, *texts, one[0] != other[0]))
    return found


def first_unlike(before: bytes, after: bytes) -> int | None:
    """The first page that is painted otherwise, so that other answers are no fault of the checker's: programs lose lines,
    images and letters. Small differences, as of one letter's edge, are none; None where all pages look the same."""
    from PIL import Image, ImageChops

    with pymupdf.open("pdf", before) as one, pymupdf.open("pdf", after) as other:
        if one.page_count != other.page_count:
            return min(one.page_count, other.page_count) + 1
        for number, (page, its) in enumerate(zip(one, other, strict=True), 1):
            looks = []
            for pixmap in (drawn.get_pixmap(dpi=_FINE, colorspace=pymupdf.csGRAY, alpha=False) for drawn in (page, its)):
                looks.append(Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples).reduce(_BLOCK))
            if looks[0].size != looks[1].size or ImageChops.difference(*looks).getextrema()[1] >= _UNLIKE:
                return number
    return None


def one_document(task: tuple[Path, tuple[str, ...]]) -> tuple[int, list[Difference], list[str]]:
    """Questions compared, what changed, and what could not be done, of one document."""
    path, ways = task
    data = path.read_bytes()
    try:
        before = checked(data)
    except Exception as error:
        return 0, [], [f"{path.name}: {type(error).__name__} {error}"]
    found: list[Difference] = []
    failed: list[str] = []
    count = 0
    for way in ways:
        try:
            written = WAYS[way](data)
        except Exception as error:
            failed.append(f"{path.name}, {way}: not written, {type(error).__name__} {error}")
            continue
        try:
            after = checked(written)
        except Exception as error:
            failed.append(f"{path.name}, {way}: {type(error).__name__} {error}")
            continue
        changed = differences(path.name, way, before, after)
        if changed and (page := first_unlike(data, written)) is not None:
            failed.append(f"{path.name}, {way}: page {page} is not painted as it was; {len(changed)} differences not counted")
            continue
        count += len(before.answers)
        found += changed
    return count, found, failed


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.invariance", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, help="PDF files, or folders of them")
    parser.add_argument("--ways", default=",".join(WAYS), help="which ways of writing, by name")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--largest", type=int, default=1_500_000, help="bytes; larger files are left out")
    chosen = parser.parse_args(arguments)
    ways = tuple(way.strip() for way in chosen.ways.split(","))
    paths: list[Path] = []
    for path in chosen.paths or FOLDERS:
        paths += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    paths = [path for path in paths if "damaged" not in path.parts and path.stat().st_size <= chosen.largest]
    total, found, failed = 0, [], []
    with multiprocessing.Pool(chosen.jobs) as pool:
        for count, some, lost in pool.imap(one_document, [(path, ways) for path in paths]):
            total += count
            found += some
            failed += lost
            for item in some:
                sign = "!" if item.answer else " "
                print(f"{sign} {item.document} | {item.way} | {item.name}: {item.before} -> {item.after}", flush=True)
    for line in failed:
        print("left out:", line)
    print(f"\n{'way':18}{'answers':>9}{'faults':>9}")
    for way in ways:
        mine = [item for item in found if item.way == way]
        print(f"{way:18}{sum(item.answer for item in mine):9}{sum(not item.answer for item in mine):9}")
    changed = sum(item.answer for item in found)
    print(
        f"{len(paths)} documents, {total} answers compared: {changed} changed, {len(found) - changed} kept with other faults."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

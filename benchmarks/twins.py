"""Twins: does a DOCX get the same answers as the PDF that LibreOffice exports from it?

    python -m benchmarks.twins            fixtures, and the collected documents where they lie beside the project
    python -m benchmarks.twins FOLDER     every DOCX under FOLDER
    python -m benchmarks.twins --layout libreoffice    the DOCX laid out by LibreOffice too
    python -m benchmarks.twins --facts    sizes, weights, colours, alignment, leading, space and characters a line

Tracked changes are accepted before the export, for LibreOffice prints what was deleted. Compared are questions that neither
form leaves open; each disagreement is listed by question and by pair of answers.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clearprint.answers import Answer, Report
from clearprint.formats.docx_clean import clean
from clearprint.run import Options, Task, check_all
from clearprint.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "fixtures", ROOT.parent / "shared" / "corpus" / "docx")
SECONDS_A_FILE = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that both forms settle, each in its own way."""

    name: str
    document: Path
    docx: Answer
    pdf: Answer


def documents(folders: Sequence[Path]) -> list[Path]:
    """Every DOCX under the folders but damaged ones, which are refused, and the labelled set, which would flatter."""
    found = {
        path for folder in folders for path in folder.rglob("*.docx") if not {"damaged", "labelled_word"} & set(path.parts)
    }
    return sorted(path for path in found if not path.name.startswith("~$"))


def tracked(path: Path) -> bool:
    """Whether it holds tracked changes: LibreOffice prints what was deleted, and colours what was put in."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]
            return any(re.search(rb"<w:(del|ins|moveFrom) ", archive.read(name)) for name in parts)
    except (OSError, zipfile.BadZipFile):
        return False


def export(paths: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """The PDF of each document that could be exported, all by one call of LibreOffice with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("twins: soffice is not installed (LibreOffice Writer).")
    copies = {}
    for number, path in enumerate(paths):  # names may be the same in two folders
        copies[path] = folder / f"{number:04}.docx"
        if tracked(path):
            clean(path, copies[path])
        else:
            shutil.copyfile(path, copies[path])
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, copies.values())]
    try:
        subprocess.run(command, capture_output=True, timeout=60 + SECONDS_A_FILE * len(paths), check=False)
    except subprocess.TimeoutExpired:
        print("twins: LibreOffice ran out of time; what it finished is compared.", file=sys.stderr)
    made = {path: copy.with_suffix(".pdf") for path, copy in copies.items()}
    return {path: pdf for path, pdf in made.items() if pdf.exists()}


def differences(path: Path, docx: Report, pdf: Report) -> tuple[int, list[Difference]]:
    """How many questions both forms settle, and those they settle differently."""
    both = [(mine, pdf.answer(mine.name)) for mine in docx.answers]
    settled = [(mine, theirs) for mine, theirs in both if "ask" not in (mine.answer, theirs.answer)]
    return len(settled), [Difference(mine.name, path, mine, theirs) for mine, theirs in settled if mine.answer != theirs.answer]


def why(answer: Answer) -> Iterator[str]:
    """The answer's first fault, or its reason."""
    if answer.faults:
        fault = answer.faults[0]
        where = fault.path if fault.page is None else f"page {fault.page}"
        seen = f"{fault.measure} {fault.measured} {fault.role or ''} {fault.excerpt[:60]!r}"
        yield f"{answer.fault_count} x, first: {where}: {seen}"
    else:
        yield answer.reason


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.twins", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("folders", nargs="*", type=Path, help="where DOCX files are looked for")
    parser.add_argument("--keep", type=Path, help="folder for the exported PDFs; those already there are used again")
    parser.add_argument("--layout", choices=("estimate", "libreoffice"), default="estimate", help="of the DOCX")
    parser.add_argument("--facts", action="store_true", help="compare sizes, weights, colours and the like instead of answers")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    chosen = parser.parse_args(arguments)
    paths = documents(chosen.folders or [folder for folder in FOLDERS if folder.is_dir()])
    with tempfile.TemporaryDirectory(prefix="twins-") as temporary:
        pdfs = _exported(paths, Path(temporary), chosen.keep)
        pairs = [path for path in paths if path in pdfs]
        if chosen.facts:
            from benchmarks.twin_facts import compare_all

            return compare_all([(path, pdfs[path]) for path in pairs])
        options = Options(jobs=chosen.jobs)
        settings = Settings(layout=chosen.layout)
        tasks = [Task(path, settings) for path in pairs] + [Task(pdfs[path]) for path in pairs]
        reports = [done.report for done in check_all(tasks, options)]
    compared, found, asked, questions, refused = 0, [], Counter[str](), 0, []
    for path, docx, pdf in zip(pairs, reports, reports[len(pairs) :], strict=False):
        error = docx.error or pdf.error
        if error is not None:
            refused.append(f"{path.name}: {error.message}")
            continue
        amount, different = differences(path, docx, pdf)
        compared += amount
        found += different
        questions += len(docx.answers)
        asked.update(answer.name for answer in docx.answers if answer.cause == "estimate")
    _show(compared, found, [*refused, *(f"{path.name}: not exported" for path in paths if path not in pdfs)])
    share = 100 * asked.total() / questions if questions else 0.0
    by_question = ", ".join(f"{name} {count}" for name, count in asked.most_common())
    print(f"{len(pairs) - len(refused)} documents. Open for want of a layout: {share:.1f} % of {questions} ({by_question}).")
    return 0


def _exported(paths: Sequence[Path], temporary: Path, keep: Path | None) -> dict[Path, Path]:
    if keep is None:
        return export(paths, temporary)
    keep.mkdir(parents=True, exist_ok=True)
    kept = {path: keep / f"{path.parent.name}__{path.stem}.pdf" for path in paths}
    stale = [path for path in paths if not kept[path].exists() or kept[path].stat().st_mtime < path.stat().st_mtime]
    if stale:
        for path, pdf in export(stale, temporary).items():
            shutil.copyfile(pdf, kept[path])
    return {path: pdf for path, pdf in kept.items() if pdf.exists()}


def _show(compared: int, found: Sequence[Difference], left_out: Sequence[str]) -> None:
    by_question: dict[str, list[Difference]] = defaultdict(list)
    for item in found:
        by_question[item.name].append(item)
    for name in sorted(by_question, key=lambda name: -len(by_question[name])):
        items = by_question[name]
        kinds = Counter((item.docx.answer, item.pdf.answer) for item in items)
        told = ", ".join(f"{count} x docx {mine} / pdf {theirs}" for (mine, theirs), count in kinds.most_common())
        print(f"\n{name}: {told}")
        for item in items:
            print(f"  {item.document.parent.name}/{item.document.name}: {item.docx.answer} / {item.pdf.answer}")
            for form, answer in (("docx", item.docx), ("pdf", item.pdf)):
                for line in why(answer):
                    print(f"      {form}: {line}")
    for line in left_out:
        print(f"left out: {line}")
    share = 100 * (compared - len(found)) / compared if compared else 0.0
    print(f"\n{compared} questions settled by both forms, {compared - len(found)} alike ({share:.1f} %).")


if __name__ == "__main__":
    sys.exit(main())

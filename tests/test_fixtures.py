"""Every fixture gets the answer its name says, its planted faults and no others."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import clearprint
from clearprint.answers import Answer, Finding, Report
from clearprint.errors import ClearprintError

FIXTURES = Path(__file__).parents[1] / "fixtures"
ROOM = 12.0  # points: a fault's box may stand so far from the words it is about


def _labels(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    with (folder / "expect.toml").open("rb") as file:
        return [(folder / entry["name"], entry) for entry in tomllib.load(file)["file"]]


CASES = [
    pytest.param(path, label, id=f"{path.parent.name}/{path.name}")
    for folder in sorted(path.parent for path in FIXTURES.glob("*/expect.toml"))
    if folder.name != "damaged"
    for path, label in _labels(folder)
]
DAMAGED = [pytest.param(path, label, id=path.name) for path, label in _labels(FIXTURES / "damaged")]


@cache
def _checked(path: Path, declared: tuple[tuple[str, Any], ...]) -> Report:
    return clearprint.check(path, declare=dict(declared))


def _report(path: Path, label: dict[str, Any]) -> Report:
    declared = {key: tuple(value) if isinstance(value, list) else value for key, value in label.get("declare", {}).items()}
    return _checked(path, tuple(declared.items()))


def _plain(text: str) -> str:
    """Letters and digits only: excerpts may be cut, and typesetters change quotation marks and spaces."""
    return "".join(filter(str.isalnum, text.casefold()))


def _same_place(fault: Finding, planted: dict[str, Any]) -> bool:
    if "page" in planted and fault.page is not None and planted["page"] not in {fault.page, *fault.pages}:
        return False
    if "text" not in planted and "box" not in planted:
        return True
    if "text" in planted:
        wanted, found = _plain(planted["text"]), _plain(fault.excerpt)
        if wanted in found or (len(found) >= 3 and found in wanted):
            return True
    if "box" not in planted or fault.box is None:
        return False
    x0, y0, x1, y1 = planted["box"]
    return fault.box[0] < x1 + ROOM and fault.box[2] > x0 - ROOM and fault.box[1] < y1 + ROOM and fault.box[3] > y0 - ROOM


def _is_planted(fault: Finding, planted: dict[str, Any]) -> bool:
    if "measure" in planted and fault.measure != planted["measure"]:
        return False
    known = "measured" in planted and isinstance(fault.measured, (int, float))
    if known and abs(float(fault.measured) - planted["measured"]) > planted["within"]:
        return False
    return _same_place(fault, planted)


def _told(answer: Answer) -> str:
    faults = "; ".join(f"{f.measure} {f.measured!r} p{f.page} {f.box} {f.excerpt[:60]!r}" for f in answer.faults[:6])
    return f"{answer.name} is {answer.answer} ({answer.cause}): {answer.reason} [{faults}]"


def _planted(label: dict[str, Any], question: str) -> list[dict[str, Any]]:
    return [fault for fault in label.get("fault", ()) if fault.get("question") == question]


@pytest.mark.parametrize(("path", "label"), CASES)
def test_own_question_has_the_answer_of_the_label(path: Path, label: dict[str, Any]) -> None:
    report = _report(path, label)
    assert report.error is None
    wanted = dict(label.get("answers", {}))
    if "answer" in label:
        wanted[path.parent.name] = label["answer"]
    assert wanted or "also" in label or "fault" in label
    good = {"yes", "na"} if label.get("or_na") else {label.get("answer")}
    wrong = [
        _told(report.answer(name))
        for name, answer in wanted.items()
        if report.answer(name).answer not in (good if name == path.parent.name else {answer})
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("path", "label"), [case for case in CASES if case.values[1].get("fault")])  # type: ignore[union-attr]
def test_planted_faults_are_found(path: Path, label: dict[str, Any]) -> None:
    report = _report(path, label)
    missing = []
    for planted in label["fault"]:
        answer = report.answer(planted["question"])
        if not any(_is_planted(fault, planted) for fault in answer.faults):
            missing.append(f"{planted} is not among: {_told(answer)}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(("path", "label"), CASES)
def test_no_other_fault_is_found(path: Path, label: dict[str, Any]) -> None:
    report = _report(path, label)
    touched = {fault["question"] for fault in label.get("fault", ())} | set(label.get("also", ()))
    touched |= {name for name, answer in label.get("answers", {}).items() if answer == "no"}
    noes = {answer.name for answer in report.answers if answer.answer == "no"}
    unlisted = noes - touched - set(label.get("may", ()))
    if label.get("answer") == "no":
        unlisted.discard(path.parent.name)
    wrong = [_told(report.answer(name)) for name in sorted(unlisted)]
    wrong += [f"no fault in {name}" for name in sorted(set(label.get("also", ())) - noes)]
    own = {fault["question"] for fault in label.get("fault", ())} if "answer" in label else set()
    for name in sorted(own):  # whole designs have too many places to list each
        planted = _planted(label, name)
        wrong += [
            f"not planted: {name} {fault.measure} {fault.measured!r} p{fault.page} {fault.box} {fault.excerpt[:80]!r}"
            for fault in report.answer(name).faults
            if not any(_same_place(fault, item) for item in planted)
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("path", "label"), CASES)
def test_nothing_crashed_or_was_left_out(path: Path, label: dict[str, Any]) -> None:
    report = _report(path, label)
    assert [answer.number for answer in report.answers] == list(range(1, 28))
    broken = [_told(answer) for answer in report.answers if answer.cause in {"crashed", "timeout", "partial", "skipped"}]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(("path", "label"), DAMAGED)
def test_damaged_files_are_refused_with_one_sentence(path: Path, label: dict[str, Any]) -> None:
    try:
        report = clearprint.check(path)
    except ClearprintError as error:
        code, message = error.code, error.message
    else:
        assert report.error is not None, f"{path.name} was read, {label['error']} was expected"
        code, message = report.error.code, report.error.message
    assert code == label["error"]
    assert "\n" not in message.strip()
    assert "Traceback" not in message
    assert message.strip().endswith((".", "?", "!"))


def test_every_rule_has_fixtures_for_both_answers() -> None:
    names = {path.stem.split("-", 1)[1] for path in (FIXTURES.parent / "rules" / "rnib-clear-print").glob("[0-9]*.toml")}
    folders = {path.parent.name for path in FIXTURES.glob("*/make.py")} - {"samples", "shared", "damaged"}
    assert names <= folders
    for name in sorted(folders):
        words = {label["answer"] for _, label in _labels(FIXTURES / name)}
        assert {"yes", "no"} <= words, f"{name} has only {sorted(words)}"


def test_labels_and_files_agree() -> None:
    for folder in sorted(path.parent for path in FIXTURES.glob("*/expect.toml")):
        named = {path.name for path, _ in _labels(folder)}
        found = {path.name for path in folder.iterdir() if path.suffix not in {".py", ".toml", ""}}
        assert named == found, folder.name


def test_fixtures_are_small() -> None:
    # The labelled sets are 850 PDFs of about 23 kB, mostly subset faces, by nine producers, and 241 Word files.
    sizes = {True: 0, False: 0}
    for path in FIXTURES.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            sizes[path.relative_to(FIXTURES).parts[0].startswith("labelled")] += path.stat().st_size
    assert sizes[False] < 6_000_000
    assert sizes[True] < 24_000_000

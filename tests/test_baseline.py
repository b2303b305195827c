"""Known faults let the gate pass; new ones and those that got worse do not, and every report tells them apart."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint import baseline, gate, rulebook
from clearprint.answers import Report
from clearprint.errors import BadSettings
from clearprint.reports import Run
from clearprint.reports.to_github import commands
from clearprint.reports.to_html import to_html
from clearprint.reports.to_json import to_json
from clearprint.reports.to_junit import to_junit
from clearprint.reports.to_sarif import to_sarif
from clearprint.reports.to_text import to_text
from tests.reports_kit import finding, report
from tests.test_cli import BAD, GOOD
from tests.test_settings_cli import run

ROOM = {"pt": 0.06}
FAIL_ON = ("no", "unreadable")


def with_faults(*faults: Any) -> Report:
    first, *rest = report().answers
    return report(answers=(replace(first, faults=faults, fault_count=len(faults)), *rest))


OLD = (finding(fingerprint="a" * 16, measured=8.5), finding(fingerprint="b" * 16, measured=9.0))


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> baseline.Baseline:
    """Both old faults of drafts/leaflet.pdf."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "known.json").write_text(baseline.written([with_faults(*OLD)], tmp_path))
    return baseline.read(Path("known.json"))


def statuses(held: Report) -> list[str]:
    return [fault.status for fault in held.answers[0].faults]


def passes(held: Report) -> bool:
    return not gate.fails(held.answers[0], FAIL_ON)


def test_what_is_known_passes_and_what_is_new_fails(known: baseline.Baseline) -> None:
    held = known.held(with_faults(*OLD), ROOM)
    assert (statuses(held), passes(held)) == (["known", "known"], True)
    assert held.verdict == "no"  # the answer is what it is; only the gate lets it pass
    assert not gate.fails(held.answers[0], ("any",))
    more = known.held(with_faults(*OLD, finding(fingerprint="c" * 16)), ROOM)
    assert (statuses(more), passes(more)) == (["known", "known", "new"], False)
    other = known.held(replace(with_faults(*OLD), path="drafts/other.pdf"), ROOM)
    assert (statuses(other), passes(other)) == (["new", "new"], False)


@pytest.mark.parametrize(
    ("measured", "wanted", "status"),
    [(8.5, 12.0, "known"), (8.45, 12.0, "known"), (8.4, 12.0, "worse"), (11.0, 12.0, "known"), (9.0, 8.0, "worse"),
     (8.5, 8.0, "known"), (7.0, 6.0, "known"), ("right", None, "worse"), (8.5, None, "known"), (True, None, "worse")],
)  # fmt: skip
def test_worse_is_farther_from_what_is_wanted_by_more_than_room(
    known: baseline.Baseline, measured: Any, wanted: Any, status: str
) -> None:
    held = known.held(with_faults(replace(OLD[0], measured=measured, wanted=wanted)), ROOM)
    assert statuses(held) == [status]


def test_faults_past_those_that_are_kept_are_never_all_known(known: baseline.Baseline) -> None:
    held = known.held(with_faults(*OLD), ROOM)
    first = replace(held.answers[0], fault_count=30_000)
    assert gate.fails(first, FAIL_ON)
    assert baseline.written([replace(held, answers=(first,))], known.root).count("a" * 16) == 0


def test_what_is_mended_is_counted_where_it_was_asked(known: baseline.Baseline) -> None:
    assert known.mended(with_faults(OLD[0])) == 1
    first, *rest = with_faults().answers
    assert known.mended(report(answers=(replace(first, answer="ask", cause="skipped"), *rest))) == 0


def test_a_baseline_is_the_same_bytes_and_its_paths_begin_at_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gate").mkdir()
    one, two = with_faults(*OLD), replace(with_faults(*OLD), path="a.pdf")
    text = baseline.written([one, two], tmp_path / "gate")
    assert text == baseline.written([two, one], tmp_path / "gate")
    assert list(json.loads(text)["documents"]) == ["../a.pdf", "../drafts/leaflet.pdf"]
    (tmp_path / "gate" / "known.json").write_text(text)
    read = baseline.read(tmp_path / "gate" / "known.json")
    assert statuses(read.held(one, ROOM)) == ["known", "known"]
    monkeypatch.chdir(tmp_path / "gate")
    assert statuses(baseline.read(Path("known.json")).held(replace(one, path="../drafts/leaflet.pdf"), ROOM)) == [
        "known",
        "known",
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"schema": "clearprint-baseline/1"}', '{"schema": "clearprint-baseline/2", "documents": {}}',
             '{"schema": "clearprint-baseline/1", "documents": {"a.pdf": {"type-size": {"x": []}}}}',
             '{"schema": "clearprint-baseline/1", "documents": {"a.pdf": []}}', "\x00"]
)  # fmt: skip
def test_what_is_no_baseline_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(BadSettings, match=r"known\.json: this") as caught:
        baseline.read(path)
    assert "\n" not in caught.value.message
    with pytest.raises(BadSettings, match="There is no baseline"):
        baseline.read(tmp_path / "none.json")


@given(st.lists(st.sampled_from("abcdef"), max_size=6), st.lists(st.sampled_from("abcdef"), max_size=6))
def test_the_gate_passes_just_when_every_fault_was_known(old: list[str], new: list[str]) -> None:
    before = with_faults(*(finding(fingerprint=name * 16) for name in dict.fromkeys(old)))
    after = with_faults(*(finding(fingerprint=name * 16) for name in dict.fromkeys(new)))
    root = Path.cwd()
    held = baseline.Baseline(json.loads(baseline.written([before], root))["documents"], root).held(after, ROOM)
    assert passes(held) is (bool(new) and set(new) <= set(old))


def test_every_report_tells_known_from_new(known: baseline.Baseline) -> None:
    book = rulebook.load()
    new = finding(fingerprint="c" * 16, measured=7.0, style="Arial 7 pt", excerpt="Fresh")
    some, every = known.held(with_faults(*OLD, new), ROOM), known.held(with_faults(*OLD), ROOM)

    def made(held: Report) -> Run:
        return Run([held], book, lambda report, answer: gate.fails(answer, FAIL_ON), baseline=True)

    text = to_text([some], book)
    assert "(2 of 3 known)" in text
    assert text.index("Fresh") < text.index("known: ")
    assert "(all known)" in to_text([every], book)
    assert to_text([every], book, quiet=True) == ""
    data = json.loads(to_json([some], book))
    assert [fault["status"] for fault in data["documents"][0]["answers"][0]["faults"]] == ["known", "known", "new"]
    html = to_html([some], book, {})
    assert "<strong>Known from the baseline:</strong> 2 places" in html
    results = json.loads(to_sarif(made(some)))["runs"][0]["results"]
    assert [(result["baselineState"], result["level"]) for result in results] == [
        ("unchanged", "note"), ("unchanged", "note"), ("new", "error"),
    ]  # fmt: skip
    assert "baselineState" not in to_sarif(replace(made(some), baseline=False))
    assert "<failure" in to_junit(made(some))
    assert "<failure" not in to_junit(made(every))
    assert "Known: Reason 1." in to_junit(made(every))
    assert "::error" in commands(made(some))
    assert "Fresh" in commands(made(some))
    assert commands(made(every)) == ""


def test_a_legacy_document_passes_until_it_gets_worse(tmp_path: Path) -> None:
    """The command, from writing the baseline to a fault that is mended."""
    (tmp_path / "drafts").mkdir()
    shutil.copyfile(BAD, tmp_path / "drafts" / "a.pdf")
    shutil.copyfile(GOOD, tmp_path / "drafts" / "b.pdf")
    assert run(tmp_path, "check", "drafts").returncode == 1
    wrote = run(tmp_path, "baseline", "drafts", "-o", "known.json")
    assert (wrote.returncode, wrote.stderr) == (0, "")
    assert wrote.stdout.startswith("Wrote known.json: ")
    text = (tmp_path / "known.json").read_text()
    assert list(json.loads(text)["documents"]) == ["drafts/a.pdf"]
    run(tmp_path, "baseline", "drafts/b.pdf", "drafts/a.pdf", "-o", "known.json", "--jobs", "1")
    assert (tmp_path / "known.json").read_text() == text
    held = run(tmp_path, "check", "drafts", "--baseline", "known.json", "-q")
    assert (held.returncode, held.stdout, held.stderr) == (0, "", "")
    stricter = run(tmp_path, "check", "drafts/b.pdf", "--baseline", "known.json", "--checklist", "large-print")
    assert stricter.returncode == 1
    shutil.copyfile(GOOD, tmp_path / "drafts" / "a.pdf")
    mended = run(tmp_path, "check", "drafts", "--baseline", "known.json")
    assert mended.returncode == 0
    assert "known faults are gone" in mended.stderr
    (tmp_path / "drafts" / "c.pdf").write_bytes(b"%PDF-1.4 torn")
    torn = run(tmp_path, "baseline", "drafts", "-o", "known.json")
    assert (torn.returncode, "c.pdf" in torn.stderr) == (2, True)
    assert run(tmp_path, "check", "drafts", "--baseline", "known.json").returncode == 2  # what is unreadable is never known


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "a.pdf", "--baseline", "none.json"], "There is no baseline 'none.json'"),
        (["check", "a.pdf", "--baseline", "a.pdf"], "this baseline cannot be read"),
        (["baseline", "a.pdf"], "Missing option"),
        (["baseline", "a.pdf", "-o", "none/known.json"], "its folder does not exist"),
        (["baseline", "a.pdf", "-o", "a.pdf"], "would replace this document"),
        (["baseline", "-o", "known.json"], "Missing argument 'PATH...'"),
    ],
)
def test_every_mistake_is_one_sentence(tmp_path: Path, arguments: list[str], says: str) -> None:
    shutil.copyfile(GOOD, tmp_path / "a.pdf")
    result = run(tmp_path, *arguments)
    assert result.returncode == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]

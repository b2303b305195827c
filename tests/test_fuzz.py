"""The fuzzer itself: the same mutants for everyone, files that are really wrong, and no bug passed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.fuzz import __main__ as fuzz
from clearprint.answers import Failure, NotLookedAt, Report
from clearprint.run import Options, check_document

GOOD = Path(__file__).parents[1] / "fixtures" / "samples" / "leaflet-good.pdf"


def test_a_number_makes_the_same_mutant_and_another_number_another() -> None:
    files = fuzz.bases(fixtures_only=True)
    first = [fuzz.made(files, number) for number in range(40)]
    fuzz._base.cache_clear()
    assert [fuzz.made(files, number) for number in range(40)] == first
    originals = {path.read_bytes() for path in files}
    assert sum(data in originals for _, data in first) < 4
    assert len({data for _, data in first}) > 36
    assert {name.rpartition(".")[2] for name, _ in first} == {"pdf", "docx"}


def test_mutants_go_through_the_workers_without_a_bug(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record.json"
    assert fuzz.main(["--fixtures-only", "--count", "12", "--record", str(record), "--keep", str(tmp_path / "kept")]) == 0
    assert '"mutants": 12' in record.read_text()
    assert not (tmp_path / "kept").exists()


def test_what_is_a_bug() -> None:
    report = check_document(GOOD, Options()).report
    assert list(fuzz._bugs(report, 0)) == []
    crashed = replace(report.answers[0], answer="ask", cause="crashed")
    assert len(list(fuzz._bugs(replace(report, answers=(crashed, *report.answers[1:])), 0))) == 1
    failed_page = NotLookedAt(1, None, "clearprint failed on this page (KeyError: 1)")
    assert len(list(fuzz._bugs(replace(report, not_looked_at=(failed_page,)), 1))) == 1
    for failure in (Failure("crashed", "a.pdf: clearprint itself failed"), Failure("damaged", "two\nlines of a.pdf")):
        assert len(list(fuzz._bugs(Report(path="a.pdf", error=failure), 0))) == 1
    assert list(fuzz._bugs(Report(path="a.pdf", error=Failure("damaged", "a.pdf: damaged. Save it again.")), 0)) == []

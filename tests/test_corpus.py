"""Everything against documents nobody here made, wherever they are found: 27 answers or one sentence, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from clearprint import rulebook, run
from clearprint.answers import Report
from clearprint.reports.to_html import to_html
from clearprint.reports.to_json import to_json
from clearprint.reports.to_text import to_text
from clearprint.run import Checked, Options

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SCHEMA = json.loads((Path(run.__file__).parents[1] / "reports" / "report.schema.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not beside the project")


@pytest.fixture(scope="module")
def checked() -> list[Checked]:
    found = [item for item in run.find([str(CORPUS)]) if isinstance(item, Path)]
    hostile = [path for path in sorted((CORPUS / "hostile").iterdir()) if path.suffix != ".tsv" and path not in found]
    return list(run.check_many([*found, *hostile], Options(jobs=2, pictures=(60, 3_000_000))))


def test_each_document_has_27_answers_or_one_sentence(checked: list[Checked]) -> None:
    assert len(checked) >= 140
    for item in checked:
        report = item.report
        if report.error is None:
            assert [answer.number for answer in report.answers] == list(range(1, 28)), report.path
            crashed = [answer.name for answer in report.answers if answer.cause == "crashed"]
            assert not crashed, f"{report.path}: {crashed}"
            continue
        assert report.error.code not in ("crashed", "crashed-engine", "timeout"), report.error.message
        assert "\n" not in report.error.message
        assert "Traceback" not in report.error.message


def test_ordinary_documents_are_all_read(checked: list[Checked]) -> None:
    failed = [item.report.path for item in checked if item.report.error and "/hostile/" not in item.report.path]
    assert [Path(path).name for path in failed] == ["py-pdf__libreoffice-writer-password.pdf"]


def test_no_yes_rests_on_nothing_and_faults_have_places(checked: list[Checked]) -> None:
    for item in checked:
        for answer in item.report.answers:
            where = f"{item.report.path} {answer.name}"
            assert answer.answer != "yes" or answer.counted > 0, where
            assert (answer.answer == "no") == (answer.fault_count > 0 and answer.cause is None), where
            for fault in answer.faults:
                assert fault.message, where
                assert "?" not in fault.message.split("“")[0], f"{where}: {fault.message}"
                assert fault.fix, where


def test_the_record_follows_its_schema(checked: list[Checked]) -> None:
    reports: list[Report] = [item.report for item in checked]
    data: dict[str, Any] = json.loads(to_json(reports, rulebook.load()))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


def test_every_report_can_be_written(checked: list[Checked]) -> None:
    book = rulebook.load()
    for item in checked:
        html = to_html([item.report], book, {item.report.path: item.pictures})
        assert html.rstrip().endswith("</html>")
        text = to_text([item.report], book, verbose=True)
        assert all(char.isprintable() or char == "\n" for char in text)

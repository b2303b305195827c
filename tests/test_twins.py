"""The comparison of each DOCX with the PDF exported from it: what is compared, and what is no twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.twins import differences, documents, tracked
from clearprint.answers import Answer, Report, Yes
from tests.docx_kit import docx, p, save


def _report(*answers: tuple[str, Yes]) -> Report:
    return Report("x", answers=tuple(Answer(number, name, "?", answer, "") for number, (name, answer) in enumerate(answers, 1)))


def test_only_questions_that_both_settle_are_compared() -> None:
    mine = _report(("leading", "yes"), ("folds", "ask"), ("capitals", "na"), ("type-size", "no"))
    theirs = _report(("leading", "yes"), ("folds", "yes"), ("capitals", "ask"), ("type-size", "yes"))
    settled, different = differences(Path("x.docx"), mine, theirs)
    assert settled == 2
    assert [(item.name, item.docx.answer, item.pdf.answer) for item in different] == [("type-size", "no", "yes")]


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (p("text"), False),
        ('<w:p><w:ins w:id="1"><w:r><w:t>in</w:t></w:r></w:ins></w:p>', True),
        ("<w:p><w:insideH/></w:p>", False),
    ],
)
def test_documents_with_tracked_changes_are_no_twins(tmp_path: Path, body: str, changed: bool) -> None:
    assert tracked(save(tmp_path, docx(body))) is changed


def test_damaged_and_lock_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.docx", "~$a.docx", "damaged/b.docx", "deep/c.docx", "d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert [path.name for path in documents([tmp_path, tmp_path])] == ["a.docx", "c.docx"]

"""Contrast as painted: every kind of ink and ground, each page with a ratio known by arithmetic or by LittleCMS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.contrast.__main__ import PAGE, page, rows
from benchmarks.contrast.cases import cases
from benchmarks.contrast.measure import ASKED, clearprint, right, verdict
from benchmarks.contrast.page import Case
from clearprint.answers import Answer
from clearprint.formats import pdf_drawn
from clearprint.formats.pdf_ground import GUESS_ERROR
from clearprint.model import Job
from clearprint.readers.from_pdf import PdfSource
from clearprint.reports.to_json import _document
from clearprint.run import Options, check_document

CASES = {case.name: case for case in cases()}
WRONG = {"black on a panel of no ink": "the engine paints a Separation named None by its alternate"}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(reason=WRONG[name], strict=True)) if name in WRONG else case
        for name, case in CASES.items()
    ],
    ids=list(CASES),
)
def test_the_ratio_is_the_true_one(case: Case) -> None:
    measured = clearprint(case)
    assert right(case, measured), (case.ratio, measured)


def _answers(case: Case, folder: Path) -> dict[str, Answer]:
    path = folder / "case.pdf"
    path.write_bytes(case.document)
    report = check_document(path, Options()).report
    return {answer.name: answer for answer in report.answers}


@pytest.mark.parametrize(
    ("name", "contrast", "light"),
    [
        ("grey of 4.4 on paper", "no", "na"),
        ("grey of 4.6 on paper", "yes", "na"),
        ("white on navy", "yes", "yes"),
        ("white on paper", "no", "na"),
        ("white on the paler half of a gradient", "no", "no"),
        ("letters as a clip over white on navy", "yes", "yes"),
        ("white that overprints is not printed", "no", "na"),
    ],
)
def test_the_answers(tmp_path: Path, name: str, contrast: str, light: str) -> None:
    answers = _answers(CASES[name], tmp_path)
    assert answers["text-contrast"].answer == contrast
    assert answers["reversed-type"].answer in (light, "no" if light == "yes" else light)


def test_the_box_of_a_fault_lies_on_the_pale_half_of_a_gradient(tmp_path: Path) -> None:
    case = CASES["white on the paler half of a gradient"]
    fault = _answers(case, tmp_path)["text-contrast"].faults[0]
    assert fault.box is not None
    assert case.box is not None
    assert case.box[0] <= fault.box[0] < fault.box[2] <= case.box[1]
    assert fault.measured == pytest.approx(case.ratio, abs=case.room)


def test_every_kind_of_ground_is_among_the_cases() -> None:
    kinds = {case.kind for case in CASES.values()}
    asked = {
        "flat tint", "axial shading", "radial shading", "mesh shading", "tiling pattern", "photograph", "group", "blend mode",
        "soft mask", "form", "output intent", "spot colour", "DeviceN", "Lab", "ICCBased", "stroked text", "clipped text",
        "Type 3 text", "paper colour", "page colour", "overprint", "veil",
    }  # fmt: skip
    assert asked <= kinds
    assert {verdict(case.ratio) for case in CASES.values()} == {"fails", "passes"}
    assert all(abs(case.ratio - ASKED) > 0.05 for case in CASES.values())


@pytest.mark.parametrize("name", ["letters as a clip over grey", "black text through a soft mask", "white on navy"])
def test_words_keep_their_place_and_text_whatever_fills_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / "case.pdf"
    path.write_bytes(CASES[name].document)
    with PdfSource(path, Job()) as source:
        words = source.marks(0).words
    assert [word.text for word in words] == ["Hamburgefonstiv"]
    assert words[0].style.colour is not None
    assert words[0].style.opacity == 1.0


def test_the_page_in_the_docs_is_what_the_command_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(rows()), "run python -m benchmarks.contrast"


@pytest.fixture(params=["missing", "without effect"])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The engine's undocumented calls fail, or do nothing."""
    if request.param == "missing":
        monkeypatch.setattr(pdf_drawn, "mupdf", SimpleNamespace())
    else:
        monkeypatch.setattr(pdf_drawn, "_TEXT", ())
    pdf_drawn.self_test.cache_clear()
    yield
    monkeypatch.undo()
    pdf_drawn.self_test.cache_clear()


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "name",
    ["white on navy", "black on a dark tint", "white on an isolated group at 60 %", "white on Lab navy", "black on paper"],
)
def test_without_the_undocumented_calls_the_ground_is_guessed_and_the_report_says_so(tmp_path: Path, name: str) -> None:
    assert not pdf_drawn.self_test()
    case = CASES[name]
    measured = clearprint(case)
    assert measured.ratio == pytest.approx(case.ratio, abs=GUESS_ERROR)
    path = tmp_path / "case.pdf"
    path.write_bytes(case.document)
    report = check_document(path, Options()).report
    assert report.error is None
    assert any("guessed" in item.reason for item in report.not_looked_at) == (name != "black on paper")
    assert {answer.answer for answer in report.answers if answer.name == "text-contrast"} <= {"yes", "no"}


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "name", ["letters as a clip over grey", "black text through a soft mask", "yellow that overprints cyan"]
)
def test_without_them_odd_ink_is_asked_about_or_taken_at_its_word(name: str) -> None:
    measured = clearprint(CASES[name])
    assert measured.ratio is None or measured.ratio > 1


def test_the_calls_work_again() -> None:
    assert pdf_drawn.self_test()


def test_the_profile_that_colours_are_shown_by_is_named(tmp_path: Path) -> None:
    for name, by in (("cyan by the output intent on paper", "output-intent"), ("white on navy", "engine")):
        path = tmp_path / "case.pdf"
        path.write_bytes(CASES[name].document)
        report = check_document(path, Options()).report
        colours = _document(report, None)["colours"]
        assert colours["by"] == by
        assert (colours["profile"] == "Small press") == (by == "output-intent")
        assert any("Small press" in remark for remark in report.remarks) == (by == "output-intent")

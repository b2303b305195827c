"""Questions that rest on the print job: paper, page size, folds, binding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.geometry import Box
from clearprint.model import Extent, Job, Page, PageSize, Picture, Stroke
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import mm, of_pages, whole
from tests.handmade import TEXT, Document, flow, line, page, para

SHEET = (mm(297), mm(210))  # an A4 leaflet, opened


# --- paper ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "answer", "advice"),
    [("gloss", "no", 0), ("silk", "yes", 1), ("matt", "yes", 0), ("uncoated", "yes", 0), (None, "ask", 0)],
)
def test_paper(paper: str | None, answer: str, advice: int) -> None:
    found = judged("matt-paper", of_pages(2, job=Job(paper=paper)))
    assert (found.answer, len(found.advice)) == (answer, advice)
    assert found.cause == ("undeclared" if paper is None else None)
    assert found.settled == ("open" if paper is None else "declared")


def test_thin_paper_is_advice_when_both_sides_are_printed() -> None:
    thin = Job(paper="matt", paper_weight=80.0, both_sides=True)
    assert hints(judged("matt-paper", of_pages(2, job=thin))) == [("weight", 80.0)]
    assert judged("matt-paper", of_pages(2, job=replace(thin, both_sides=None))).advice == ()
    assert judged("matt-paper", of_pages(2, job=Job(paper_weight=120.0))).answer == "ask"


@pytest.mark.parametrize("name", ["matt-paper", "page-size", "folds", "lies-flat"])
def test_what_is_made_for_the_screen_has_no_paper(name: str) -> None:
    assert judged(name, of_pages(4, job=Job(kind="screen"))).answer == "na"


# --- page size ------------------------------------------------------------------------------------------------------------


def _sized(*sizes: tuple[float, float], **facts: Any) -> Document:
    made = tuple(PageSize(number, mm(width), mm(height)) for number, (width, height) in enumerate(sizes, 1))
    return of_pages(len(sizes), sizes=made, **facts)


@pytest.mark.parametrize(
    ("size", "answer", "advice"),
    [
        ((210, 297), "yes", 0),
        ((297, 210), "yes", 0),
        ((148, 210), "yes", 0),
        ((99, 210), "yes", 0),
        ((215.9, 279.4), "yes", 0),
        ((105, 148), "yes", 1),
        ((240, 340), "yes", 1),
        ((297, 420), "yes", 1),
        ((420, 594), "no", 0),
        ((100, 600), "no", 0),
    ],
)
def test_sizes(size: tuple[float, float], answer: str, advice: int) -> None:
    found = judged("page-size", _sized(size))
    assert (found.answer, len(found.advice)) == (answer, advice)


def test_a_large_sheet_that_folds_small_is_well() -> None:
    assert judged("page-size", _sized((420, 594))).answer == "no"
    assert judged("page-size", _sized((420, 594), job=Job(fold="french"))).answer == "yes"
    assert judged("page-size", _sized((420, 594), job=Job(kind="poster"))).answer == "na"


def test_pages_of_two_sizes_are_a_fault_named_once_a_size() -> None:
    found = judged("page-size", _sized(*[(210, 297)] * 4, (148, 210), (148, 210)))
    assert [(item.measure, item.pages) for item in found.faults] == [("difference", (5, 6))]


def test_turned_pages_and_trimming_are_no_difference() -> None:
    assert judged("page-size", _sized((210, 297), (297, 210), (209, 296), (211, 298))).advice == ()


def test_one_fold_out_is_advice_and_two_are_a_fault() -> None:
    one = judged("page-size", _sized(*[(210, 297)] * 4, (420, 297)))
    assert one.answer == "yes"
    assert {name for name, _ in hints(one)} == {"area", "difference"}
    assert judged("page-size", _sized(*[(210, 297)] * 4, (420, 297), (420, 297))).answer == "no"
    assert judged("page-size", _sized((210, 297), (148, 210))).answer == "no"


def test_blank_pages_and_nonsense() -> None:
    assert judged("page-size", _sized((210, 297), (500, 900), blanks=frozenset({2}))).answer == "yes"
    assert judged("page-size", _sized((float("nan"), 297))).cause == "unmeasured"


def test_letter_among_a4_is_no_fold_out() -> None:
    assert judged("page-size", _sized((215.9, 279.4), (215.9, 279.4), (210, 297))).answer == "no"


# --- folds ----------------------------------------------------------------------------------------------------------------


def _leaflet(*pieces: Any, fold: str | None = "tri", number: int = 1, **facts: Any) -> Document:
    made: Page = page(*pieces, size=SHEET, number=number, **facts)
    return whole(made, job=Job(fold=fold, fold_positions=facts.pop("positions", ())))


def _at(x: float) -> Any:
    """A line of 60 pt width, 30 mm down, its left edge so many millimetres from the left."""
    return line("Ten letter", 12, at=(mm(x), mm(30)))


@pytest.mark.parametrize(
    ("left", "answer", "advice"),
    [(95, "no", 0), (110, "yes", 0), (101.2, "yes", 1), (99.5, "no", 0), (102.5, "yes", 1), (105, "yes", 0)],
)
def test_text_on_a_fold_or_near_it(left: float, answer: str, advice: int) -> None:
    found = judged("folds", _leaflet(_at(left)))
    assert (found.answer, len(found.advice)) == (answer, advice)
    if answer == "no":
        assert found.faults[0].box is not None
        assert "99 mm" in found.faults[0].message


def test_only_the_lines_on_the_fold_are_boxed() -> None:
    piece = para(["A short one", "A line that is a good deal longer than the first of them"], 12, at=(mm(40), mm(30)))
    (fault,) = judged("folds", _leaflet(piece)).faults
    assert fault.box is not None
    assert fault.box[1] > mm(30) + 12
    assert "across" in fault.message


def test_folds_of_the_file_itself_need_no_declaration() -> None:
    lines = (Box(mm(99), 0, mm(99), SHEET[1]),)
    made = page(_at(95), size=SHEET, fold_lines=lines)
    assert judged("folds", whole(made, fold_lines=((1, lines[0]),))).answer == "no"
    clear = page(_at(20), size=SHEET, fold_lines=lines)
    assert judged("folds", whole(clear, fold_lines=((1, lines[0]),))).answer == "yes"


def test_declared_positions_are_mirrored_on_the_back() -> None:
    job = Job(fold_positions=(mm(97), mm(197)))
    front = page(_at(94), size=SHEET)
    assert judged("folds", whole(front, job=job)).answer == "no"
    back = page(_at(98.5 + 3.5), size=SHEET, number=2)
    assert judged("folds", whole(back, job=job)).answer == "yes"
    assert judged("folds", whole(page(_at(97.5), size=SHEET, number=2), job=job)).answer == "no"


def test_a_letter_is_folded_across_its_height() -> None:
    job = Job(fold="tri")
    on_it = page(line("Dear Sir or Madam", 12, at=(72, mm(99) - 5)))
    found = judged("folds", whole(on_it, job=job))
    assert found.answer == "no"
    assert "from the top edge" in found.faults[0].message
    assert judged("folds", whole(page(line("Dear Sir", 12, at=(72, mm(60)))), job=job)).answer == "yes"


def test_tables_and_labelled_pictures_are_faults_and_others_advice() -> None:
    cells = [line("Cell", at=(mm(x), mm(30)), in_table=True) for x in (80, 110)]
    rule = Stroke(Box(mm(78), mm(29), mm(130), mm(29)), 1.0, True)
    assert faults(judged("folds", _leaflet(*cells, strokes=(rule,)))) == [("table", 0.0)]
    assert judged("folds", _leaflet(*cells)).answer == "yes"
    photo = Picture(Box(mm(80), mm(50), mm(130), mm(90)), page=1)
    found = judged("folds", _leaflet(line("Text", at=(72, 72)), pictures=(photo,)))
    assert (found.answer, hints(found)) == ("yes", [("picture", 0.0)])
    label = line("Hall", at=(mm(85), mm(60)), in_picture=True)
    assert ("picture", 0.0) in faults(judged("folds", _leaflet(label, pictures=(photo,))))
    ground = replace(photo, use="ground")
    assert judged("folds", _leaflet(line("Text", at=(72, 72)), pictures=(ground,))).advice == ()


def test_declared_unfolded_is_well_even_without_a_layout() -> None:
    assert judged("folds", _leaflet(_at(95), fold="none")).answer == "yes"
    assert judged("folds", whole(flow(TEXT), job=Job(fold="none"))).answer == "yes"


def test_what_cannot_be_known_is_asked() -> None:
    assert judged("folds", _leaflet(_at(95), fold=None)).cause == "undeclared"
    assert judged("folds", _leaflet(_at(95), fold="map")).cause == "undeclared"
    assert judged("folds", whole(flow(TEXT), job=Job(fold="tri"))).cause == "estimate"
    assert judged("folds", _leaflet(fold="tri", state="scan")).cause == "unreadable"


def test_pages_that_are_panels_are_folded_at_their_edges() -> None:
    panel = page(para(TEXT, chars=20, at=(20, 40)), size=(mm(99), mm(210)))
    assert judged("folds", whole(panel, job=Job(fold="tri"))).answer == "yes"
    booklet = page(para(TEXT, at=(72, mm(140))))
    assert judged("folds", whole(booklet, job=Job(fold="half"))).answer == "no"
    assert judged("folds", whole(booklet, job=Job(fold="half", binding="saddle"))).answer == "yes"


# --- binding --------------------------------------------------------------------------------------------------------------


def _bound(binding: str | None, pages: int = 40, inner: float = 15, **facts: Any) -> Document:
    odd_left = [(page, mm(inner if page % 2 else 40), mm(40 if page % 2 else inner)) for page in range(1, pages + 1)]
    return of_pages(pages, job=Job(binding=binding), inner_margins=tuple(odd_left), **facts)


@pytest.mark.parametrize("binding", ["wire", "spiral", "comb", "ring", "staple", "saddle", "none"])
def test_bindings_that_lie_flat(binding: str) -> None:
    assert judged("lies-flat", _bound(binding, 16)).answer == "yes"


def test_saddle_stitch_over_32_pages_is_advice() -> None:
    assert hints(judged("lies-flat", _bound("saddle", 48))) == [("binding", "saddle")]
    assert judged("lies-flat", _bound("saddle", 32)).advice == ()


@pytest.mark.parametrize(("binding", "advice"), [("perfect", 1), ("case", 0), ("tape", 0)])
def test_stiff_bindings_need_wide_inner_margins(binding: str, advice: int) -> None:
    narrow = judged("lies-flat", _bound(binding, 40, inner=12))
    assert narrow.answer == "no"
    assert narrow.fault_count == 40
    assert "12.0 mm" in narrow.faults[0].message
    wide = judged("lies-flat", _bound(binding, 40, inner=28))
    assert (wide.answer, len(wide.advice)) == ("yes", advice)


def test_covers_and_picture_pages_have_no_inner_margin() -> None:
    states = tuple((page, "picture" if page == 3 else "live") for page in range(1, 5))
    made = _bound("perfect", 4, inner=30, covers=frozenset({1}), states=states)
    margins = tuple(
        (page, 0.0, 0.0) if page in (1, 3) else (page, left, right) for page, left, right in made.survey.inner_margins
    )
    assert judged("lies-flat", replace(made, survey=replace(made.survey, inner_margins=margins))).answer == "yes"


def test_a_book_read_leftwards_is_bound_on_the_other_side() -> None:
    assert judged("lies-flat", _bound("case", 20, inner=12, language="ar")).answer == "yes"


def test_undeclared_binding() -> None:
    assert judged("lies-flat", of_pages(2)).answer == "yes"
    assert judged("lies-flat", of_pages(3)).cause == "undeclared"
    assert judged("lies-flat", of_pages(0, laid_out=False)).cause == "undeclared"
    assert judged("lies-flat", of_pages(0, laid_out=False, job=Job(binding="perfect"))).cause == "estimate"
    sheet = of_pages(0, laid_out=False, extent=Extent(1, 1, 2))
    assert judged("lies-flat", sheet).answer == "yes"
    assert judged("lies-flat", of_pages(0, laid_out=False, extent=Extent(1, 2, 3))).cause == "undeclared"
    assert judged("lies-flat", of_pages(0, laid_out=False, job=Job(binding="wire"))).answer == "yes"

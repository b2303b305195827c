"""A leaflet of three panels, declared in each way there is: text on its fold is named with its box, text clear of it passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clearprint.answers import Answer, Report
from clearprint.declaration import parse
from clearprint.run import Asked, Options, Planner, check_document
from clearprint.settings import Finder
from clearprint.units import from_mm
from tests.pages_kit import lines, plain_pdf
from tests.test_pdf_folds import OFF, STEP, upright

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
SIZE = (from_mm(297), from_mm(210))
JDF = """<JDF xmlns="http://www.CIP4.org/JDFSchema_1_1" Type="Product" ID="1" Status="Waiting" Version="1.4"><ResourcePool>
<FoldingIntent ID="F" Class="Intent" Status="Available"><FoldingCatalog DataType="StringSpan" Actual="F6-4"/></FoldingIntent>
</ResourcePool></JDF>"""
XJDF = """<XJDF xmlns="http://www.CIP4.org/JDFSchema_2_0" JobID="1"><ProductList><Product IsRoot="true">
<Intent Name="FoldingIntent"><FoldingIntent FoldCatalog="F6-4"/></Intent></Product></ProductList></XJDF>"""


def sheet(x: float, folds: str = "", step: str = "") -> bytes:
    """A line of text that begins so many mm from the left, three panels wide."""
    content = lines("Ring us before you come", x=from_mm(x), y=400)
    if not step:
        return plain_pdf([content], size=SIZE)
    return plain_pdf(
        [f"{content} /OC /L BDC {folds} EMC"],
        size=SIZE,
        resources="/Properties << /L 3 0 R >>",
        objects=[f"<< /Type /OCG /Name (Structural) {step} >>"],
        catalog="/OCProperties << /OCGs [3 0 R] /D << /ON [3 0 R] >> >>",
    )


def checked(path: Path, *declare: str, ticket: Path | None = None) -> Report:
    planner = Planner(Finder(search=False), Asked(declared=parse(declare), ticket=ticket), day="2026-11-22")
    (task,) = planner.tasks([path])
    return check_document(path, Options(task.settings, task.job, task.known, planner.day)).report


def by_declaration(folder: Path, x: float) -> Answer:
    path = folder / "leaflet.pdf"
    path.write_bytes(sheet(x))
    return checked(path, "fold=tri").answer("folds")


def by_sidecar(folder: Path, x: float) -> Answer:
    path = folder / "leaflet.pdf"
    path.write_bytes(sheet(x))
    path.with_name("leaflet.clearprint.toml").write_text('[declare]\nfold = "tri"\n')
    return checked(path).answer("folds")


def by_ticket_beside_it(folder: Path, x: float) -> Answer:
    path = folder / "leaflet.pdf"
    path.write_bytes(sheet(x))
    path.with_suffix(".jdf").write_text(JDF)
    return checked(path).answer("folds")


def by_ticket_given(folder: Path, x: float) -> Answer:
    path = folder / "leaflet.pdf"
    path.write_bytes(sheet(x))
    order = folder / "order 4711.xml"
    order.write_text(XJDF)
    return checked(path, ticket=order).answer("folds")


def by_processing_steps(folder: Path, x: float) -> Answer:
    path = folder / "leaflet.pdf"
    path.write_bytes(sheet(x, upright(99, 198), STEP.format("Folding") + OFF))
    return checked(path).answer("folds")


WAYS = [by_declaration, by_sidecar, by_ticket_beside_it, by_ticket_given, by_processing_steps]


@pytest.mark.parametrize("way", WAYS)
def test_text_on_the_fold_is_named_with_its_box_and_clear_of_it_passes(
    tmp_path: Path, way: Callable[[Path, float], Answer]
) -> None:
    across = way(tmp_path, 80)
    assert across.answer == "no"
    (fault,) = across.faults
    assert fault.excerpt == "Ring us before you come"
    assert "99 mm from the left edge" in fault.message
    assert fault.box is not None
    assert fault.box[0] < from_mm(99) < fault.box[2]
    clear = way(tmp_path, 99 + 5.5)
    assert (clear.answer, clear.fault_count, clear.advice_count) == ("yes", 0, 0)
    assert clear.settled == ("measured" if way is by_processing_steps else "declared")


def test_the_samples_by_declaration() -> None:
    good, bad = (checked(SAMPLES / f"trifold-{name}.pdf", "fold=tri") for name in ("good", "bad"))
    assert good.answer("folds").answer == "yes"
    faults = bad.answer("folds").faults
    assert bad.answer("folds").answer == "no"
    assert any(fault.measure == "table" for fault in faults)
    assert any(fault.measure == "text" and fault.box is not None for fault in faults)


def test_what_contradicts_is_reported_and_the_stronger_wins(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(sheet(120, upright(99, 198), STEP.format("Folding")))
    report = checked(path, "fold=half")
    assert report.answer("folds").answer == "no"
    assert "14" in report.answer("folds").faults[0].message  # 148.5 mm
    (found,) = report.contradictions
    assert (found.used.value, found.other.value, found.other.where) == ("half", "99,198", "the file itself, page 1")
    assert checked(path, "fold=none").answer("folds").answer == "yes"


def test_each_panel_is_judged_on_its_own(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    rows = ("This is a line of some thirty letters", "and goes on in the second row of it", "until it comes to its end here.")
    near = lines(*rows, x=from_mm(4), size=12, y=400) + lines(*rows, x=from_mm(102), size=12, y=400)
    path.write_bytes(plain_pdf([near], size=SIZE))
    flat, folded = checked(path, "fold=none"), checked(path, "fold=tri")
    assert [item.measure for item in flat.answer("page-layout").advice].count("margin") == 1
    told = [item.message for item in folded.answer("page-layout").advice if item.measure == "margin"]
    assert any("left margin of panel 1" in message for message in told)
    assert any("panel 2" in message and "fold at its left" in message for message in told)


# --- paper and binding ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declare", "answer", "advice"),
    [("glossy", "no", 0), ("silk", "yes", 1), ("matt", "yes", 0), ("uncoated", "yes", 0), (None, "ask", 0)],
)
def test_papers(tmp_path: Path, declare: str | None, answer: str, advice: int) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(sheet(20))
    found = checked(path, *([f"paper={declare}"] if declare else [])).answer("matt-paper")
    assert (found.answer, found.advice_count) == (answer, advice)
    assert found.settled == ("declared" if declare else "open")


def _book(count: int, inner: float) -> bytes:
    """Pages with so many mm of white at the spine: left of odd pages, right of even ones."""
    width = from_mm(148)
    pages = []
    for number in range(1, count + 1):
        row = "Text in the page of a book"
        measured = 14 * 0.5 * len(row) * 0.95
        x = from_mm(inner) if number % 2 else width - from_mm(inner) - measured
        pages.append(lines(row, "and a second row", x=x, y=400))
    return plain_pdf(pages, size=(width, from_mm(210)))


@pytest.mark.parametrize(("count", "advice"), [(16, 0), (48, 1)])
def test_saddle_stitch(tmp_path: Path, count: int, advice: int) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(_book(count, 20))
    found = checked(path, "binding=saddle").answer("lies-flat")
    assert (found.answer, found.advice_count) == ("yes", advice)


@pytest.mark.parametrize(("inner", "answer"), [(12, "no"), (28, "yes")])
def test_perfect_binding_is_measured_on_both_sides_of_a_spread(tmp_path: Path, inner: float, answer: str) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(_book(8, inner))
    found = checked(path, "binding=perfect").answer("lies-flat")
    assert found.answer == answer
    if answer == "no":
        sides = {side for fault in found.faults for name, side in fault.facts if name == "side"}
        assert sides == {"left", "right"}


def test_what_a_sidecar_says_is_weaker_than_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(sheet(20))
    path.with_name("leaflet.clearprint.toml").write_text('[declare]\npaper = "gloss"\n')
    assert checked(path).answer("matt-paper").answer == "no"
    assert checked(path, "paper=matt").answer("matt-paper").answer == "yes"
    assert replace(checked(path), path="").contradictions == ()

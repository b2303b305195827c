"""Folds that a PDF itself names: processing steps, layers, separations; and what is no fold."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearprint.formats.pdf_folds import folds_of_lines
from clearprint.formats.pdf_layers import FOLD_NAME
from clearprint.model import Job, Marks
from clearprint.readers import open_source
from clearprint.readers.from_pdf import PdfSource
from clearprint.units import from_mm, to_mm
from tests.pages_kit import lines, plain_pdf

SHEET = (from_mm(297), from_mm(210))
STEP = "/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /{} >>"
OFF = "/Usage << /Print << /PrintState /OFF >> /View << /ViewState /ON >> >>"


def layer(name: str, content: str, facts: str = "", size: tuple[float, float] = SHEET) -> bytes:
    """A sheet with a layer of that name, in which `content` stands."""
    return plain_pdf(
        [lines("Some text on the sheet", y=400) + f" /OC /L BDC {content} EMC"],
        size=size,
        resources="/Properties << /L 3 0 R >>",
        objects=[f"<< /Type /OCG /Name ({name}) {facts} >>"],
        catalog="/OCProperties << /OCGs [3 0 R] /D << /ON [3 0 R] >> >>",
    )


def spot(name: str, content: str) -> bytes:
    """A sheet with content in a separation of that name."""
    space = f"[/Separation /{name} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] /N 1 >>]"
    return plain_pdf(
        [lines("Some text on the sheet", y=400) + f" q /S CS 1 SCN 0.5 w {content} Q 50 100 m 200 100 l S"],
        size=SHEET,
        resources=f"/ColorSpace << /S {space} >>",
    )


def upright(*places: float) -> str:
    """Lines from edge to edge, so many mm from the left."""
    return " ".join(f"{from_mm(x)} 0 m {from_mm(x)} {SHEET[1]} l S" for x in places)


def read(folder: Path, data: bytes) -> Marks:
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    with open_source(path, Job()) as source:
        assert isinstance(source, PdfSource)
        return source.marks(0)


def folds(marks: Marks) -> list[tuple[str, int]]:
    return [("x", round(to_mm(box.x0))) if box.width == 0 else ("y", round(to_mm(box.y0))) for box in marks.fold_lines]


@pytest.mark.parametrize("step", ["Folding", "Creasing"])
@pytest.mark.parametrize("usage", ["", OFF])
def test_processing_steps_are_folds_and_no_ink(tmp_path: Path, step: str, usage: str) -> None:
    marks = read(tmp_path, layer("Structural 1", upright(99, 198), f"{STEP.format(step)} {usage}"))
    assert folds(marks) == [("x", 99), ("x", 198)]
    assert all(box.y0 == 0 and box.height == pytest.approx(SHEET[1]) for box in marks.fold_lines)
    assert marks.strokes == ()


def test_other_processing_steps_are_none(tmp_path: Path) -> None:
    assert folds(read(tmp_path, layer("Structural 1", upright(99), STEP.format("Cutting")))) == []


@pytest.mark.parametrize("name", ["Fold", "Falz", "Pli", "Crease", "FOLD_1", "Folding lines"])
@pytest.mark.parametrize("usage", ["", OFF])
def test_layers_named_for_folds(tmp_path: Path, name: str, usage: str) -> None:
    marks = read(tmp_path, layer(name, upright(99, 198), usage))
    assert (folds(marks), marks.strokes) == ([("x", 99), ("x", 198)], ())


@pytest.mark.parametrize("name", ["Fold", "Falz", "Pli", "Crease", "fold-lines"])
def test_separations_named_for_folds(tmp_path: Path, name: str) -> None:
    marks = read(tmp_path, spot(name, upright(97, 197)))
    assert folds(marks) == [("x", 97), ("x", 197)]
    assert [round(stroke.box.width) for stroke in marks.strokes] == [150]  # the printed line stays


@pytest.mark.parametrize("name", ["PANTONE#20185#20C", "Folder", "Manifold", "Unfolded", "Plinth", "Scaffold"])
def test_other_names_are_no_folds(tmp_path: Path, name: str) -> None:
    assert FOLD_NAME.search(name) is None
    assert folds(read(tmp_path, spot(name, upright(97)))) == []
    assert len(read(tmp_path, spot(name, upright(97))).strokes) == 2


def test_a_separation_inside_a_form(tmp_path: Path) -> None:
    space = "[/Separation /Fold /DeviceGray << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>]"
    content = f"/S CS 1 SCN {upright(148)}"
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 {SHEET[0]} {SHEET[1]}] /Resources << /ColorSpace << /S {space} >> >> "
        f"/Length {len(content)} >>\nstream\n{content}\nendstream"
    )
    data = plain_pdf([lines("Text") + " /Fm Do"], size=SHEET, resources="/XObject << /Fm 3 0 R >>", objects=[form])
    assert folds(read(tmp_path, data)) == [("x", 148)]


def test_dashes_ticks_and_thin_bars_are_whole_folds(tmp_path: Path) -> None:
    dashes = " ".join(f"{from_mm(60)} {y} m {from_mm(60)} {y + 10} l S" for y in range(20, 500, 20))
    tick = f"{from_mm(120)} {SHEET[1]} m {from_mm(120)} {SHEET[1] - 14} l S"
    bar = f"{from_mm(180)} 0 0.5 {SHEET[1]} re f"
    middle = f"{from_mm(240)} 200 m {from_mm(240)} 205 l S"
    marks = read(tmp_path, layer("Fold", f"{dashes} {tick} {bar} {middle}"))
    assert folds(marks) == [("x", 60), ("x", 120), ("x", 180)]
    assert all(box.height == pytest.approx(SHEET[1]) for box in marks.fold_lines)


def test_lines_at_the_edge_of_the_sheet_and_slanting_ones_are_none() -> None:
    width, height = SHEET
    assert folds_of_lines([(True, 0.5, 0, height), (True, width, 0, height)], width, height) == []
    short = folds_of_lines([(False, 300.0, 100.0, 200.0)], width, height)
    assert [(box.x0, box.x1) for box in short] == [(100.0, 200.0)]


def test_a_turned_page_and_a_print_scale(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(layer("Fold", upright(99)).replace(b"/Type /Page ", b"/Type /Page /Rotate 90 "))
    with open_source(path, Job(scale=0.5)) as source:
        assert isinstance(source, PdfSource)
        assert folds(source.marks(0)) in ([("y", 50)], [("y", 49)])

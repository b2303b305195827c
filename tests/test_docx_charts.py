"""Words of charts and SmartArt: which are printed, how large, in which ink and on what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearprint.colour import to_hex
from clearprint.model import Block, Job, Page
from clearprint.readers.from_docx import DocxSource
from tests.docx_kit import docx, p, save

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"'
)


def type_(size: float = 0, more: str = "", fill: str = "", rot: str = "") -> str:
    sized = f' sz="{round(100 * size)}"' if size else ""
    ink = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
    turned = f' rot="{rot}"' if rot else ""
    return f"<c:txPr><a:bodyPr{turned}/><a:p><a:pPr><a:defRPr{sized}{more}>{ink}</a:defRPr></a:pPr></a:p></c:txPr>"


def points(*values: Any) -> str:
    inside = "".join(f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values))
    return f"<c:strRef><c:strCache>{inside}</c:strCache></c:strRef>"


def series(name: str, *values: float, more: str = "") -> str:
    numbers = points(*values).replace("str", "num")
    return f"<c:ser><c:tx>{points(name)}</c:tx>{more}<c:cat>{points('North', 'South')}</c:cat><c:val>{numbers}</c:val></c:ser>"


def chart(plot: str, more: str = "", after: str = "") -> str:
    return f"<c:chartSpace {SPACES}><c:chart>{more}<c:plotArea>{plot}</c:plotArea></c:chart>{after}</c:chartSpace>"


def frame(target: str, kind: str = "chart") -> str:
    held = f'<c:chart r:id="{target}"/>' if kind == "chart" else f'<dgm:relIds r:dm="{target}"/>'
    held = held.replace("<c:chart ", f"<c:chart {SPACES} ").replace("<dgm:relIds ", f"<dgm:relIds {SPACES} ")
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{300 * 12700}" cy="{200 * 12700}"/><wp:docPr id="1" name="Visits"/>'
        f"<a:graphic><a:graphicData>{held}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def read(tmp_path: Path, body: str, parts: dict[str, Any]) -> Page:
    with DocxSource(save(tmp_path, docx(p("Before") + body, parts=parts)), Job()) as source:
        return source.page(0)


def drawn(page: Page) -> list[Block]:
    return [block for block in page.blocks if block.hint == "label"]


def words(tmp_path: Path, xml: str) -> dict[str, Block]:
    return {block.text: block for block in drawn(read(tmp_path, frame("rC"), {"rC": ("chart", xml)}))}


def test_titles_categories_scales_and_names_with_the_size_they_are_set_in(tmp_path: Path) -> None:
    rich = '<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr sz="1600" b="1"/><a:t>Visits a month</a:t></a:r></a:p></c:rich></c:tx>'
    axes = (
        f'<c:catAx><c:delete val="0"/>{type_(9)}</c:catAx>'
        f'<c:valAx><c:delete val="0"/><c:title><c:tx><c:rich><a:bodyPr rot="-5400000"/><a:p><a:r><a:t>People</a:t></a:r></a:p>'
        f'</c:rich></c:tx></c:title><c:numFmt formatCode="General"/>{type_(8, fill="767676")}</c:valAx>'
    )
    plot = f"<c:barChart>{series('2024', 30, 50)}{series('2025', 20, 70)}</c:barChart>{axes}"
    found = words(
        tmp_path,
        chart(plot, f"<c:title>{rich}</c:title>", type_(10)).replace(
            "</c:plotArea>", f"</c:plotArea><c:legend>{type_(11)}</c:legend>"
        ),
    )
    sizes = {text: block.size for text, block in found.items()}
    assert sizes == {
        "Visits a month": 16, "North": 9, "South": 9, "People": 10, "0": 8, "70": 8, "2024": 11, "2025": 11,
    }  # fmt: skip
    assert found["Visits a month"].style.weight == 700
    assert found["People"].angle == 90
    assert to_hex(found["70"].style.colour or (1, 1, 1)) == "#767676"
    assert all(block.in_picture and (block.path or "").endswith("in ‘Visits’") for block in found.values())


@pytest.mark.parametrize(
    ("axis", "wanted"),
    [
        ('<c:valAx><c:delete val="1"/></c:valAx>', []),
        ('<c:valAx><c:tickLblPos val="none"/></c:valAx>', []),
        (
            '<c:valAx><c:scaling><c:max val="1"/><c:min val="-0.5"/></c:scaling><c:numFmt formatCode="0%"/></c:valAx>',
            ["-50%", "100%"],
        ),
        ("<c:valAx/>", ["0", "0.6"]),
        ("<c:dateAx/>", ["North", "South"]),
    ],
)
def test_axes_that_show_nothing_have_no_words(tmp_path: Path, axis: str, wanted: list[str]) -> None:
    assert list(words(tmp_path, chart(f"<c:lineChart>{series('A', 0.2, 0.6)}</c:lineChart>{axis}"))) == wanted


def test_labels_of_points_stand_on_their_bars_unless_they_stand_outside(tmp_path: Path) -> None:
    fill = '<c:spPr><a:solidFill><a:srgbClr val="003366"/></a:solidFill></c:spPr>'

    def marks(place: str) -> str:
        return f'<c:dLbls>{type_(9, fill="FFFFFF")}<c:dLblPos val="{place}"/><c:showVal val="1"/></c:dLbls>'

    inside = words(tmp_path, chart(f"<c:barChart>{series('A', 4, 5, more=fill + marks('ctr'))}</c:barChart>"))
    assert [(text, to_hex(block.spans[0].ground.colour)) for text, block in inside.items() if block.spans[0].ground] == [
        ("4", "#003366"), ("5", "#003366")
    ]  # fmt: skip
    outside = words(tmp_path, chart(f"<c:barChart>{series('A', 4, more=fill + marks('outEnd'))}</c:barChart>"))
    ground = outside["4"].spans[0].ground
    assert ground is not None
    assert to_hex(ground.colour) == "#ffffff"
    own = words(tmp_path, chart(f"<c:barChart>{series('A', 4, more=marks('ctr'))}</c:barChart>"))
    assert own["4"].spans[0].ground is None  # the program chooses the bar's colour


def test_a_title_left_to_the_program_is_the_name_of_the_only_series(tmp_path: Path) -> None:
    assert list(words(tmp_path, chart(f"<c:pieChart>{series('Ways', 1, 2)}</c:pieChart>", "<c:title/>"))) == ["Ways"]
    two = chart(f"<c:barChart>{series('A', 1)}{series('B', 2)}</c:barChart>", "<c:title/>")
    assert words(tmp_path, two) == {}


def test_diagrams_are_read_as_last_drawn(tmp_path: Path) -> None:
    data = f'<dgm:dataModel {SPACES}><dgm:extLst><a:ext><dsp:dataModelExt relId="rDrawn"/></a:ext></dgm:extLst></dgm:dataModel>'
    shape = (
        '<dsp:sp><dsp:spPr><a:xfrm rot="5400000"/><a:solidFill><a:srgbClr val="002200"/></a:solidFill></dsp:spPr>'
        '<dsp:style><a:fontRef idx="minor"><a:srgbClr val="FFFFFF"/></a:fontRef></dsp:style>'
        '<dsp:txBody><a:bodyPr><a:normAutofit fontScale="50000"/></a:bodyPr><a:p><a:r><a:rPr sz="2000"/><a:t>Ask </a:t></a:r>'
        '<a:r><a:rPr sz="2000"/><a:t>us</a:t></a:r></a:p></dsp:txBody></dsp:sp>'
    )
    parts: dict[str, Any] = {
        "rData": ("diagramData", data),
        "rDrawn": ("diagramDrawing", f"<dsp:drawing {SPACES}><dsp:spTree>{shape}</dsp:spTree></dsp:drawing>"),
    }
    page = read(tmp_path, frame("rData", "diagram"), parts)
    (only,) = drawn(page)
    ground = only.spans[0].ground
    assert (only.text, only.size, only.angle, to_hex(only.style.colour or (0, 0, 0))) == ("Ask us", 10, -90, "#ffffff")
    assert ground is not None
    assert to_hex(ground.colour) == "#002200"
    assert page.not_looked_at == ()
    del parts["rDrawn"]
    assert read(tmp_path, frame("rData", "diagram"), parts).not_looked_at[0].reason.startswith("Words inside a chart")

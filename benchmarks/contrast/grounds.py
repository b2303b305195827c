"""Text on paper, tints, gradients, patterns and photographs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.contrast.page import (
    AREA,
    AXIAL,
    BASE,
    END,
    GREYS,
    IMAGE,
    LEFT,
    NAVY,
    SHADED,
    SPREAD,
    TILED,
    UNEVEN,
    WIDTH,
    Case,
    case,
    coded,
    grey,
    on,
    photo,
    tenth,
    text,
    tile,
)
from clearprint.colour import BLACK, WHITE, from_hex
from tests.raw_pdf import stream


def flat() -> Iterator[Case]:
    yield case("black on paper", "paper", text(), BLACK, WHITE)
    for level, name in ((120, "grey of 4.4 on paper"), (117, "grey of 4.6 on paper")):
        part = level / 255
        yield case(name, "paper", text(f"{part:.4f} g"), grey(part), WHITE)
    yield case("white on paper", "paper", text("1 g"), WHITE, WHITE)
    yield case("white on navy", "flat tint", on("0 0 .5 rg", "1 g"), WHITE, NAVY)
    yield case("pale yellow on a grey tint", "flat tint", on(".5 g", "1 1 .7 rg"), (1, 1, 0.7), grey(0.5))
    yield case("black on a dark tint", "flat tint", on(".35 g"), BLACK, grey(0.35))
    yield case("black on a pale tint", "flat tint", on(".9 .95 1 rg"), BLACK, (0.9, 0.95, 1))
    tight = f"0 0 .5 rg {LEFT - 4} {BASE - 6} {WIDTH + 10} 30 re f\n"
    yield case("white on a tight panel", "flat tint", tight + text("1 g"), WHITE, NAVY)
    small = f"0 0 .5 rg {LEFT - 4} {BASE - 6} {WIDTH + 10} 30 re f\n"
    yield case("white of 7 pt on a panel", "flat tint", small + text("1 g", size=7), WHITE, NAVY)
    half = f"0 0 .5 rg 0 0 {LEFT + WIDTH / 2} 300 re f\n"
    yield case(
        "white, half of it on paper",
        "flat tint",
        half + text("1 g"),
        WHITE,
        WHITE,
        box=(LEFT + WIDTH / 2 - 8, LEFT + WIDTH + 2),
    )
    thick = f"0 0 .5 RG 40 w {LEFT - 5} {BASE + 8} m {LEFT + WIDTH + 5} {BASE + 8} l S\n"
    yield case("white on a thick line", "flat tint", thick + text("1 g"), WHITE, NAVY)


def gradients() -> Iterator[Case]:
    end = LEFT + WIDTH
    pale, dark = tenth(LEFT / END, end / END), LEFT / END + 0.05 * WIDTH / END
    yield case(
        "white on the paler half of a gradient",
        "axial shading",
        "/G sh " + text("1 g"),
        WHITE,
        grey(pale),
        resources=AXIAL,
        room=UNEVEN,
        box=(LEFT + WIDTH / 2, end + 1),
    )
    yield case(
        "black on the darker half of a gradient",
        "axial shading",
        "/G sh " + text("0 g"),
        BLACK,
        grey(dark),
        resources=AXIAL,
        room=UNEVEN,
        box=(LEFT - 1, LEFT + WIDTH / 2),
    )
    blue = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 .3] /C1 [0 .4 .6] /N 1 >>"
    deep = AXIAL.replace("DeviceGray", "DeviceRGB").replace(GREYS, blue)
    share = tenth(LEFT / END, end / END)
    yield case(
        "white on a dark gradient",
        "axial shading",
        "/G sh " + text("1 g"),
        WHITE,
        (0, 0.4 * share, 0.3 + 0.3 * share),
        resources=deep,
        room=UNEVEN,
    )
    stitched = (
        "<< /FunctionType 3 /Domain [0 1] /Bounds [.5] /Encode [0 1 0 1] /Functions [<< /FunctionType 2 /Domain [0 1] /C0 [0]"
        " /C1 [0] /N 1 >> << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >>] >>"
    )
    middle = LEFT + WIDTH / 2
    yield case(
        "white, half of it past a hard stop",
        "axial shading",
        "/G sh " + text("1 g"),
        WHITE,
        WHITE,
        resources=AXIAL.replace(GREYS, stitched).replace(f"0 0 {END} 0", f"0 0 {2 * middle} 0"),
        box=(middle - 6, end + 1),
        room=UNEVEN,
    )
    centre, reach = f"{LEFT} {BASE + 6}", 250.0
    radial = (
        f"/Shading << /G << /ShadingType 3 /ColorSpace /DeviceGray /Coords [{centre} 0 {centre} {reach}]"
        f" /Extend [true true] /Function {GREYS} >> >>"
    )
    yield case(
        "white towards the pale rim of a glow",
        "radial shading",
        "/G sh " + text("1 g"),
        WHITE,
        grey(0.95 * WIDTH / reach),
        resources=radial,
        room=UNEVEN,
        box=(LEFT + WIDTH / 2, end + 1),
    )
    program = f"{{ pop {END} div }}"
    function = "/Shading << /G << /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 400 0 300] /Function 6 0 R >> >>"
    yield case(
        "white on a function of place",
        "function shading",
        "/G sh " + text("1 g"),
        WHITE,
        grey(pale),
        resources=function,
        objects=[stream(program, "/FunctionType 4 /Domain [0 400 0 300] /Range [0 1]")],
        room=UNEVEN,
    )
    corners = ((0, 0, 0), (0, 255, 0), (255, 0, 255), (255, 255, 255))
    mesh = b"".join(bytes((flag, x, y, level)) for flag, (x, y, level) in _triangles(corners))
    bits = "/BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8"
    entries = f"/ShadingType 4 /ColorSpace /DeviceGray {bits} /Decode [0 {END} 0 300 0 1]"
    yield case(
        "white on a mesh",
        "mesh shading",
        "/G sh " + text("1 g"),
        WHITE,
        grey(pale),
        resources="/Shading << /G 6 0 R >>",
        objects=[coded(mesh, entries)],
        room=UNEVEN,
    )


def _triangles(corners: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, tuple[int, int, int]]]:
    for first in (0, 1):
        for at in range(first, first + 3):
            yield 0, corners[at]


def patterns() -> Iterator[Case]:
    fill = "/Pattern cs /P scn " + AREA
    yield case(
        "white on a tiling of one colour",
        "tiling pattern",
        fill + text("1 g"),
        WHITE,
        NAVY,
        resources=TILED,
        objects=[tile("0 0 .5 rg 0 0 8 8 re f")],
    )
    yield case(
        "white on stripes of navy and paper",
        "tiling pattern",
        fill + text("1 g"),
        WHITE,
        WHITE,
        resources=TILED,
        objects=[tile("0 0 .5 rg 0 0 8 16 re f", 16)],
        room=UNEVEN,
    )
    yield case(
        "white on a tiling coloured where it is used",
        "tiling pattern",
        on("/U cs 0 .3 0 /P scn", "1 g"),
        WHITE,
        (0, 0.3, 0),
        resources=TILED,
        objects=[tile("0 0 8 8 re f", kind=2)],
    )
    yield case(
        "white on a shading as a pattern",
        "shading pattern",
        fill + text("1 g"),
        WHITE,
        grey(tenth(LEFT / END, (LEFT + WIDTH) / END)),
        resources=SHADED,
        room=UNEVEN,
        box=(LEFT + WIDTH / 2, LEFT + WIDTH + 1),
    )


def photographs() -> Iterator[Case]:
    ramp = bytes(range(56, 256))
    worst = grey((56 + tenth(LEFT / 2, (LEFT + WIDTH) / 2)) / 255)
    where = (LEFT + WIDTH / 2, LEFT + WIDTH + 1)
    for name, space, data in (
        ("white on a grey picture", "/DeviceGray", ramp),
        ("white on a colour picture", "/DeviceRGB", bytes(part for level in ramp for part in (level,) * 3)),
        ("white on an indexed picture", f"[/Indexed /DeviceGray 255 <{bytes(range(256)).hex()}>]", ramp),
        ("white on a calibrated picture", "[/CalGray << /WhitePoint [.9505 1 1.089] /Gamma 2.2 >>]", ramp),
    ):
        yield case(
            name,
            "photograph",
            SPREAD + text("1 g"),
            WHITE,
            worst,
            resources=IMAGE,
            objects=[photo(space, data, 200, 1)],
            room=UNEVEN,
            box=where,
        )
    inverted = photo("/DeviceGray", ramp, 200, 1, "/Decode [1 0]")
    dark = grey(1 - (56 + tenth(LEFT / 2, (LEFT + WIDTH) / 2)) / 255)
    yield case(
        "black on an inverted picture",
        "photograph",
        SPREAD + text(),
        BLACK,
        dark,
        resources=IMAGE,
        objects=[inverted],
        room=UNEVEN,
        box=where,
    )
    masked = photo("/DeviceGray", b"\0", 1, 1, "/SMask 7 0 R")
    alpha = photo("/DeviceGray", b"\x99", 1, 1)
    yield case(
        "white on a see-through picture",
        "photograph",
        SPREAD + text("1 g"),
        WHITE,
        grey(1 - 0x99 / 255),
        resources=IMAGE,
        objects=[masked, alpha],
        room=UNEVEN,
    )
    stencil = coded(b"\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ImageMask true /BitsPerComponent 1")
    yield case(
        "white on a stencil",
        "photograph",
        "0 0 .5 rg " + SPREAD + text("1 g"),
        WHITE,
        NAVY,
        resources=IMAGE,
        objects=[stencil],
    )
    inline = "q 400 0 0 300 0 0 cm BI /W 1 /H 1 /CS /RGB /BPC 8 /F /AHx ID 000080> EI Q\n"
    yield case("white on an inline picture", "photograph", inline + text("1 g"), WHITE, from_hex("000080"), room=UNEVEN)

"""Text in every colour space, painted in every way, on tinted paper, and printed over other inks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.contrast import profiles
from benchmarks.contrast.page import (
    AREA,
    AXIAL,
    BASE,
    END,
    IMAGE,
    LEFT,
    NAVY,
    SHADED,
    SIZE,
    SPREAD,
    TILED,
    UNEVEN,
    WIDTH,
    WORD,
    Case,
    case,
    coded,
    form,
    grey,
    on,
    photo,
    tenth,
    text,
    tile,
)
from clearprint.colour import BLACK, WHITE, Colour, from_hex
from tests.raw_pdf import stream

_INTENT = (
    "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (Small press) /DestOutputProfile %d 0 R >>]"
)


def by_intent(name: str, content: str, ink: Colour, ground: Colour, *, kind: str = "output intent", **more: Any) -> Case:
    """A page whose process colours an output intent converts; its profile is object 6, and others follow it."""
    objects = [coded(profiles.press(), "/N 4 /Alternate /DeviceCMYK"), *more.pop("objects", ())]
    return case(name, kind, content, ink, ground, objects=objects, catalogue=_INTENT % 6, **more)


def _spot(space: str, low: str, high: str) -> str:
    return f"[/Separation /Spot /{space} << /FunctionType 2 /Domain [0 1] /C0 [{low}] /C1 [{high}] /N 1 >>]"


def spaces() -> Iterator[Case]:
    deep = from_hex("1a3366")
    spot = _spot("DeviceRGB", "1 1 1", ".1 .2 .4")
    named = f"/ColorSpace << /S {spot} >>"
    yield case("white on a spot colour", "spot colour", on("/S cs 1 scn", "1 g"), WHITE, deep, resources=named)
    yield case(
        "white on half a spot colour",
        "spot colour",
        on("/S cs .5 scn", "1 g"),
        WHITE,
        (0.55, 0.6, 0.7),
        resources=named,
    )
    yield case("spot colour on paper", "spot colour", text("/S cs .6 scn"), (0.46, 0.52, 0.64), WHITE, resources=named)
    duo = "/ColorSpace << /S [/DeviceN [/One /Two] /DeviceRGB 6 0 R] >>"
    program = stream("{ 1 exch sub exch 1 exch sub exch dup }", "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]")
    yield case(
        "white on two spot colours",
        "DeviceN",
        on("/S cs .9 .6 scn", "1 g"),
        WHITE,
        (0.1, 0.4, 0.4),
        resources=duo,
        objects=[program],
    )
    yield case(
        "two spot colours on paper",
        "DeviceN",
        text("/S cs .2 .5 scn"),
        (0.8, 0.5, 0.5),
        WHITE,
        resources=duo,
        objects=[program],
    )
    nothing = "/ColorSpace << /S [/Separation /None /DeviceGray << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>] >>"
    yield case("black on a panel of no ink", "spot colour", on("/S cs 1 scn"), BLACK, WHITE, resources=nothing)
    for name, parts in (("white on Lab navy", (20.0, 15.0, -45.0)), ("white on Lab grey", (45.0, 0.0, 0.0))):
        ground = profiles.lab(*parts)
        yield case(
            name,
            "Lab",
            "/L cs " + " ".join(map(str, parts)) + on(" scn", "1 g"),
            WHITE,
            ground,
            resources="/ColorSpace << /L [/Lab << /WhitePoint [.9642 1 .8249] /Range [-128 127 -128 127] >>] >>",
        )
    yield case(
        "Lab grey on paper",
        "Lab",
        text("/L cs 55 0 0 scn"),
        profiles.lab(55, 0, 0),
        WHITE,
        resources="/ColorSpace << /L [/Lab << /WhitePoint [.9642 1 .8249] /Range [-128 127 -128 127] >>] >>",
    )
    straight = coded(profiles.linear_display(), "/N 3 /Alternate /DeviceRGB")
    icc = "/ColorSpace << /I [/ICCBased 6 0 R] >>"
    for ink, level in (("white", 0.2), ("black", 0.3)):
        shown = profiles.seen(profiles.linear_display(), grey(level))
        yield case(
            f"{ink} on a profile's grey",
            "ICCBased",
            on(f"/I cs {level} {level} {level} scn", "1 g" if ink == "white" else "0 g"),
            WHITE if ink == "white" else BLACK,
            shown,
            resources=icc,
            objects=[straight],
        )
    yield case(
        "a profile's grey on paper",
        "ICCBased",
        text("/I cs .25 .25 .25 scn"),
        profiles.seen(profiles.linear_display(), grey(0.25)),
        WHITE,
        resources=icc,
        objects=[straight],
    )
    primaries = ".4124 .2126 .0193 .3576 .7152 .1192 .1805 .0722 .9505"
    gamma = f"/ColorSpace << /C [/CalRGB << /WhitePoint [.9505 1 1.089] /Gamma [1 1 1] /Matrix [{primaries}] >>] >>"
    yield case(
        "white on CalRGB",
        "CalRGB",
        on("/C cs .1 .1 .1 scn", "1 g"),
        WHITE,
        grey(profiles.encoded(0.1)),
        resources=gamma,
    )
    yield from _presses(icc)


def _presses(icc: str) -> Iterator[Case]:
    """Process colours, by the profile of the output intent or one of their own."""
    press = coded(profiles.press(), "/N 4 /Alternate /DeviceCMYK")
    for name, parts in (("cyan", (1.0, 0.0, 0.0, 0.0)), ("black", (0.0, 0.0, 0.0, 1.0)), ("mixed ink", (0.0, 0.7, 0.3, 0.2))):
        seen = profiles.seen(profiles.press(), parts)
        four = " ".join(f"{part:g}" for part in parts)
        yield by_intent(f"{name} by the output intent on paper", text(f"{four} k"), seen, WHITE)
        yield by_intent(f"white on {name} by the output intent", on(f"{four} k", "0 0 0 0 k"), WHITE, seen)
        yield case(
            f"white on {name} by its own profile",
            "ICCBased",
            on(f"/I cs {four} scn", "1 g"),
            WHITE,
            seen,
            resources=icc,
            objects=[press],
        )
    cyan = profiles.seen(profiles.press(), (1.0, 0.0, 0.0, 0.0))
    yield case(
        "cyan by the page's own profile on paper",
        "DefaultCMYK",
        text("1 0 0 0 k"),
        cyan,
        WHITE,
        resources="/ColorSpace << /DefaultCMYK [/ICCBased 6 0 R] >>",
        objects=[press],
    )
    yield by_intent(
        "white on a CMYK picture by the output intent",
        SPREAD + text("0 0 0 0 k"),
        WHITE,
        cyan,
        resources="/XObject << /I 7 0 R >>",
        objects=[photo("/DeviceCMYK", b"\xff\0\0\0", 1, 1)],
        room=UNEVEN,
    )
    spot = f"/ColorSpace << /S {_spot('DeviceCMYK', '0 0 0 0', '1 0 0 0')} >>"
    named = "a spot colour made of cyan by the output intent"
    yield by_intent(f"white on {named}", on("/S cs 1 scn", "0 0 0 0 k"), WHITE, cyan, resources=spot)
    yield by_intent(named, text("/S cs 1 scn"), cyan, WHITE, resources=spot)


def ways() -> Iterator[Case]:
    yield case("stroked letters", "stroked text", "1 w " + text("1 Tr .6 G"), grey(0.6), WHITE)
    yield case("white stroked letters on navy", "stroked text", "0 0 .5 rg " + AREA + "1 w " + text("1 Tr 1 G"), WHITE, NAVY)
    yield case("filled and stroked in one grey", "stroked text", "1 w " + text("2 Tr .6 g .6 G"), grey(0.6), WHITE)
    yield case("white letters with a black outline", "stroked text", "1 w " + text("2 Tr 1 g 0 G"), BLACK, WHITE)
    yield case(
        "grey letters with a white outline on navy",
        "stroked text",
        "0 0 .5 rg " + AREA + ".6 w " + text("2 Tr .5 g 1 G"),
        WHITE,
        NAVY,
    )
    clip = f"q BT /F1 {SIZE} Tf 7 Tr {LEFT} {BASE} Td ({WORD}) Tj ET %s Q\n"
    yield case("letters as a clip over grey", "clipped text", clip % (".6 g " + AREA), grey(0.6), WHITE)
    yield case(
        "letters as a clip over white on navy", "clipped text", "0 0 .5 rg " + AREA + clip % ("1 g " + AREA), WHITE, NAVY
    )
    pale = grey(tenth(LEFT / END, (LEFT + WIDTH) / END))
    yield case(
        "letters as a clip over a gradient",
        "clipped text",
        clip % "/G sh",
        pale,
        WHITE,
        resources=AXIAL,
        room=UNEVEN,
        box=(LEFT + WIDTH / 2, LEFT + WIDTH + 1),
    )
    yield case(
        "letters as a clip over a picture",
        "clipped text",
        clip % SPREAD,
        grey((56 + tenth(LEFT / 2, (LEFT + WIDTH) / 2)) / 255),
        WHITE,
        resources=IMAGE,
        objects=[photo("/DeviceGray", bytes(range(56, 256)), 200, 1)],
        room=UNEVEN,
    )
    yield case(
        "letters filled and then a clip",
        "clipped text",
        (clip % ".2 g 0 0 1 1 re f").replace("7 Tr", "4 Tr .6 g"),
        grey(0.6),
        WHITE,
    )
    yield case(
        "letters in a shading",
        "text in a pattern",
        text("/Pattern cs /P scn"),
        pale,
        WHITE,
        resources=SHADED,
        room=UNEVEN,
        box=(LEFT + WIDTH / 2, LEFT + WIDTH + 1),
    )
    yield case(
        "letters in a tiling of one grey",
        "text in a pattern",
        text("/Pattern cs /P scn"),
        grey(0.6),
        WHITE,
        resources=TILED,
        objects=[tile(".6 g 0 0 8 8 re f")],
    )
    yield case(
        "letters in a tiling coloured where it is used",
        "text in a pattern",
        text("/U cs .6 .6 .6 /P scn"),
        grey(0.6),
        WHITE,
        resources=TILED,
        objects=[tile("0 0 8 8 re f", kind=2)],
    )
    for name, operator, ink in (("in the colour set outside", "d1", ".6 g"), ("in their own colour", "d0", "0 g")):
        body = ("600 0 0 0 500 700 d1" if operator == "d1" else "600 0 d0 .6 g") + " 0 0 500 700 re f"
        font = (
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << /a 7 0 R >>"
            " /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [600] /Resources << >> >>"
        )
        yield case(
            f"drawn letters {name}",
            "Type 3 text",
            "/X Do",
            grey(0.6),
            WHITE,
            resources="/XObject << /X 8 0 R >>",
            objects=[
                font,
                stream(body),
                form(text(ink, word="aaaaaaa").replace("/F1", "/T3"), "/Resources << /Font << /T3 6 0 R >> >>"),
            ],
        )


def papers() -> Iterator[Case]:
    cream = from_hex("#fff3d6")
    part = 110 / 255
    yield case(
        "grey on cream paper",
        "paper colour",
        text(f"{part:.4f} g"),
        _times(grey(part), cream),
        cream,
        declare={"paper-colour": "#fff3d6"},
    )
    sage = from_hex("#9fb08f")
    yield case(
        "white ink is the paper itself",
        "paper colour",
        on("0 0 .5 rg", "1 g"),
        sage,
        _times(NAVY, sage),
        declare={"paper-colour": "#9fb08f"},
    )
    yield case(
        "grey on a page all tinted",
        "page colour",
        "1 .95 .84 rg -10 -10 420 320 re f\n" + text(".46 g"),
        grey(0.46),
        (1, 0.95, 0.84),
    )


def overprints() -> Iterator[Case]:
    """ISO 32000-1, 8.6.7: where overprint is on, an ink leaves the others below it as they are."""
    cyan, green, dark, red, glossy, pale = (
        profiles.seen(profiles.press(), parts)
        for parts in (
            (1.0, 0.0, 0.0, 0.0),
            (1.0, 0.0, 1.0, 0.0),
            (1.0, 0.0, 0.0, 1.0),
            (0.0, 1.0, 1.0, 0.0),
            (1.0, 0.0, 0.2, 0.0),
            (0.0, 0.0, 0.2, 0.0),
        )
    )
    varnish = _spot("DeviceCMYK", "0 0 0 0", "0 0 .2 0")
    resources = (
        "/ExtGState << /O << /OP true /op true /OPM 1 >> /N << /OP false /op false >> >>"
        f" /ColorSpace << /S {varnish.replace('/Spot', '/Varnish')} >>"
    )
    on_cyan = "1 0 0 0 k " + AREA
    panel = f"/O gs %s {LEFT - 8} {BASE - 10} {WIDTH + 20} 34 re f /N gs "
    for name, content, ink, ground in (
        ("white that overprints is not printed", on_cyan + text("0 0 0 0 k", "/O gs"), cyan, cyan),
        ("white that knocks out", on_cyan + text("0 0 0 0 k"), WHITE, cyan),
        ("yellow that overprints cyan", on_cyan + text("0 0 1 0 k", "/O gs"), green, cyan),
        ("black that overprints cyan", on_cyan + text("0 0 0 1 k", "/O gs"), dark, cyan),
        ("white on a panel of yellow that overprints cyan", on_cyan + panel % "0 0 1 0 k" + text("0 0 0 0 k"), WHITE, green),
        ("white on a panel of white that overprints cyan", on_cyan + panel % "0 0 0 0 k" + text("0 0 0 0 k"), WHITE, cyan),
        ("white on a varnish over cyan", on_cyan + panel % "/S cs 1 scn" + text("0 0 0 0 k"), WHITE, glossy),
        ("red under a varnish", text("0 1 1 0 k") + panel % "/S cs 1 scn", red, pale),
    ):
        yield by_intent(name, content, ink, ground, kind="overprint", resources=resources)


def _times(one: Colour, other: Colour) -> Colour:
    return one[0] * other[0], one[1] * other[1], one[2] * other[2]

"""Text and grounds with opacity, in groups, blended, and behind soft masks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.contrast.page import AREA, AXIAL, END, GROUP, LEFT, NAVY, UNEVEN, WIDTH, Case, case, form, grey, on, text
from clearprint.colour import BLACK, WHITE, Colour, luminance, over

_FORM = "/XObject << /X 6 0 R >> /ExtGState << /T << /ca %s /CA %s >> >>"


def groups() -> Iterator[Case]:
    yield case(
        "white on a see-through panel",
        "opacity",
        on("/T gs 0 g", "1 g"),
        over(WHITE, grey(0.4), 0.6),
        grey(0.4),
        resources="/ExtGState << /T << /ca .6 >> >>",
    )
    yield case(
        "black at 30 % opacity",
        "opacity",
        text(state="/T gs"),
        grey(0.7),
        WHITE,
        resources="/ExtGState << /T << /ca .3 >> >>",
    )
    yield case(
        "white at half opacity on navy",
        "opacity",
        "0 0 .5 rg " + AREA + text("1 g", "/T gs"),
        over(WHITE, NAVY, 0.5),
        NAVY,
        resources="/ExtGState << /T << /ca .5 >> >>",
    )
    yield case(
        "white on a form",
        "form",
        "q .5 0 0 2 0 0 cm /X Do Q q .5 0 0 1 200 0 cm /X Do Q " + text("1 g"),
        WHITE,
        NAVY,
        resources="/XObject << /X 6 0 R >>",
        objects=[form("0 0 .5 rg " + AREA)],
    )
    inside = form("/Y Do", "/Resources << /XObject << /Y 7 0 R >> >>")
    words = form(on("0 0 .5 rg", ".6 g"), "/Resources << /Font << /F1 5 0 R >> >>")
    yield case(
        "grey text and panel in forms in forms",
        "form",
        "/X Do",
        grey(0.6),
        NAVY,
        resources="/XObject << /X 6 0 R >>",
        objects=[inside, words],
    )
    for name, entries in (
        ("", ""),
        ("isolated ", "/I true"),
        ("knockout ", "/K true"),
        ("isolated knockout ", "/I true /K true"),
    ):
        yield case(
            f"white on an {name}group at 60 %" if name.startswith("i") else f"white on a {name}group at 60 %",
            "group",
            "/T gs /X Do " + text("1 g", "/F gs"),
            WHITE,
            over(NAVY, WHITE, 0.6),
            resources="/XObject << /X 6 0 R >> /ExtGState << /T << /ca .6 >> /F << /ca 1 >> >>",
            objects=[form("0 0 .5 rg " + AREA, GROUP % entries)],
        )
    yield case(
        "text in a group at half opacity",
        "group",
        "0 0 .5 rg " + AREA + "/T gs /X Do",
        over(WHITE, NAVY, 0.5),
        NAVY,
        resources=_FORM % (0.5, 0.5),
        objects=[form(text("1 g"), GROUP % "/I true" + " /Resources << /Font << /F1 5 0 R >> >>")],
    )
    yield case(
        "text and panel in a group at half opacity",
        "group",
        "/T gs /X Do",
        over(WHITE, WHITE, 0.5),
        over(BLACK, WHITE, 0.5),
        resources=_FORM % (0.5, 0.5),
        objects=[form(on("0 g", "1 g"), GROUP % "/I true" + " /Resources << /Font << /F1 5 0 R >> >>")],
    )


def veils() -> Iterator[Case]:
    """Text that something translucent is painted over."""
    pale = "/ExtGState << /T << /ca .6 >> >>"
    yield case(
        "black under a veil of white",
        "veil",
        text() + "/T gs 1 g " + AREA,
        grey(0.6),
        WHITE,
        resources=pale,
    )
    yield case(
        "white on navy under a veil of white",
        "veil",
        on("0 0 .5 rg", "1 g") + "/T gs 1 g " + AREA,
        WHITE,
        over(WHITE, NAVY, 0.6),
        resources=pale,
    )
    yield case(
        "black under a highlighter",
        "veil",
        text() + "/T gs 1 1 0 rg " + AREA,
        BLACK,
        (1, 1, 0),
        resources="/ExtGState << /T << /BM /Multiply >> >>",
    )
    yield case(
        "white on grey under a dark tint in Multiply",
        "veil",
        on(".5 g", "1 g") + "/T gs .2 g " + AREA,
        grey(0.2),
        grey(0.1),
        resources="/ExtGState << /T << /BM /Multiply >> >>",
    )
    yield case(
        "black under a veil in a group",
        "veil",
        text() + "/T gs /X Do",
        grey(0.6),
        WHITE,
        resources=pale + " /XObject << /X 6 0 R >>",
        objects=[form("1 g " + AREA, GROUP % "/I true")],
    )


def _separable(mode: str, b: float, s: float) -> float:
    """The blend functions of ISO 32000-1, 11.3.5.2: backdrop and source."""
    match mode:
        case "Multiply":
            return b * s
        case "Screen":
            return b + s - b * s
        case "Overlay":
            return _separable("HardLight", s, b)
        case "Darken":
            return min(b, s)
        case "Lighten":
            return max(b, s)
        case "ColorDodge":
            return min(1.0, b / (1 - s)) if s < 1 else 1.0
        case "ColorBurn":
            return 1 - min(1.0, (1 - b) / s) if s > 0 else 0.0
        case "HardLight":
            return b * 2 * s if s <= 0.5 else _separable("Screen", b, 2 * s - 1)
        case "SoftLight":
            if s <= 0.5:
                return b - (1 - 2 * s) * b * (1 - b)
            d = ((16 * b - 12) * b + 4) * b if b <= 0.25 else b**0.5
            return float(b + (2 * s - 1) * (d - b))
        case "Difference":
            return abs(b - s)
        case "Exclusion":
            return b + s - 2 * b * s
    raise ValueError(mode)


def _lum(colour: Sequence[float]) -> float:
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def _with_lum(colour: Sequence[float], wanted: float) -> Colour:
    moved = [part + wanted - _lum(colour) for part in colour]
    level, low, high = _lum(moved), min(moved), max(moved)
    if low < 0:
        moved = [level + (part - level) * level / (level - low) for part in moved]
    if high > 1:
        moved = [level + (part - level) * (1 - level) / (high - level) for part in moved]
    return moved[0], moved[1], moved[2]


def blended(mode: str, below: Colour, above: Colour) -> Colour:
    """Opaque paint over an opaque backdrop."""
    if mode == "Luminosity":
        return _with_lum(below, _lum(above))
    if mode == "Color":
        return _with_lum(above, _lum(below))
    red, green, blue = (_separable(mode, b, s) for b, s in zip(below, above, strict=True))
    return red, green, blue


_MODES = (
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Luminosity",
    "Color",
)


def blends() -> Iterator[Case]:
    below, above = (0.6, 0.4, 0.2), (0.3, 0.5, 0.8)
    for mode in _MODES:
        ground = blended(mode, below, above)
        ink = WHITE if luminance(ground) < 0.18 else BLACK
        content = ".6 .4 .2 rg " + AREA + "q /B gs .3 .5 .8 rg " + AREA + "Q " + text("1 g" if ink == WHITE else "0 g")
        yield case(
            f"{'white' if ink == WHITE else 'black'} on a panel in {mode}",
            "blend mode",
            content,
            ink,
            ground,
            resources=f"/ExtGState << /B << /BM /{mode} >> >>",
        )
    for mode, source, back in (
        ("Multiply", grey(0.8), grey(0.5)),
        ("Multiply", WHITE, NAVY),
        ("Screen", grey(0.5), NAVY),
        ("Difference", WHITE, WHITE),
        ("Overlay", WHITE, grey(0.5)),
        ("Darken", WHITE, grey(0.3)),
    ):
        ink = blended(mode, back, source)
        content = f"{_rg(back)} rg " + AREA + text(f"{_rg(source)} rg", "/B gs")
        yield case(
            f"text of {_hex(source)} in {mode} on {_hex(back)}",
            "blend mode of text",
            content,
            ink,
            back,
            resources=f"/ExtGState << /B << /BM /{mode} >> >>",
        )
    group = form(text("1 g"), GROUP % "/I true" + " /Resources << /Font << /F1 5 0 R >> >>")
    yield case(
        "white text in a group in Multiply on grey",
        "blend mode of text",
        ".5 g " + AREA + "/B gs /X Do",
        grey(0.5),
        grey(0.5),
        resources="/ExtGState << /B << /BM /Multiply >> >> /XObject << /X 6 0 R >>",
        objects=[group],
    )


def _rg(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def masks() -> Iterator[Case]:
    half = form(".5 g " + AREA, GROUP % "/I true")
    whole = "/ExtGState << /M << /SMask << /S /Luminosity /G 6 0 R >> >> >>"
    yield case(
        "white on a panel behind a soft mask",
        "soft mask",
        "q /M gs 0 g " + AREA + "Q " + text("1 g"),
        WHITE,
        grey(0.5),
        resources=whole,
        objects=[half],
    )
    yield case(
        "black text through a soft mask",
        "soft mask",
        text(state="/M gs"),
        grey(0.5),
        WHITE,
        resources=whole,
        objects=[half],
    )
    yield case(
        "white text through a soft mask on navy",
        "soft mask",
        "0 0 .5 rg " + AREA + text("1 g", "/M gs"),
        over(WHITE, NAVY, 0.5),
        NAVY,
        resources=whole,
        objects=[half],
    )
    alpha = form("/T gs 0 g " + AREA, GROUP % "/I true" + " /Resources << /ExtGState << /T << /ca .4 >> >> >>")
    yield case(
        "black text through a mask of opacity",
        "soft mask",
        text(state="/M gs"),
        grey(0.6),
        WHITE,
        resources="/ExtGState << /M << /SMask << /S /Alpha /G 6 0 R >> >> >>",
        objects=[alpha],
    )
    fading = form("/G sh", GROUP % "/I true" + f" /Resources << {AXIAL} >>")
    yield case(
        "white where a panel fades out",
        "soft mask",
        "q /M gs 0 g " + AREA + "Q " + text("1 g"),
        WHITE,
        grey(1 - (LEFT + 0.05 * WIDTH) / END),
        resources=whole,
        objects=[fading],
        room=UNEVEN,
        box=(LEFT - 1, LEFT + WIDTH / 2),
    )

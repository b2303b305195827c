"""Drawings of a DOCX, inline and floating, in DrawingML and VML: pictures, text boxes, groups, charts, watermarks.

Lengths are points. Nothing is opened here: pictures are named by their relationship.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from clearprint import lazily
from clearprint.colour import WHITE, Colour
from clearprint.formats import docx_images
from clearprint.formats.docx import MC, PIC, WP, WPC, WPG, WPS, A, Element, R, V, W, on, points, whole
from clearprint.formats.docx_images import Image
from clearprint.formats.docx_theme import Fill, Theme, mixed, vml_colour
from clearprint.geometry import Box
from clearprint.records import record

EMU = 1 / 12700
Wrapping = Literal["inline", "none", "square", "tight", "through", "topAndBottom"]

_KNOWN = {"wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "a14", "cx", "wne", "w16se", "w16cid", "am3d", "aink"}
_O = "{urn:schemas-microsoft-com:office:office}"
_W10 = "{urn:schemas-microsoft-com:office:word}"
_THIN = 1.0  # points that a line across may rise
_VERTICAL = {"vert": -90.0, "vert270": 90.0}


@record(frozen=False, eq=False)
class Shape:
    """A box with text in it."""

    content: Element  # w:txbxContent
    fill: Fill | None = None  # None: nothing behind the text but what the box stands on
    ink: Colour | None = None  # of text that names no colour
    angle: float = 0.0
    stacked: bool = False
    vertical: bool = False
    width: float = 0.0
    height: float = 0.0
    outlined: bool = False
    upended: bool = False  # its lines run along its height

    @property
    def measure(self) -> float:
        """The side that its lines run along, points. Of a box that is turned itself they run along its width all the same."""
        return self.height if self.upended else self.width


@record(frozen=False)
class Drawing:
    """One drawing with all that is in it."""

    wrapping: Wrapping
    width: float
    height: float
    behind: bool = False
    distance: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # left, top, right, bottom
    across: tuple[str, float | None, str | None] = ("column", None, None)  # relative to, offset, alignment
    down: tuple[str, float | None, str | None] = ("paragraph", None, None)
    name: str = ""
    images: list[Image] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    chart: bool = False
    graphics: list[str] = field(default_factory=list)  # relationships of its charts and diagrams
    filled: bool = False  # a shape with a fill of its own
    rule: bool = False  # a straight line across, without arrow heads
    words: list[tuple[str, float, float, Fill]] = field(default_factory=list)  # word art: text, height, angle, its ink


def branch(element: Element) -> Element | None:
    """The one branch of mc:AlternateContent to read: the first choice that can be understood, else the fallback.

    Both branches (ECMA-376-3) say the same thing, so reading both would double the text.
    """
    for choice in element.iterchildren(f"{MC}Choice"):
        if set(choice.get("Requires", "").split()) <= _KNOWN:
            return choice
    fallback = element.find(f"{MC}Fallback")
    return fallback if fallback is not None else element.find(f"{MC}Choice")


def read_drawings(element: Element, theme: Theme) -> Iterator[Drawing]:
    """The drawings in w:drawing, w:pict or w:object."""
    if element.tag == f"{W}drawing":
        for frame in element:
            if frame.tag in (f"{WP}inline", f"{WP}anchor") and not _is_hidden(frame):
                yield _frame(frame, theme)
        return
    for shape in element:
        if isinstance(shape.tag, str) and shape.tag.startswith(V) and shape.tag != f"{V}shapetype":
            drawing = _vml(shape, theme)
            if drawing is not None:
                yield drawing


def _is_hidden(frame: Element) -> bool:
    """Whether a drawing is kept in the file and not shown (ECMA-376-1, 20.4.2.5 and 20.4.2.3)."""
    about = frame.find(f"{WP}docPr")
    return any(item is not None and item.get("hidden") is not None and on(item.get("hidden")) for item in (about, frame))


# --- DrawingML ------------------------------------------------------------------------------------------------------------


def _frame(frame: Element, theme: Theme) -> Drawing:
    extent, about = frame.find(f"{WP}extent"), frame.find(f"{WP}docPr")
    width, height = _size(extent, "cx", "cy")
    drawing = Drawing("inline", width, height)
    drawing.distance = tuple((points(frame.get(f"dist{side}"), EMU) or 0.0) for side in "LTRB")  # type: ignore[assignment]
    if about is not None:
        drawing.name = about.get("descr") or about.get("title") or about.get("name") or ""
    if frame.tag == f"{WP}anchor":
        drawing.wrapping = "none"
        drawing.behind = on(frame.get("behindDoc", "0"))
        for kind in ("Square", "Tight", "Through", "TopAndBottom"):
            wrap = frame.find(f"{WP}wrap{kind}")
            if wrap is not None:
                drawing.wrapping = kind[0].lower() + kind[1:]  # type: ignore[assignment]
                drawing.behind = False  # only a drawing that text does not make room for can lie behind it
        drawing.across = _position(_placing(frame, "positionH"), "column")
        drawing.down = _position(_placing(frame, "positionV"), "paragraph")
    data = frame.find(f"{A}graphic/{A}graphicData")
    under: list[tuple[Box, Fill]] = []
    for item in data if data is not None else ():
        _drawn(item, drawing, theme, (1.0, 1.0, 0.0, 0.0), under, None)
    return drawing


def _drawn(
    item: Element,
    drawing: Drawing,
    theme: Theme,
    scale: tuple[float, float, float, float],
    under: list[tuple[Box, Fill]],
    turn: float | None,
) -> None:
    """One thing inside a drawing. `scale` maps its group's coordinates to points; `under` is what was painted before it."""
    tag = item.tag
    if not isinstance(tag, str):
        return
    if tag == f"{MC}AlternateContent":
        chosen = branch(item)
        for part in chosen if chosen is not None else ():
            _drawn(part, drawing, theme, scale, under, turn)
    elif tag in (f"{WPG}wgp", f"{WPG}grpSp", f"{WPC}wpc", f"{A}lockedCanvas"):
        inner = _group(item, drawing, scale, turn is None)
        for part in item:
            _drawn(part, drawing, theme, inner, under, turn or 0.0)
    elif tag == f"{PIC}pic":
        properties = item.find(f"{PIC}spPr")
        box = _box(properties, scale) if turn is not None else None
        width, height = (box.width, box.height) if box else (drawing.width, drawing.height)
        drawing.images.append(docx_images.of_pic(item, width, height, drawing.name))
        under.append((box or Box(0, 0, drawing.width, drawing.height), Fill(None, "picture")))
    elif tag == f"{WPS}wsp":
        _shape(item, drawing, theme, scale, under, turn)
    elif tag.endswith("}chart") or tag.endswith("}relIds") or tag.endswith("}graphicFrame"):
        drawing.chart = True
        for one in item.iter():  # r:id of a chart, r:dm of a diagram
            target = one.get(f"{R}id") or one.get(f"{R}dm")
            drawing.graphics += [target] if target else []
        box = Box(0, 0, drawing.width, drawing.height)
        under.append((box, Fill(None, "picture")))


def _shape(
    item: Element,
    drawing: Drawing,
    theme: Theme,
    scale: tuple[float, float, float, float],
    under: list[tuple[Box, Fill]],
    turn: float | None,
) -> None:
    properties, styled, body = item.find(f"{WPS}spPr"), item.find(f"{WPS}style"), item.find(f"{WPS}bodyPr")
    box = (_box(properties, scale) if turn is not None else None) or Box(0, 0, drawing.width, drawing.height)
    fill = theme.fill(properties)
    ink = None
    if styled is not None:
        reference = styled.find(f"{A}fillRef")
        if fill is None and reference is not None and reference.get("idx", "0") != "0":
            colour, opacity = theme.drawing(reference)
            fill = Fill(colour, "flat", opacity) if colour is not None else None
        ink = theme.drawing(styled.find(f"{A}fontRef"))[0]
    painted = fill is not None and (fill.colour is not None or fill.kind != "flat")
    drawing.filled = drawing.filled or painted
    drawing.rule = turn is None and drawing.height <= _THIN and _is_line(properties) and _outlined(properties, styled)
    content = item.find(f"{WPS}txbx/{W}txbxContent")
    picture = docx_images.of_shape(properties, box.width, box.height, drawing.name)
    if picture is not None and (content is None or not "".join(content.itertext()).strip()):
        drawing.images.append(picture)
    if content is not None:
        behind = fill if painted and fill is not None else _behind(box, under)
        transform = properties.find(f"{A}xfrm") if properties is not None else None
        rotated = (whole(transform.get("rot")) or 0) / 60000 if transform is not None else 0.0
        vertical = body.get("vert", "horz") if body is not None else "horz"
        if body is not None and body.get("upright") is not None and on(body.get("upright")):
            rotated = 0.0
        drawing.shapes.append(
            Shape(
                content,
                behind,
                ink,
                turned(_VERTICAL.get(vertical, 0.0) - rotated - (turn or 0.0)),
                vertical.startswith("wordArtVert"),
                vertical in ("eaVert", "mongolianVert"),
                box.width,
                box.height,
                _outlined(properties, styled),
                vertical in _VERTICAL or vertical in ("eaVert", "mongolianVert"),
            )
        )
    if painted and fill is not None:
        under.append((box, fill))


def _is_line(properties: Element | None) -> bool:
    """Whether a shape is a plain straight line (ECMA-376-1, 20.1.10.56)."""
    shape = properties.find(f"{A}prstGeom") if properties is not None else None
    if properties is None or shape is None or shape.get("prst") not in ("line", "straightConnector1"):
        return False
    ends = (properties.find(f"{A}ln/{A}{end}") for end in ("headEnd", "tailEnd"))
    return all(end is None or end.get("type", "none") == "none" for end in ends)


def _outlined(properties: Element | None, styled: Element | None) -> bool:
    """Whether a line is drawn round a shape: its own, else its style's."""
    line = properties.find(f"{A}ln") if properties is not None else None
    if line is not None and line.find(f"{A}noFill") is not None:
        return False
    if line is not None and any(line.find(f"{A}{fill}") is not None for fill in ("solidFill", "gradFill", "pattFill")):
        return True
    reference = styled.find(f"{A}lnRef") if styled is not None else None
    return reference is not None and reference.get("idx", "0") != "0"


def _behind(box: Box, under: list[tuple[Box, Fill]]) -> Fill | None:
    """What the topmost thing painted before fills with, where a box without a fill stands on it."""
    for other, fill in reversed(under):
        if other.shared_area(box) > 0.1 * max(1.0, box.area):
            return fill if other.contains(box, 2.0) else Fill(None, "uneven")
    return None


def _group(
    item: Element, drawing: Drawing, scale: tuple[float, float, float, float], outermost: bool
) -> tuple[float, float, float, float]:
    """The map from a group's own coordinates to points. ECMA-376-1, 20.1.7.5."""
    properties = item.find(f"{WPG}grpSpPr")
    transform = properties.find(f"{A}xfrm") if properties is not None else None
    if transform is None:
        return (EMU, EMU, 0.0, 0.0) if outermost else scale
    width, height = _size(transform.find(f"{A}ext"), "cx", "cy", 1.0)
    inner_width, inner_height = _size(transform.find(f"{A}chExt"), "cx", "cy", 1.0)
    x, y = _offset(transform.find(f"{A}off"))
    inner_x, inner_y = _offset(transform.find(f"{A}chOff"))
    if outermost:
        left, top, wide, high = 0.0, 0.0, drawing.width, drawing.height
    else:
        left, top = x * scale[0] + scale[2], y * scale[1] + scale[3]
        wide, high = width * scale[0], height * scale[1]
    sx = wide / inner_width if inner_width else EMU
    sy = high / inner_height if inner_height else EMU
    return sx, sy, left - inner_x * sx, top - inner_y * sy


def _box(properties: Element | None, scale: tuple[float, float, float, float]) -> Box | None:
    transform = properties.find(f"{A}xfrm") if properties is not None else None
    if transform is None:
        return None
    width, height = _size(transform.find(f"{A}ext"), "cx", "cy", 1.0)
    x, y = _offset(transform.find(f"{A}off"))
    left, top = x * scale[0] + scale[2], y * scale[1] + scale[3]
    return Box(left, top, left + width * scale[0], top + height * scale[1])


def _size(item: Element | None, across: str, down: str, unit: float = EMU) -> tuple[float, float]:
    if item is None:
        return 0.0, 0.0
    width, height = whole(item.get(across)) or 0, whole(item.get(down)) or 0
    return min(1e9, max(0, width)) * unit, min(1e9, max(0, height)) * unit


def _offset(item: Element | None) -> tuple[float, float]:
    if item is None:
        return 0.0, 0.0
    return float(whole(item.get("x")) or 0), float(whole(item.get("y")) or 0)


def _placing(frame: Element, name: str) -> Element | None:
    """wp:positionH or V. One in per cent comes as alternate content, whose fallback says the same as an offset."""
    found = frame.find(f"{WP}{name}")
    if found is None:
        found = frame.find(f"{MC}AlternateContent/{MC}Fallback/{WP}{name}")
    return found


def _position(item: Element | None, default: str) -> tuple[str, float | None, str | None]:
    if item is None:
        return default, None, None
    offset, align = item.find(f"{WP}posOffset"), item.find(f"{WP}align")
    return (
        item.get("relativeFrom", default),
        points(offset.text, EMU) if offset is not None else None,
        align.text if align is not None else None,
    )


def turned(angle: float) -> float:
    """An angle as -180 to 180 degrees; 180 stays upside down."""
    angle = (angle + 180) % 360 - 180
    return 0.0 if abs(angle) < 0.01 else angle


# --- VML ------------------------------------------------------------------------------------------------------------------

_STYLE = lazily.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")


def _vml(shape: Element, theme: Theme) -> Drawing | None:
    style = _css(shape)
    width, height = points(style.get("width"), 1.0) or 0.0, points(style.get("height"), 1.0) or 0.0
    drawing = Drawing("inline", width, height)
    drawing.name = shape.get("alt") or ""
    if style.get("position") in ("absolute", "relative"):
        wrap = shape.find(f".//{_W10}wrap")
        kind = wrap.get("type", "none") if wrap is not None else "none"
        drawing.wrapping = kind if kind in ("square", "tight", "through", "topAndBottom") else "none"  # type: ignore[assignment]
        drawing.behind = drawing.wrapping == "none" and style.get("z-index", "0").strip().startswith("-")
        drawing.distance = tuple(  # type: ignore[assignment]
            points(style.get(f"mso-wrap-distance-{side}"), 1.0) or (9.0 if side in ("left", "right") else 0.0)
            for side in ("left", "top", "right", "bottom")
        )
        across = style.get("mso-position-horizontal-relative", "column")
        down = style.get("mso-position-vertical-relative", "paragraph")
        drawing.across = (
            {"text": "column"}.get(across, across),
            points(style.get("margin-left") or style.get("left"), 1.0),
            style.get("mso-position-horizontal") if style.get("mso-position-horizontal") != "absolute" else None,
        )
        drawing.down = (
            {"text": "paragraph"}.get(down, down),
            points(style.get("margin-top") or style.get("top"), 1.0),
            style.get("mso-position-vertical") if style.get("mso-position-vertical") != "absolute" else None,
        )
    _vml_part(shape, drawing, theme, 1.0, 1.0, 0.0)
    used = drawing.images or drawing.shapes or drawing.words or drawing.filled
    return drawing if used else None


def _vml_part(shape: Element, drawing: Drawing, theme: Theme, sx: float, sy: float, turn: float) -> None:
    style = _css(shape)
    turn -= _degrees(style.get("rotation"))
    width = (points(style.get("width"), 1.0) or 0.0) * sx
    height = (points(style.get("height"), 1.0) or 0.0) * sy
    if shape.tag == f"{V}group":
        size = [whole(part) or 0 for part in (shape.get("coordsize") or "1000,1000").split(",")]
        sx = width / size[0] if size and size[0] else sx
        sy = height / size[1] if len(size) > 1 and size[1] else sy
        for part in shape:
            if isinstance(part.tag, str) and part.tag.startswith(V) and part.tag != f"{V}shapetype":
                _vml_part(part, drawing, theme, sx, sy, turn)
        return
    fill = _vml_fill(shape)
    for item in shape:
        if item.tag == f"{V}imagedata":
            sides = [_fraction(item.get(f"crop{side}"), 0.0) for side in ("left", "top", "right", "bottom")]
            drawing.images.append(
                docx_images.of_vml(item, width, height, drawing.name, (sides[0], sides[1], sides[2], sides[3]))
            )
        elif item.tag == f"{V}textbox":
            content = item.find(f"{W}txbxContent")
            flow = _css(item)
            if content is not None:
                sideways = 0.0
                if flow.get("layout-flow", "").startswith("vertical") and "ideographic" not in flow["layout-flow"]:
                    sideways = 90.0 if flow.get("mso-layout-flow-alt") == "bottom-to-top" else -90.0
                shape_fill = fill if fill.colour is not None or fill.kind != "flat" else None
                stroked = shape.get("stroked", "t").lower() not in ("f", "false", "0")
                angle = turned(turn + sideways)
                drawing.shapes.append(
                    Shape(
                        content,
                        shape_fill,
                        None,
                        angle,
                        width=width,
                        height=height,
                        outlined=stroked,
                        upended=flow.get("layout-flow", "").startswith("vertical"),
                    )
                )
        elif item.tag == f"{V}textpath" and on(item.get("on", "t").replace("f", "0")):
            text = (item.get("string") or "").strip()
            if text:
                drawing.words.append((text, height, turned(turn), fill))
    if shape.find(f"{V}imagedata") is None and shape.tag != f"{V}line":
        drawing.filled = drawing.filled or fill.colour is not None or fill.kind != "flat"


def _vml_fill(shape: Element) -> Fill:
    """A VML shape is filled with white unless it says otherwise ([ISO/IEC 29500-4] 19.1.2.19)."""
    if shape.get("filled", "t").lower() in ("f", "false", "0"):
        return Fill(None)
    fill = shape.find(f"{V}fill")
    if fill is not None and fill.get("on", "t").lower() in ("f", "false"):
        return Fill(None)
    kind = fill.get("type", "solid") if fill is not None else "solid"
    if kind in ("tile", "frame", "pattern"):
        return Fill(None, "picture")
    colour = vml_colour(shape.get("fillcolor")) if shape.get("fillcolor") else WHITE
    opacity = fill.get("opacity") if fill is not None else None
    if kind != "solid":
        assert fill is not None
        second = vml_colour(fill.get("color2")) if fill.get("color2") else WHITE
        simple = fill.get("colors") is None and fill.get("{urn:schemas-microsoft-com:office:office}opacity2") is None
        return mixed([(colour, _fraction(opacity, 1.0)), (second, _fraction(opacity, 1.0))]) if simple else Fill(None, "uneven")
    return Fill(colour, "flat" if colour is not None else "uneven", _fraction(opacity, 1.0))


def _css(shape: Element) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in _STYLE.findall(shape.get("style") or "")}


def _degrees(text: str | None) -> float:
    if not text:
        return 0.0
    if text.endswith("fd"):
        return (whole(text[:-2]) or 0) / 65536
    return float(whole(text) or 0)


def _fraction(text: str | None, default: float) -> float:
    """A VML fraction: `.5`, or `32768f` in 65536ths."""
    if not text:
        return default
    try:
        return float(text[:-1]) / 65536 if text.endswith("f") else float(text.rstrip("%")) / (100 if "%" in text else 1)
    except ValueError:
        return default

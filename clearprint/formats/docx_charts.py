"""The words of charts and of SmartArt diagrams in a DOCX, with the type, ink and ground that they are set in.

Charts keep what their words were when the document was saved. ECMA-376-1, 21.2; [MS-ODRAWXML] 2.3 for diagrams as drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clearprint.colour import BLACK, Colour
from clearprint.formats.docx import A, Element, Package, on, points, whole
from clearprint.formats.docx_theme import Fill, Theme
from clearprint.records import record

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
CHART_SIZE = 10.0  # points, of a chart's words where nothing names a size
TITLE_SIZE = 18.0  # the same of its title
SHAPE_SIZE = 18.0  # the same of text in DrawingML (21.1.2.3.9)
MOST = 400  # labels of one chart; more are hidden by the program that draws it
_AXES = ("catAx", "valAx", "dateAx", "serAx")
_OUTSIDE = ("outEnd", "bestFit")


@record
class Label:
    """Words in a drawing. Lengths in points."""

    text: str
    size: float
    colour: Colour | None = None
    bold: bool = False
    italic: bool = False
    face: str | None = None
    ground: Fill | None = None
    angle: float = 0.0  # degrees


def labels(package: Package, part: str, target: str, theme: Theme) -> tuple[Label, ...]:
    """The words of the chart or diagram that a relationship of a part leads to; none where they cannot be told."""
    relations = package.relations(part)
    found = relations.get(target)
    tree = package.tree(found.target) if found is not None and found.target is not None else None
    if tree is None:
        return ()
    if tree.tag == f"{C}chartSpace":
        return tuple(_chart(tree, theme))[:MOST]
    drawn = next((item.get("relId") for item in tree.iter(f"{DSP}dataModelExt")), None)
    relation = relations.get(drawn or "")
    drawing = package.tree(relation.target) if relation is not None and relation.target is not None else None
    return tuple(_diagram(drawing, theme))[:MOST] if drawing is not None else ()


# --- type -----------------------------------------------------------------------------------------------------------------


def _set(look: Label, properties: Element | None, theme: Theme) -> Label:
    """A look with what a:rPr or a:defRPr says over it."""
    if properties is None:
        return look
    size = points(properties.get("sz"), 0.01)
    colour, _ = theme.drawing(properties.find(f"{A}solidFill"))
    latin = properties.find(f"{A}latin")
    name = latin.get("typeface", "") if latin is not None else ""
    if name.startswith("+"):
        name = theme.font("majorHAnsi" if name.startswith("+mj") else "minorHAnsi") or ""
    return replace(
        look,
        size=size if size is not None and 0 < size <= 2000 else look.size,
        colour=colour or look.colour,
        bold=on(properties.get("b")) if properties.get("b") is not None else look.bold,
        italic=on(properties.get("i")) if properties.get("i") is not None else look.italic,
        face=name or look.face,
    )


def _plain(look: Label, parent: Element | None, theme: Theme) -> Label:
    """A look with the c:txPr of an element over it."""
    text = parent.find(f"{C}txPr") if parent is not None else None
    if text is None:
        return look
    body = text.find(f"{A}bodyPr")
    turned = whole(body.get("rot")) if body is not None else None
    return replace(_set(look, text.find(f"{A}p/{A}pPr/{A}defRPr"), theme), angle=_degrees(turned))


def _runs(look: Label, body: Element | None, theme: Theme) -> Iterator[Label]:
    """The runs of a text body, each with its type; neighbours of one look are joined by line."""
    properties = body.find(f"{A}bodyPr") if body is not None else None
    if properties is not None and properties.get("rot") is not None:
        look = replace(look, angle=_degrees(whole(properties.get("rot"))))
    fitted = properties.find(f"{A}normAutofit") if properties is not None else None
    share = (whole(fitted.get("fontScale")) or 100_000) / 100_000 if fitted is not None else 1.0
    for paragraph in body.iterchildren(f"{A}p") if body is not None else ():
        base = _set(look, paragraph.find(f"{A}pPr/{A}defRPr"), theme)
        line: list[Label] = []
        for run in paragraph:
            if run.tag not in (f"{A}r", f"{A}fld"):
                continue
            text = "".join(part.text or "" for part in run.iterchildren(f"{A}t"))
            one = replace(_set(base, run.find(f"{A}rPr"), theme), text=text)
            if line and replace(line[-1], text="") == replace(one, text=""):
                line[-1] = replace(one, text=line[-1].text + text)
            elif text:
                line.append(one)
        yield from (replace(one, size=one.size * share) for one in line if one.text.strip())


def _degrees(turned: int | None) -> float:
    """Counter-clockwise degrees; a program's own choice (-1000 and beyond a full turn) is level."""
    return -turned / 60_000 if turned is not None and abs(turned) <= 5_400_000 else 0.0


# --- charts ---------------------------------------------------------------------------------------------------------------


def _chart(tree: Element, theme: Theme) -> Iterator[Label]:
    chart = tree.find(f"{C}chart")
    if chart is None:
        return
    ground = theme.fill(tree.find(f"{C}spPr"))
    look = _plain(Label("", CHART_SIZE, theme.colour("tx1") or BLACK, ground=ground), tree, theme)
    area = chart.find(f"{C}plotArea")
    series = list(area.iter(f"{C}ser")) if area is not None else []
    yield from _title(chart, series, replace(look, size=TITLE_SIZE), theme)
    for axis in area if area is not None else ():
        if axis.tag in tuple(C + name for name in _AXES) and not _says(axis, "delete"):
            yield from _axis(axis, series, look, theme)
    for one in series:
        yield from _marked(one, look, theme)
    legend = chart.find(f"{C}legend")
    if legend is not None:
        pie = area is not None and any(area.find(C + kind) is not None for kind in ("pieChart", "doughnutChart", "pie3DChart"))
        names = _categories(series[:1]) if pie else [_name(one) for one in series]
        look = _plain(look, legend, theme)
        yield from (replace(look, text=name) for name in names if name)


def _title(parent: Element, series: Sequence[Element], look: Label, theme: Theme) -> Iterator[Label]:
    """A title as it was written; one that was left to the program is the name of the only series."""
    title = parent.find(f"{C}title")
    if title is None:
        return
    look = _plain(look, title, theme)
    rich = title.find(f"{C}tx/{C}rich")
    if rich is not None:
        yield from _runs(look, rich, theme)
        return
    cached = title.find(f"{C}tx/{C}strRef")
    name = " ".join(_cached(cached)) if cached is not None else _name(series[0]) if len(series) == 1 else ""
    if name:
        yield replace(look, text=name)


def _axis(axis: Element, series: Sequence[Element], look: Label, theme: Theme) -> Iterator[Label]:
    yield from _title(axis, (), look, theme)
    place = axis.find(f"{C}tickLblPos")
    if place is not None and place.get("val") == "none":
        return
    look = _plain(look, axis, theme)
    texts = _scale(axis, series) if axis.tag == f"{C}valAx" else _categories(series[:1])
    yield from (replace(look, text=text) for text in texts)


def _scale(axis: Element, series: Sequence[Element]) -> list[str]:
    """The ends of an axis of values: as fixed, else nought and the largest value. What stands between is set alike."""
    values = [value for one in series for value in _numbers(one)]
    if not values:
        return []
    ends = [axis.find(f"{C}scaling/{C}{end}") for end in ("min", "max")]
    least, most = (_number(end.get("val")) if end is not None else None for end in ends)
    code = axis.find(f"{C}numFmt")
    shape = code.get("formatCode", "") if code is not None else ""
    return [
        _written(min(0.0, *values) if least is None else least, shape),
        _written(max(values) if most is None else most, shape),
    ]


def _marked(one: Element, look: Label, theme: Theme) -> Iterator[Label]:
    """The labels of a series' points: its own, else those of its chart."""
    holder, kind = one.find(f"{C}dLbls"), one.getparent()
    if holder is None and kind is not None:
        holder = kind.find(f"{C}dLbls")
    if holder is None or _says(holder, "delete"):
        return
    place = holder.find(f"{C}dLblPos")
    own = theme.fill(holder.find(f"{C}spPr"))
    painted = own if own is not None and own.colour is not None else theme.fill(one.find(f"{C}spPr"))
    outside = place is not None and place.get("val") in _OUTSIDE
    look = _plain(look, holder, theme)
    if not outside or (own is not None and own.colour is not None):
        look = replace(look, ground=painted if painted is not None else Fill(None, "uneven"))
    for single in holder.iterchildren(f"{C}dLbl"):
        yield from _runs(_plain(look, single, theme), single.find(f"{C}tx/{C}rich"), theme)
    texts: list[str] = []
    if _says(holder, "showVal") or _says(holder, "showPercent"):
        shape = holder.find(f"{C}numFmt")
        code = shape.get("formatCode", "") if shape is not None else ""
        texts += [_written(value, code) for value in _numbers(one)]
    if _says(holder, "showCatName"):
        texts += _categories([one])
    if _says(holder, "showSerName"):
        texts.append(_name(one))
    yield from (replace(look, text=text) for text in texts if text)


def _says(parent: Element, name: str) -> bool:
    item = parent.find(C + name)
    return item is not None and on(item.get("val"))


def _name(series: Element) -> str:
    text = series.find(f"{C}tx")
    if text is None:
        return ""
    plain = text.find(f"{C}v")
    return (plain.text or "").strip() if plain is not None else " ".join(_cached(text))


def _categories(series: Sequence[Element]) -> list[str]:
    return [text for one in series for kind in ("cat", "xVal") for text in _cached(one.find(C + kind))]


def _cached(parent: Element | None) -> list[str]:
    points_ = parent.iter(f"{C}pt") if parent is not None else ()
    texts = ((point.findtext(f"{C}v") or "").strip() for point in points_)
    return [text for text in texts if text]


def _numbers(series: Element) -> list[float]:
    texts = [text for kind in ("val", "yVal") for text in _cached(series.find(C + kind))]
    return [value for value in map(_number, texts) if value is not None]


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def _written(value: float, code: str) -> str:
    return f"{100 * value:g}%" if "%" in code else f"{value:g}"


# --- diagrams -------------------------------------------------------------------------------------------------------------


def _diagram(tree: Element, theme: Theme) -> Iterator[Label]:
    """The words of a diagram as Word last drew it."""
    for shape in tree.iter(f"{DSP}sp"):
        properties, styled = shape.find(f"{DSP}spPr"), shape.find(f"{DSP}style")
        fill = theme.fill(properties)
        ink = theme.colour("tx1") or BLACK
        if styled is not None:
            reference = styled.find(f"{A}fillRef")
            if fill is None and reference is not None and reference.get("idx", "0") != "0":
                colour, opacity = theme.drawing(reference)
                fill = Fill(colour, "flat", opacity) if colour is not None else None
            ink = theme.drawing(styled.find(f"{A}fontRef"))[0] or ink
        transform = properties.find(f"{A}xfrm") if properties is not None else None
        upright = shape.find(f"{DSP}txXfrm")
        turned = sum(whole(one.get("rot")) or 0 for one in (transform, upright) if one is not None)
        look = Label("", SHAPE_SIZE, ink, ground=fill, angle=_turn(-turned / 60_000))
        yield from _runs(look, shape.find(f"{DSP}txBody"), theme)


def _turn(angle: float) -> float:
    turned = (angle + 180) % 360 - 180
    return 0.0 if abs(turned) < 0.01 else turned

"""Theme of a DOCX: its fonts and colours, and every way that Word and DrawingML have to say a colour."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import field

from clearprint.colour import BLACK, WHITE, Colour, from_hex
from clearprint.formats.docx import A, Element, W, whole
from clearprint.records import record

HIGHLIGHTS: dict[str, str] = {
    "black": "000000",
    "blue": "0000ff",
    "cyan": "00ffff",
    "green": "00ff00",
    "magenta": "ff00ff",
    "red": "ff0000",
    "yellow": "ffff00",
    "white": "ffffff",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "c0c0c0",
}
"""As Word and LibreOffice print them. ECMA-376-1, 17.18.40 names other darks and greys (darkGray A9A9A9), which nobody sees."""

_PRESETS = {"black": "000000", "white": "ffffff", "red": "ff0000", "green": "008000", "blue": "0000ff",
            "yellow": "ffff00", "gray": "808080", "grey": "808080", "silver": "c0c0c0", "navy": "000080",
            "maroon": "800000", "purple": "800080", "teal": "008080", "olive": "808000", "lime": "00ff00",
            "aqua": "00ffff", "cyan": "00ffff", "fuchsia": "ff00ff", "magenta": "ff00ff", "orange": "ffa500",
            "window": "ffffff", "windowText": "000000"}  # fmt: skip

_LONG_NAMES = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_MAPPING = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2"}
_MAPPED_BY = {"t1": "text1", "bg1": "background1", "t2": "text2", "bg2": "background2"}
_SHORT = {"tx1": "text1", "bg1": "background1", "tx2": "text2", "bg2": "background2"}
_DEFAULTS = {
    "dk1": "000000",
    "lt1": "ffffff",
    "dk2": "44546a",
    "lt2": "e7e6e6",
    "accent1": "4472c4",
    "accent2": "ed7d31",
    "accent3": "a5a5a5",
    "accent4": "ffc000",
    "accent5": "5b9bd5",
    "accent6": "70ad47",
    "hlink": "0563c1",
    "folHlink": "954f72",
}


@record
class Fill:
    """What a shape, cell or run is filled with. `colour` None with kind "flat" is no fill at all."""

    colour: Colour | None
    kind: str = "flat"  # flat, uneven, picture
    opacity: float = 1.0
    others: tuple[Colour, ...] = ()  # further colours of a gradient or pattern


@record(frozen=False)
class Theme:
    """Colours by slot ("accent1") and faces by use ("minorHAnsi")."""

    colours: dict[str, Colour] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=lambda: dict(_MAPPING))

    def font(self, use: str) -> str | None:
        """The face that `w:asciiTheme="minorHAnsi"` means."""
        return self.fonts.get(use)

    def colour(self, name: str) -> Colour | None:
        """The colour of `accent1`, `text1`, `tx1`, `dark2` …, through the document's mapping."""
        name = _SHORT.get(name, name)
        slot = _LONG_NAMES.get(name) or self.mapping.get(name) or name
        if slot in self.colours:
            return self.colours[slot]
        return from_hex(_DEFAULTS[slot]) if slot in _DEFAULTS else None

    def word(self, element: Element, prefix: str = "", plain: str = "val") -> Colour | None:
        """The colour of w:color, or with `prefix="fill"`, `plain="fill"` of w:shd. None is auto or none at all.

        The theme's colour wins over the value beside it (ECMA-376-1, 17.3.2.6).
        """
        name = element.get(f"{W}theme{prefix.capitalize()}" if prefix else f"{W}themeColor")
        if name and name != "none":
            colour = self.colour(name)
            if colour is not None:
                shade = element.get(f"{W}theme{prefix.capitalize()}Shade")
                tint = element.get(f"{W}theme{prefix.capitalize()}Tint")
                return _tinted(colour, tint, shade)
        return hex_colour(element.get(f"{W}{plain}"))

    def drawing(self, parent: Element | None) -> tuple[Colour | None, float]:
        """Colour and opacity of the DrawingML colour inside an element (a:srgbClr, a:schemeClr …); None: not known."""
        for item in parent if parent is not None else ():
            colour = self._base(item)
            if colour is not None:
                return _changed(colour, item)
        return None, 1.0

    def fill(self, parent: Element | None) -> Fill | None:
        """The fill that stands in a shape's properties; None when it names none. ECMA-376-1, 20.1.8."""
        for item in parent if parent is not None else ():
            if item.tag == f"{A}solidFill":
                colour, opacity = self.drawing(item)
                return Fill(colour, "flat" if colour is not None else "uneven", opacity)
            if item.tag == f"{A}noFill":
                return Fill(None)
            if item.tag in (f"{A}gradFill", f"{A}pattFill"):
                stops: list[Element | None] = [*item.iterfind(f"{A}gsLst/{A}gs")]
                stops = stops or [item.find(f"{A}fgClr"), item.find(f"{A}bgClr")]
                return mixed([self.drawing(stop) for stop in stops])
            if item.tag in (f"{A}blipFill", f"{A}grpFill"):
                return Fill(None, "picture" if item.tag == f"{A}blipFill" else "uneven")
        return None

    def _base(self, item: Element) -> Colour | None:
        if item.tag == f"{A}schemeClr":
            return self.colour(item.get("val", ""))
        if item.tag == f"{A}srgbClr":
            return hex_colour(item.get("val"))
        if item.tag == f"{A}sysClr":
            return hex_colour(item.get("lastClr")) or hex_colour(_PRESETS.get(item.get("val", "")))
        if item.tag == f"{A}prstClr":
            return hex_colour(_PRESETS.get(item.get("val", "")))
        if item.tag == f"{A}scrgbClr":
            red, green, blue = (_share(item.get(part)) or 0.0 for part in "rgb")
            return red, green, blue
        return None


def read_theme(tree: Element | None, settings: Element | None) -> Theme:
    """The theme part, with the colour mapping and theme languages that the settings give."""
    theme = Theme()
    if settings is not None:
        mapping = settings.find(f"{W}clrSchemeMapping")
        for short, name in _MAPPED_BY.items():
            slot = mapping.get(f"{W}{short}") if mapping is not None else None
            if slot:
                theme.mapping[name] = _LONG_NAMES.get(slot, slot)
    if tree is None:
        return theme
    scheme = tree.find(f".//{A}clrScheme")
    for item in scheme if scheme is not None else ():
        if isinstance(item.tag, str) and len(item):
            colour = theme._base(item[0])
            if colour is not None:
                theme.colours[item.tag.rsplit("}", 1)[-1]] = colour
    for kind in ("major", "minor"):
        font = tree.find(f".//{A}{kind}Font")
        if font is None:
            continue
        for part, uses in (("latin", ("HAnsi", "Ascii")), ("ea", ("EastAsia",)), ("cs", ("Bidi",))):
            named = font.find(f"{A}{part}")
            face = named.get("typeface") if named is not None else None
            for use in uses:
                if face and not face.startswith("+"):
                    theme.fonts[kind + use] = face
    return theme


def mixed(stops: Sequence[tuple[Colour | None, float]]) -> Fill:
    """A gradient or pattern of these colours and opacities."""
    colours = [colour for colour, _ in stops if colour is not None]
    opacity = min((opacity for _, opacity in stops), default=1.0)
    if not colours or len(colours) < len(stops) or max(opacity for _, opacity in stops) - opacity > 0.02:
        return Fill(None, "uneven")
    return Fill(colours[0], "uneven", opacity, tuple(colours[1:]))


def hex_colour(text: str | None) -> Colour | None:
    """`FF0000` as a colour; None for auto, none and nonsense."""
    if not text:
        return None
    try:
        return from_hex(text)
    except ValueError:
        return hex_colour(_PRESETS[text]) if text in _PRESETS else None


def vml_colour(text: str | None) -> Colour | None:
    """A VML colour: `#fc0`, `red`, `#4472c4 [3204]`."""
    return hex_colour(text.split()[0].split("[")[0]) if text and text.split() else None


def automatic(ground: Colour | None) -> Colour:
    """The ink of `auto`: black, or white on a dark shading, as Word picks it by brightness."""
    if ground is None:
        return BLACK
    brightness = 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2]
    return WHITE if brightness < 61 / 255 else BLACK


def shading(element: Element | None, theme: Theme) -> Fill | None:
    """What w:shd fills with; None when it fills nothing. ECMA-376-1, 17.18.78 for the patterns."""
    if element is None:
        return None
    pattern = element.get(f"{W}val", "clear")
    fill = theme.word(element, "fill", "fill")
    if pattern in ("clear", "nil"):
        return Fill(fill) if fill is not None and pattern == "clear" else None
    ink = theme.word(element, "", "color") or BLACK
    if pattern == "solid":
        return Fill(ink)
    ground = fill or WHITE
    if pattern.startswith("pct") and pattern[3:6].isdecimal():
        share = min(100, int(pattern[3:6])) / 100
    else:
        share = 0.25 if pattern.startswith("thin") else 0.5
    red, green, blue = (ink[i] * share + ground[i] * (1 - share) for i in range(3))
    return Fill((red, green, blue), "flat" if pattern.startswith("pct") else "uneven")


def _tinted(colour: Colour, tint: str | None, shade: str | None) -> Colour:
    """Word's tint and shade work on the lightness (ECMA-376-1, 17.3.2.6)."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    share = _byte(shade)
    if share is not None:
        lightness *= share
    share = _byte(tint)
    if share is not None:
        lightness = lightness * share + (1 - share)
    return colorsys.hls_to_rgb(hue, min(1.0, lightness), saturation)


def _changed(colour: Colour, item: Element) -> tuple[Colour, float]:
    """A DrawingML colour after its transforms, in their order. ECMA-376-1, 20.1.2.3."""
    opacity = 1.0
    for change in item:
        if not isinstance(change.tag, str):
            continue
        share = _share(change.get("val"))
        if share is None:
            continue
        what = change.tag.rsplit("}", 1)[-1]
        if what == "alpha":
            opacity = min(1.0, max(0.0, share))
        elif what in ("lumMod", "lumOff", "satMod"):
            hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
            if what == "lumMod":
                lightness *= share
            elif what == "lumOff":
                lightness += share
            else:
                saturation *= share
            colour = colorsys.hls_to_rgb(hue, _part(lightness), _part(saturation))
        elif what == "shade":
            colour = _linear_mix(colour, share, 0.0)
        elif what == "tint":
            colour = _linear_mix(colour, share, 1.0)
    return colour, opacity


def _linear_mix(colour: Colour, share: float, end: float) -> Colour:
    """Towards black or white in linear light, as DrawingML's shade and tint do."""
    red, green, blue = (_part(part**2.2 * share + end * (1 - share)) ** (1 / 2.2) for part in colour)
    return red, green, blue


def _part(value: float) -> float:
    return min(1.0, max(0.0, value))


def _share(text: str | None) -> float | None:
    """`75000` or `75%` as 0.75."""
    if not text:
        return None
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text) / 100_000
    except ValueError:
        return None


def _byte(text: str | None) -> float | None:
    if not text:
        return None
    try:
        return int(text, 16) / 255
    except ValueError:
        number = whole(text)
        return None if number is None else _part(number / 255)

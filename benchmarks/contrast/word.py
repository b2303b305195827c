"""Word documents whose contrast is known: theme colours, automatic ink, highlights, and fills from the run to the page."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator

from benchmarks.contrast.page import FLAT, WORD, Case, grey
from clearprint.colour import BLACK, WHITE, Colour, contrast, from_hex, luminance, over
from tests.docx_kit import docx, p, r

NAVY = from_hex("12235a")
ACCENT = from_hex("336699")
THEME = (
    '<a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/>'
    '</a:lt1><a:dk2><a:srgbClr val="1F3864"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2>'
    '<a:accent1><a:srgbClr val="336699"/></a:accent1><a:hlink><a:srgbClr val="0563C1"/></a:hlink></a:clrScheme>'
)


def word() -> Iterator[Case]:
    """All of them."""
    yield from inks()
    yield from grounds()
    yield from boxes()


def _case(name: str, kind: str, body: str, ink: Colour, ground: Colour, **parts: str) -> Case:
    document = docx(body, theme=THEME, **parts)  # type: ignore[arg-type]
    return Case(name, f"Word: {kind}", document, contrast(ink, ground), FLAT, reversed=luminance(ink) > luminance(ground))


def _shaded(fill: str, value: str = "clear", colour: str = "auto") -> str:
    return f'<w:shd w:val="{value}" w:color="{colour}" w:fill="{fill}"/>'


def _coloured(value: str, more: str = "") -> str:
    return f'<w:color w:val="{value}" {more}/>'


def _lightness(colour: Colour, share: float, add: float = 0.0) -> Colour:
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, lightness * share + add, saturation)


def inks() -> Iterator[Case]:
    yield _case("black on paper", "ink", p(WORD), BLACK, WHITE)
    yield _case("grey of 4.4", "ink", p(WORD, "", _coloured("787878")), grey(120 / 255), WHITE)
    yield _case("grey of 4.6", "ink", p(WORD, "", _coloured("757575")), grey(117 / 255), WHITE)
    themed = 'w:themeColor="accent1"'
    yield _case("a theme colour", "theme", p(WORD, "", _coloured("FF0000", themed)), ACCENT, WHITE)
    shade, tint = 0xBF / 255, 0x99 / 255
    yield _case(
        "a theme colour's shade", "theme", p(WORD, "", _coloured("FF0000", themed + ' w:themeShade="BF"')),
        _lightness(ACCENT, shade), WHITE,
    )  # fmt: skip
    yield _case(
        "a theme colour's tint", "theme", p(WORD, "", _coloured("FF0000", themed + ' w:themeTint="99"')),
        _lightness(ACCENT, tint, 1 - tint), WHITE,
    )  # fmt: skip
    link = '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1" '
    link += 'w:themeColor="hyperlink"/><w:u w:val="single"/></w:rPr></w:style>'
    yield _case("a link", "theme", p(WORD, "", '<w:rStyle w:val="Hyperlink"/>'), from_hex("0563c1"), WHITE, styles=link)
    art = (
        '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="60000"/></w14:srgbClr></w14:solidFill>'
    )
    yield _case("a see-through text fill", "ink", p(WORD, "", art + "</w14:textFill>"), over(BLACK, WHITE, 0.4), WHITE)


def grounds() -> Iterator[Case]:
    white = _coloured("FFFFFF")
    yield _case("automatic ink on a dark paragraph", "automatic", p(WORD, _shaded("12235A")), WHITE, NAVY)
    yield _case("automatic ink on a pale paragraph", "automatic", p(WORD, _shaded("F2D16B")), BLACK, from_hex("f2d16b"))
    yield _case("automatic ink on a dark run", "automatic", p(WORD, "", _shaded("101010")), WHITE, from_hex("101010"))
    yield _case("automatic ink on a black highlight", "automatic", p(WORD, "", '<w:highlight w:val="black"/>'), BLACK, BLACK)
    cell = f"<w:tbl><w:tr><w:tc><w:tcPr>{_shaded('12235A')}</w:tcPr>{p(WORD)}</w:tc></w:tr></w:tbl>"
    yield _case("automatic ink in a dark cell", "automatic", cell, WHITE, NAVY)
    for name, seen in (("yellow", "ffff00"), ("darkGray", "808080"), ("lightGray", "c0c0c0"), ("darkCyan", "008080")):
        for colour, ink in (("FFFFFF", WHITE), ("000000", BLACK)):
            marks = _coloured(colour) + f'<w:highlight w:val="{name}"/>'
            tone = "white" if ink == WHITE else "black"
            yield _case(f"{tone} on {name}", "highlight", p(WORD, "", marks), ink, from_hex(seen))
    both = _coloured("FFFFFF") + '<w:highlight w:val="darkBlue"/>' + _shaded("FFFF00")
    yield _case("a highlight over shading", "highlight", p(WORD, "", both), WHITE, from_hex("000080"))
    yield _case("white on a shaded run", "shading", p(WORD, "", white + _shaded("336699")), WHITE, ACCENT)
    yield _case("white on a shaded paragraph", "shading", p(WORD, _shaded("336699"), white), WHITE, ACCENT)
    half = _shaded("FFFFFF", "pct50", "000000")
    yield _case("white on half-toned shading", "shading", p(WORD, half, white), WHITE, grey(0.5))
    yield _case("white on solid shading", "shading", p(WORD, _shaded("FFFFFF", "solid", "336699"), white), WHITE, ACCENT)
    themed = '<w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="accent1" w:themeFillTint="99"/>'
    tint = 0x99 / 255
    yield _case("white on a tint of the theme", "shading", p(WORD, themed, white), WHITE, _lightness(ACCENT, tint, 1 - tint))
    styled = (
        '<w:style w:type="paragraph" w:styleId="Box"><w:name w:val="Box"/><w:pPr>' + _shaded("336699") + "</w:pPr></w:style>"
    )
    yield _case(
        "white on its style's shading", "shading", p(WORD, '<w:pStyle w:val="Box"/>', white), WHITE, ACCENT, styles=styled
    )
    inner = f"<w:tbl><w:tr><w:tc><w:tcPr>{_shaded('FFFF00')}</w:tcPr>{p(WORD, '', white)}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:tcPr>{_shaded('12235A')}</w:tcPr>{inner}{p('')}</w:tc></w:tr></w:tbl>"
    yield _case("white in a yellow cell in a navy one", "cell", outer, WHITE, (1, 1, 0))
    table = (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
        + _shaded("336699")
        + "</w:tcPr></w:tblStylePr></w:style>"
    )
    row = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1"/></w:tblPr>'
        f"<w:tr><w:tc>{p(WORD, '', white)}</w:tc></w:tr></w:tbl>"
    )
    yield _case("white in the first row of a styled table", "cell", row, WHITE, ACCENT, styles=table)
    page = '<w:background w:color="1F3864"/>'
    shown = "<w:displayBackgroundShape/>"
    yield _case(
        "white on a coloured page", "page", p(WORD, "", white), WHITE, from_hex("1f3864"), before_body=page, settings=shown
    )


_BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="2540000" cy="635000"/>'
    "<wp:wrapSquare/><a:graphic><a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr>{style}<wps:txbx><w:txbxContent>{text}"
    "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    "</mc:AlternateContent></w:r></w:p>"
)
_VML = (
    '<w:p><w:r><w:pict><v:shape style="width:200pt;height:50pt" {fill}><v:textbox><w:txbxContent>{text}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)


def boxes() -> Iterator[Case]:
    white = _coloured("FFFFFF")

    def box(text: str, fill: str, looks: str = "") -> str:
        return _BOX.format(text=text, fill=fill, style=looks)

    solid = '<a:solidFill><a:srgbClr val="336699"/></a:solidFill>'
    yield _case("white in a filled text box", "text box", box(p(WORD, "", white), solid), WHITE, ACCENT)
    scheme = (
        '<a:solidFill><a:schemeClr val="accent1"><a:lumMod val="60000"/><a:lumOff val="40000"/></a:schemeClr></a:solidFill>'
    )
    yield _case(
        "white in a box of a lighter accent", "text box", box(p(WORD, "", white), scheme), WHITE, _lightness(ACCENT, 0.6, 0.4)
    )
    faint = '<a:solidFill><a:srgbClr val="000000"><a:alpha val="40000"/></a:srgbClr></a:solidFill>'
    yield _case("white in a see-through box", "text box", box(p(WORD, "", white), faint), WHITE, grey(0.6))
    own = (
        '<wps:style><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/>'
        "</a:fontRef></wps:style>"
    )
    yield _case("a shape's own style", "text box", box(p(WORD), "", own), WHITE, ACCENT)
    yield _case(
        "automatic ink in a dark box", "automatic", box(p(WORD), solid.replace("336699", "000040")), WHITE, (0, 0, 64 / 255)
    )
    stops = (
        '<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="12235A"/></a:gs><a:gs pos="100000"><a:srgbClr val="8090C0"/></a:gs>'
        "</a:gsLst></a:gradFill>"
    )
    yield _case("white in a box with a gradient", "text box", box(p(WORD, "", white), stops), WHITE, from_hex("8090c0"))
    hatch = (
        '<a:pattFill prst="dkUpDiag"><a:fgClr><a:srgbClr val="336699"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
        "</a:pattFill>"
    )
    yield _case("black in a hatched box", "text box", box(p(WORD), hatch), BLACK, ACCENT)
    old = _VML.format(text=p(WORD, "", white), fill='fillcolor="#336699"')
    yield _case("white in an old text box", "text box", old, WHITE, ACCENT)
    blend = _VML.format(text=p(WORD, "", white), fill='fillcolor="#12235a"').replace(
        "<v:textbox>", '<v:fill type="gradient" color2="#8090c0"/><v:textbox>'
    )
    yield _case("white in an old box with a gradient", "text box", blend, WHITE, from_hex("8090c0"))
    plain = _VML.format(text=p(WORD, "", _coloured("999999")), fill='filled="f"')
    yield _case("grey in a box without a fill", "text box", plain, from_hex("999999"), WHITE)
    two = p("", "") + f"<w:p>{r('Ham', _coloured('000000'))}{r('burgefonstiv', _coloured('AAAAAA'))}</w:p>"
    yield _case("the paler half of a word", "ink", two, from_hex("aaaaaa"), WHITE)

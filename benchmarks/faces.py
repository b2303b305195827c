"""Draws docs/faces.png: open faces as they are measured, for a person to hold against what their eyes say.

One row a face: its letters, the critical figures as low vision blurs them at 12 pt, upright stroke and distinctness on scales
with the limits of questions 5 and 7, and what is remarked. Faces come from fontconfig and from folders named on the command
line (`python -m benchmarks.faces FOLDER …`); those that are not found are named, and nothing is written.

Debian: fonts-b612 fonts-crosextra-carlito fonts-dejavu fonts-lato fonts-liberation fonts-noto-core fonts-urw-base35.
PyPI: fontpkg-atkinson-hyperlegible, -bodoni-moda, -lexend, -open-sans, -playfair-display, -raleway.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pymupdf
from PIL import Image, ImageDraw, ImageFont

from clearprint.formats import figures, letterforms
from clearprint.formats.letterforms import Letterforms, Shapes
from clearprint.model import Digits

PICTURE = Path(__file__).parents[1] / "docs" / "faces.png"
FACES = (  # what is said of them, name, file, weight of a variable face
    ("Must pass at 12 pt", "Liberation Sans (Arial)", "LiberationSans-Regular.ttf", 0),
    ("", "Liberation Serif (Times New Roman)", "LiberationSerif-Regular.ttf", 0),
    ("", "Carlito (Calibri)", "Carlito-Regular.ttf", 0),
    ("", "DejaVu Sans", "DejaVuSans.ttf", 0),
    ("", "Lexend", "Lexend[wght].ttf", 400),
    ("", "Atkinson Hyperlegible", "AtkinsonHyperlegible-Regular.ttf", 0),
    ("", "B612", "B612-Regular.otf", 0),
    ("Other faces for text", "Open Sans", "OpenSans[wdth,wght].ttf", 400),
    ("", "Noto Sans", "NotoSans-Regular.ttf", 0),
    ("", "Lato", "Lato-Regular.ttf", 0),
    ("", "C059 (Century Schoolbook)", "C059-Roman.otf", 0),
    ("", "P052 (Palatino)", "P052-Roman.otf", 0),
    ("", "URW Gothic (Avant Garde)", "URWGothic-Book.otf", 0),
    (
        "Narrow, light, typewriter faces: advice",
        "Liberation Sans Narrow (Arial Narrow)",
        "LiberationSansNarrow-Regular.ttf",
        0,
    ),
    ("", "Nimbus Mono PS (Courier)", "NimbusMonoPS-Regular.otf", 0),
    ("", "Lato Light", "Lato-Light.ttf", 0),
    ("", "DejaVu Sans ExtraLight", "DejaVuSans-ExtraLight.ttf", 0),
    ("Hairlines: must fail", "Playfair Display", "PlayfairDisplay[wght].ttf", 400),
    ("", "Bodoni Moda", "BodoniModa[opsz,wght].ttf", 400),
    ("", "Lato Hairline", "Lato-Hairline.ttf", 0),
    ("", "Raleway Thin", "Raleway[wght].ttf", 100),
    ("", "Lexend Thin", "Lexend[wght].ttf", 100),
)
SAMPLE = "Hanegl 0123456789 1lI"
_ROW, _HEAD = 46, 96
_NAME, _LETTERS, _FIGURES, _STEM, _DISTINCT, _REMARKS = 24, 300, 650, 950, 1130, 1310
_WIDTH, _BAR = 1480, 150
_INK, _QUIET, _GOOD, _FAIR, _BAD = 0x222222, 0x777777, 0x2E7D4F, 0xB7791F, 0xB3261E
_STEMS, _DISTANCES = (0.10, 0.14, 0.35), (0.05, 0.078, 0.18)  # fault under, advice under, end of the scale
_ZOOM = 2  # pixels a pixel of the blurred figures


def main(folders: list[str]) -> int:
    found = _installed(folders)
    missing = sorted({file for _, _, file, _ in FACES if file not in found})
    if missing:
        print(f"These font files are not installed: {', '.join(missing)}.", file=sys.stderr)
        return 2
    height = _HEAD + sum(_ROW + (26 if group else 0) for group, *_ in FACES) + 20
    sheet = Image.new("RGB", (_WIDTH, height), "white")
    draw = ImageDraw.Draw(sheet)
    _heading(draw)
    y = _HEAD
    for group, name, file, weight in FACES:
        if group:
            draw.text((_NAME, y + 8), group, fill=_colour(_QUIET), font=_font(15))
            y += 26
        _row(sheet, draw, y, name, _shapes(found[file], weight))
        y += _ROW
    sheet.quantize(48, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE}: {len(FACES)} faces")
    return 0


def _installed(folders: list[str]) -> dict[str, Path]:
    listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=False).stdout
    paths = [Path(line) for line in listed.splitlines()]
    paths += [path for folder in folders for path in Path(folder).rglob("*.[to]tf")]
    return {path.name: path for path in paths}


def _shapes(path: Path, weight: int) -> Shapes:
    data = path.read_bytes()
    if weight:
        from fontTools.ttLib import TTFont
        from fontTools.varLib.instancer import instantiateVariableFont

        variable = TTFont(io.BytesIO(data))
        axes = {axis.axisTag: axis.defaultValue for axis in variable["fvar"].axes}
        written = io.BytesIO()
        instantiateVariableFont(variable, {**axes, "wght": weight}).save(written)
        data = written.getvalue()
    font = pymupdf.Font(fontbuffer=data).this
    return Shapes(font, lambda character: int(pymupdf.mupdf.fz_encode_character(font, ord(character))))


def _heading(draw: ImageDraw.ImageDraw) -> None:
    draw.text((_NAME, 18), "Open faces as clearprint measures them", fill=_colour(_INK), font=_font(24))
    for x, words in (
        (_LETTERS, "Letters and figures"),
        (_FIGURES, "3/8  5/6  0/8  6/9  0/6  3/5 blurred as at 12 pt"),
        (_STEM, "Upright stroke over x-height"),
        (_DISTINCT, "Figures told apart, em"),
        (_REMARKS, "Remarks"),
    ):
        draw.text((x, 66), words, fill=_colour(_QUIET), font=_font(13))


def _row(sheet: Image.Image, draw: ImageDraw.ImageDraw, y: int, name: str, shapes: Shapes) -> None:
    forms, digits = letterforms.measure(shapes), figures.measure(shapes)
    if digits is None or forms.stem is None:
        raise SystemExit(f"{name} has no figures or no letters that could be measured")
    draw.line((_NAME, y, _WIDTH - _NAME, y), fill=_colour(0xDDDDDD))
    draw.text((_NAME, y + 8), name, fill=_colour(_INK), font=_font(15))
    draw.text((_NAME, y + 26), f"weight {forms.weight}", fill=_colour(_QUIET), font=_font(12))
    _letters(draw, _LETTERS, y + 33, shapes)
    x = _FIGURES
    for pair in figures.PAIRS:
        for digit in pair:
            sheet.paste(_blurred(shapes, digit), (x, y - 3))
            x += 21
        x += 5
    _bar(draw, _STEM, y, forms.stem, _STEMS, "{:.3f}")
    _bar(draw, _DISTINCT, y, digits.distinctness, _DISTANCES, "{:.3f}")
    for i, remark in enumerate(_remarks(forms, digits)):
        draw.text(
            (_REMARKS, y + 6 + 16 * i), remark, fill=_colour(_BAD if i == 0 and "hair" in remark else _INK), font=_font(13)
        )


def _remarks(forms: Letterforms, digits: Digits) -> list[str]:
    facts = (
        (digits.hairline, "hairline figures"),
        (digits.old_style, "old-style figures"),
        (digits.one_like_l, "1, l and I alike"),
    )
    return [words for fact, words in facts if fact][:2] or [f"nearest pair {digits.worst_pair}"]


def _letters(draw: ImageDraw.ImageDraw, x: float, base: float, shapes: Shapes, size: float = 28.0) -> None:
    """Outlines filled with even-odd runs of rows finer than pixels, as any face may have holes."""
    for character in SAMPLE:
        shape = shapes(character)
        if shape is None:
            x += 0.28 * size
            continue
        for step in range(int(4 * size * 1.4)):
            level = -0.3 + step / (4 * size)
            for start, end in shape.across(level):
                y = base - level * size
                draw.line((x + start * size, y, x + end * size - 0.5, y), fill=_colour(_INK))
        x += shape.advance * size


def _blurred(shapes: Shapes, digit: str) -> Image.Image:
    frame = figures.frame_at(figures.SIZE)
    drawn = shapes.picture(digit, frame.grid, frame.wide, frame.tall, frame.base)
    if drawn is None:
        raise SystemExit(f"a figure {digit} cannot be drawn")
    seen, _ = figures._blurred(drawn, frame.wide)
    tall = frame.tall
    picture = Image.new("L", (frame.wide, tall))
    picture.putdata([255 - 255 * seen[x * tall + y] // figures.WHITE for y in range(tall) for x in range(frame.wide)])
    return picture.resize((_ZOOM * frame.wide, _ZOOM * tall), Image.Resampling.BICUBIC).crop((10, 6, 32, 52))


def _bar(draw: ImageDraw.ImageDraw, x: int, y: int, value: float, scale: tuple[float, float, float], form: str) -> None:
    fault, advice, end = scale
    colour = _BAD if value < fault else _FAIR if value < advice else _GOOD
    draw.rectangle((x, y + 26, x + _BAR * min(1.0, value / end), y + 35), fill=_colour(colour))
    for limit in (fault, advice):
        at = x + _BAR * limit / end
        draw.line((at, y + 22, at, y + 39), fill=_colour(_INK))
    draw.text((x, y + 6), form.format(value), fill=_colour(colour), font=_font(13))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _colour(value: int) -> tuple[int, int, int]:
    return value >> 16, value >> 8 & 255, value & 255


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

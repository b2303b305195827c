"""Documents that benchmarks make for themselves, the same every time: plain text, and pages full of pictures and tints."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pymupdf

WIDTH, HEIGHT = 595.0, 842.0  # A4, points
_WORDS = """
    the of and to in for that with this from people letter council home service please which help office time before after
    write read large print paper hospital appointment number telephone information about your our when where there would
    should doctor nurse bus stop street school
""".split()  # noqa: SIM905 - as a list it takes fifty lines


def text_pages(path: Path, pages: int, size: int = 11) -> Path:
    """A PDF of plain pages: a heading, paragraphs and a page number; in 11 pt about 3,500 letters a page.

    At 14 pt there is nothing wrong with them; at 11 pt each paragraph is too small and has lines that are too long.
    """
    choose = random.Random(1)
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=WIDTH, height=HEIGHT)
            page.insert_font("helv")
            page.insert_font("hebo")
            shown: list[tuple[int, float, str, str]] = [
                (16, 80.0, f"Part {number} of this booklet", "hebo"),
                *_paragraphs(choose, size),
                (max(size, 11), HEIGHT - 40, str(number), "helv"),
            ]
            text = "\n".join(f"BT /{font} {size} Tf 70 {HEIGHT - y:g} Td ({line}) Tj ET" for size, y, line, font in shown)
            contents = document.get_new_xref()
            document.update_object(contents, "<<>>")
            document.update_stream(contents, text.encode())
            page.set_contents(contents)
        document.save(path, deflate=True)
    return path


def picture_pages(path: Path, pages: int) -> Path:
    """A PDF of pages with six photographs, forty tints and a little text each."""
    choose = random.Random(2)
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            page = document.new_page(width=WIDTH, height=HEIGHT)
            for tint in range(40):
                x, y = 40 + 130 * (tint % 4), 40 + 75 * (tint // 4)
                shade = 0.5 + 0.5 * choose.random()
                page.draw_rect((x, y, x + 110, y + 60), color=None, fill=(shade, shade, 0.9))
            for place in range(6):
                x, y = 50 + 260 * (place % 2), 60 + 250 * (place // 2)
                page.insert_image((x, y, x + 220, y + 150), stream=_photograph(choose))
            for line in range(12):
                sentence = " ".join(choose.choice(_WORDS) for _ in range(10))
                page.insert_text((50, 225 + 250 * (line // 4) + 14 * (line % 4)), f"{number} {sentence}", fontsize=11)
        document.save(path, garbage=3, deflate=True)
    return path


def _paragraphs(choose: random.Random, size: int) -> Iterator[tuple[int, float, str, str]]:
    """Lines of paragraphs down one page: size, distance from the top, text, font."""
    y = 110.0
    larger = max(size, 11) / 11  # what is set in less keeps its lines, only smaller
    while True:
        line, width = "", 0.0
        for word in (choose.choice(_WORDS) for _ in range(choose.randint(50, 110))):
            wide = _width(word)
            if larger * (width + wide) > WIDTH - 140:
                yield size, y, line.strip(), "helv"
                line, width, y = "", 0.0, y + 14 * larger
                if y > HEIGHT - 70:
                    return
            line, width = f"{line} {word}", width + wide
        yield size, y, f"{line.strip()}.", "helv"
        y += 24 * larger
        if y > HEIGHT - 90:
            return


@cache
def _width(word: str) -> float:
    """Points that a word and its space take."""
    return float(pymupdf.get_text_length(f"{word} ", fontname="helv", fontsize=11))


def _photograph(choose: random.Random) -> bytes:
    """A JPEG of soft shapes and noise: it costs a reader what a photograph of its size does."""
    from PIL import Image, ImageFilter

    noise = Image.frombytes("RGB", (60, 40), choose.randbytes(60 * 40 * 3)).resize((900, 600)).filter(ImageFilter.BoxBlur(6))
    held = BytesIO()
    noise.save(held, "JPEG", quality=80)
    return held.getvalue()

"""Colours as people see them: sRGB, each part from 0 to 1.

Luminance and contrast follow WCAG 2.2; the contrast ratio comes from the package `wcag-contrast-ratio`.
"""

from __future__ import annotations

import colorsys
import math
from functools import lru_cache

from clearprint import lazily

Colour = tuple[float, float, float]

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)

_SAME = 5.0  # of CIE 1976 colour difference; 2.3 is just noticed side by side (Mahy, Van Eycken, Oosterlinck 1994)
_PRINTS_BLACK = 16.0  # CIE lightness of black ink alone, ISO 12647-2:2013, table 5: what is darker is as black

_HEX = lazily.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def contrast(one: Colour, other: Colour) -> float:
    """WCAG contrast ratio, 1.0 to 21.0, whichever of the two is lighter."""
    import wcag_contrast_ratio

    return float(wcag_contrast_ratio.rgb(_clamped(one), _clamped(other)))


@lru_cache(maxsize=4096)  # a page's words and tints share a few
def luminance(colour: Colour) -> float:
    """WCAG relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in _clamped(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def look_alike(one: Colour | None, other: Colour | None) -> bool:
    """Whether nobody would call them two colours: nearly the same, or both black, in one ink or in all four."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    first, second = _lab(one), _lab(other)
    apart = math.dist(first, second)
    return apart <= _SAME or (apart <= _PRINTS_BLACK and max(first[0], second[0]) <= _PRINTS_BLACK)


def over(ink: Colour, ground: Colour, opacity: float) -> Colour:
    """The colour seen when `ink` of that opacity lies over `ground`."""
    return (
        ink[0] * opacity + ground[0] * (1 - opacity),
        ink[1] * opacity + ground[1] * (1 - opacity),
        ink[2] * opacity + ground[2] * (1 - opacity),
    )


def from_hex(text: str) -> Colour:
    """`#fff3d6`, `fff3d6` or `#fff` as a colour. ValueError when it is none."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no colour; write it like #fff3d6")
    digits = match.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def to_hex(colour: Colour) -> str:
    """`#rrggbb`, rounded to eight bits a part."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in _clamped(colour))


def nearest_passing(ink: Colour, ground: Colour, ratio: float) -> Colour | None:
    """The ink of the same hue, nearest in lightness, that reaches `ratio` on `ground`; None when none does."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_clamped(ink))
    best: tuple[float, Colour] | None = None
    for end in (0.0, 1.0):
        extreme = colorsys.hls_to_rgb(hue, end, saturation)
        if contrast(extreme, ground) < ratio:
            continue
        near, far = lightness, end
        for _ in range(20):
            middle = (near + far) / 2
            if contrast(_eight_bit(colorsys.hls_to_rgb(hue, middle, saturation)), ground) >= ratio:
                far = middle
            else:
                near = middle
        found = _eight_bit(colorsys.hls_to_rgb(hue, far, saturation))
        if contrast(found, ground) >= ratio and (best is None or abs(far - lightness) < best[0]):
            best = abs(far - lightness), found
    return best[1] if best else None


@lru_cache(maxsize=1024)
def passing(ink: str, ground: str, ratio: float) -> str:
    """`nearest_passing` of and in `#rrggbb`; black or white, whichever is stronger, where nothing reaches the ratio."""
    below = from_hex(ground)
    strongest = max((BLACK, WHITE), key=lambda end: contrast(end, below))
    return to_hex(nearest_passing(from_hex(ink), below, ratio) or strongest)


def _eight_bit(colour: Colour) -> Colour:
    red, green, blue = (round(part * 255) / 255 for part in _clamped(colour))
    return red, green, blue


def _clamped(colour: Colour) -> Colour:
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)
    return red, green, blue


def _lab(colour: Colour) -> tuple[float, float, float]:
    """CIE 1976 L*a*b* under D65."""
    red, green, blue = (_linear(part) for part in _clamped(colour))
    x = _cube_root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
    y = _cube_root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _cube_root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 0.008856 else 7.787 * part + 16 / 116


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

"""Small ICC profiles made by arithmetic, and what LittleCMS makes of colours through them (by Pillow's ImageCms).

Each is of version 2 (ICC.1:2001-04): a press on which inks mix as Neugebauer has it, and a display with straight curves.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from io import BytesIO
from itertools import product

from clearprint.colour import Colour

Lab = tuple[float, float, float]

_D50 = (0.9642, 1.0, 0.8249)
_INKS: tuple[Lab, ...] = ((0.30, -18.0, -45.0), (0.35, 60.0, 0.0), (0.93, -4.0, 70.0), (0.12, 0.0, 0.0))
"""Of cyan, magenta, yellow and black: the share of lightness that a full layer leaves, and its cast."""


def press() -> bytes:
    """A CMYK profile unlike the usual ones: its cyan is nearly navy and its black no darker than L 12."""
    corners = bytearray()
    for inks in product((0, 1), repeat=4):
        lightness, a, b = 100.0, 0.0, 0.0
        for there, (left, cast_a, cast_b) in zip(inks, _INKS, strict=True):
            if there:
                lightness, a, b = lightness * left, a + cast_a, b + cast_b
        black = inks[3]
        lightness = max(lightness, 12.0)
        a, b = (a * (1 - 0.8 * black), b * (1 - 0.8 * black))
        corners += bytes((round(lightness * 2.55), round(a) + 128, round(b) + 128))
    curve = bytes(range(256))
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + curve * 4 + bytes(corners) + curve * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table, b"A2B1": table}, "Small press")


def linear_display() -> bytes:
    """An RGB profile with the primaries of sRGB and straight curves: half of a part is half of its light."""
    curve = b"curv" + bytes(4) + struct.pack(">I", 0)
    tags = {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    for name, xyz in (
        (b"rXYZ", (0.4361, 0.2225, 0.0139)),
        (b"gXYZ", (0.3851, 0.7169, 0.0971)),
        (b"bXYZ", (0.1431, 0.0606, 0.7141)),
    ):
        tags[name] = _xyz(xyz)
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags, "Straight display")


@lru_cache
def seen(profile: bytes, parts: tuple[float, ...]) -> Colour:
    """A colour of the profile, its parts from 0 to 1, in sRGB: relative colorimetric, as ISO 32000-1, 8.6.5.8 has it."""
    from PIL import Image, ImageCms

    mode = "CMYK" if len(parts) == 4 else "RGB"
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    image = Image.new(mode, (1, 1), tuple(round(part * 255) for part in parts))
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None
    red, green, blue = converted.getpixel((0, 0))  # type: ignore[misc]
    return red / 255, green / 255, blue / 255


def lab(lightness: float, a: float, b: float) -> Colour:
    """CIE Lab under D50 in sRGB, by the formulas of the CIE and the usual D50 matrix of sRGB."""
    fy = (lightness + 16) / 116
    xyz = [
        white * (f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29))
        for white, f in zip(_D50, (fy + a / 500, fy, fy - b / 200), strict=True)
    ]
    rows = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))
    red, green, blue = (encoded(sum(m * v for m, v in zip(row, xyz, strict=True))) for row in rows)
    return red, green, blue


def encoded(light: float) -> float:
    """Linear light as a part of sRGB (IEC 61966-2-1)."""
    light = min(1.0, max(0.0, light))
    return light * 12.92 if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def _profile(kind: bytes, space: bytes, between: bytes, tags: dict[bytes, bytes], name: str) -> bytes:
    text = name.encode() + b"\0"
    described = b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)
    tags = {b"desc": described, b"cprt": b"text" + bytes(4) + b"free\0", b"wtpt": _xyz(_D50), **tags}
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for signature, data in tags.items():
        table += signature + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x02100000, kind, space, between)
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(24)
    header += struct.pack(">I3i", 1, *(round(value * 65536) for value in _D50))
    return header.ljust(128, b"\0") + table + body

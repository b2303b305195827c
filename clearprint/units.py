"""Lengths: points inside, millimetres at the edges.

A point here is the PDF and desktop-publishing point, 1/72 inch (ISO 32000-1, 8.3.2.3).
"""

from __future__ import annotations

POINTS_PER_INCH = 72.0
MM_PER_INCH = 25.4


def to_mm(points: float) -> float:
    """Length in millimetres of a length in points."""
    return points * MM_PER_INCH / POINTS_PER_INCH


def from_mm(millimetres: float) -> float:
    """Length in points of a length in millimetres."""
    return millimetres * POINTS_PER_INCH / MM_PER_INCH

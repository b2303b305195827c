"""Reading order: down each column, columns from left to right (or right to left), what spans them between."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.layout.paras import Para


def in_order(paras: Sequence[Para], rtl: bool = False) -> list[Para]:
    """The blocks of a page as they are read. A block that belongs to no column and spans several ends a band of columns."""
    ordered = sorted(paras, key=lambda para: (para.box.y0, para.box.x0))
    columned = [para for para in ordered if para.column is not None]
    if len({para.column for para in columned}) < 2:
        return _by_rows(ordered)
    result: list[Para] = []
    band: list[Para] = []
    for para in ordered:
        if para.column is None and _spans(para, columned):
            result += _columns(band, rtl)
            result.append(para)
            band = []
        else:
            band.append(para)
    return result + _columns(band, rtl)


def _spans(para: Para, columned: Sequence[Para]) -> bool:
    """Whether it stands over the width of more than one column."""
    over = {other.column for other in columned if other.box.x_overlap(para.box) > para.size}
    return len(over) > 1


def _columns(band: Sequence[Para], rtl: bool) -> list[Para]:
    """A band of columns: blocks outside of them go with the column they are nearest to."""
    places: dict[int, tuple[float, float]] = {}
    for para in band:
        if para.column is not None:
            x0, x1 = places.get(para.column, (para.box.x0, para.box.x1))
            places[para.column] = min(x0, para.box.x0), max(x1, para.box.x1)
    if not places:
        return _by_rows(band)
    lists: dict[int, list[Para]] = {column: [] for column in places}
    for para in band:
        home = para.column
        if home is None:
            middle = para.box.centre[0]
            home = min(places, key=lambda column: (max(places[column][0] - middle, middle - places[column][1], 0.0), column))
        lists[home].append(para)
    result: list[Para] = []
    for column in sorted(lists, key=lambda column: places[column][0], reverse=rtl):
        result += _by_rows(lists[column])
    return result


def _by_rows(paras: Sequence[Para]) -> list[Para]:
    """From top to bottom; what stands on one baseline from left to right."""
    ordered = sorted(paras, key=lambda para: (para.strips[0].baseline, para.box.x0))
    result: list[Para] = []
    row: list[Para] = []
    for para in ordered:
        if row and para.strips[0].baseline - row[0].strips[0].baseline > 0.4 * para.size:
            result += sorted(row, key=lambda one: one.box.x0)
            row = []
        row.append(para)
    return result + sorted(row, key=lambda one: one.box.x0)

"""The understanding half of layout/ never falls over odd input: no sizes, no numbers, huge pages, strange signs."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from clearprint.geometry import Box
from clearprint.layout.surroundings import surround
from clearprint.layout.writing import places
from clearprint.model import Field, Panel, Picture, Stroke
from tests.handmade import doc, line, marks, page

_ODD = st.sampled_from([math.nan, math.inf, -math.inf, -1e9, 1e9, 0.0, 1e-9, 72.0, 300.0, 595.0])
_BOXES = st.builds(Box, _ODD, _ODD, _ODD, _ODD)
_TEXTS = st.one_of(
    st.text(max_size=30), st.sampled_from(["Name: ________", "Contents ..... 3", "12", "xii", "\x00\x07", "-", "• ", "1 / 3"])
)
_LINES = st.lists(
    st.builds(
        line, _TEXTS, st.sampled_from([0.01, 6, 12, 400]), at=st.sampled_from([(72.0, 30.0), (72.0, 300.0), (-900.0, 2e6)])
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(_LINES, st.lists(_BOXES, max_size=4), st.sampled_from([(595.0, 842.0), (0.0, 0.0), (1e7, 3.0)]))
def test_odd_pages_are_understood_all_the_same(pieces, boxes, size):
    sheet = page(
        *pieces,
        size=size,
        pictures=tuple(Picture(box) for box in boxes),
        panels=tuple(Panel(box, outlined=True) for box in boxes),
        strokes=tuple(Stroke(box, 1.0, True) for box in boxes),
        fields=tuple(Field("text", box, None, None) for box in boxes),
    )
    understood = places(surround(sheet, marks()))
    document = doc(understood, understood, understood, understood)
    assert len(document.pages) == 4
    assert [block.text for block in document.pages[0].blocks] == [block.text for block in sheet.blocks]

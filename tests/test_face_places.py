"""Where the figures of a face are shown."""

from __future__ import annotations

from clearprint.geometry import Box
from clearprint.model import Face, FaceUse, Place


def test_a_face_is_shown_where_it_sets_figures() -> None:
    face = Face("Georgia", "Georgia")
    words = FaceUse(face, 5, 0, None, 0, Place(1, Box(10, 10, 50, 20), "words"))
    figures = FaceUse(face, 4, 4, 12.0, 0, Place(2, Box(10, 10, 50, 20), "1066"))
    for merged in (words.merged(figures), figures.merged(words)):
        assert (merged.letters, merged.digits, merged.place.text) == (9, 4, "1066")
    assert words.merged(words).place.text == "words"

"""layout/ticks: tick boxes part texts, and numbers set higher or lower belong to their questions."""

from __future__ import annotations

from dataclasses import replace

from clearprint.geometry import Box
from clearprint.layout import understand
from clearprint.model import Field, Ground, Panel
from tests.handmade import line, marks


def texts(*pieces, **facts) -> list[str]:
    return [block.text for block in understand(marks(*pieces, **facts)).blocks]


def square(x0: float, y0: float, side: float = 11) -> Panel:
    return Panel(Box(x0, y0, x0 + side, y0 + side), outlined=True)


LABELS = (line("divorce in this case", at=(90, 300)), line("dissolution in this case", at=(90, 316)))


def test_each_tick_box_begins_a_text_of_its_own():
    assert texts(*LABELS) == ["divorce in this case dissolution in this case"]
    assert texts(*LABELS, panels=(square(72, 299), square(72, 315))) == ["divorce in this case", "dissolution in this case"]
    fields = tuple(Field("tick", Box(72, y, 83, y + 11), 11, 11) for y in (299, 315))
    assert texts(*LABELS, fields=fields) == ["divorce in this case", "dissolution in this case"]


def test_the_box_of_a_longer_text_does_not_part_it():
    assert texts(*LABELS, panels=(square(72, 299),)) == ["divorce in this case dissolution in this case"]


def test_a_number_set_a_little_lower_is_joined_to_its_question():
    pieces = (line("2.2*", at=(40, 307)), line("Name of a person,", at=(70, 300)), line("company or group", at=(70, 314)))
    places = (Field("text", Box(200, 300, 400, 330), 30, 200), Field("text", Box(200, 400, 400, 430), 30, 200))
    assert texts(*pieces, fields=places)[0].startswith("2.2* Name of a person,")
    assert "2.2*" in texts(*pieces)  # a figure beside a text that is no form


def test_figures_beside_figures_and_far_from_text_stay_alone():
    places = (Field("text", Box(200, 300, 400, 330), 30, 200), Field("text", Box(200, 400, 400, 430), 30, 200))
    assert "2.2" in texts(line("2.2", at=(40, 307)), line("34.5", at=(70, 300)), fields=places)
    assert "2.2" in texts(line("2.2", at=(40, 307)), line("Name", at=(160, 300)), fields=places)


def test_the_number_of_a_section_in_a_dark_box_is_joined_to_its_heading():
    places = (Field("text", Box(200, 400, 400, 430), 30, 200), Field("text", Box(200, 500, 400, 530), 30, 200))
    badge = Panel(Box(60, 296, 84, 314), (0.0, 0.0, 0.0))
    pieces = (line("6", at=(68, 300), colour=(1.0, 1.0, 1.0)), line("Earnings", at=(92, 300)))
    plain = marks(*pieces, fields=places, panels=(badge,))
    dark = Ground((0.0, 0.0, 0.0), "flat")
    words = tuple(replace(word, ground=dark) if word.text == "6" else word for word in plain.words)
    assert [block.text for block in understand(replace(plain, words=words)).blocks] == ["6 Earnings"]
    assert [block.text for block in understand(plain).blocks] == ["6", "Earnings"]

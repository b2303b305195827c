"""The fingerprint of a page: changed by what can be seen, by nothing else."""

from __future__ import annotations

from dataclasses import replace

from clearprint.geometry import Box
from clearprint.layout import fingerprint
from clearprint.model import Picture
from tests.handmade import TEXT, flow, line, page, para


def test_a_page_keeps_its_fingerprint_when_it_moves() -> None:
    one = page(line("Heading", 18), para(TEXT))
    assert fingerprint(one) == fingerprint(replace(one, number=7))
    assert len(fingerprint(one)) == 16


def test_a_changed_word_style_place_or_picture_changes_it() -> None:
    picture = Picture(Box(100, 500, 200, 600), digest="aa", page=1)
    base = page(line("Heading", 18), para(TEXT), pictures=(picture,))
    others = [
        page(line("Headings", 18), para(TEXT), pictures=(picture,)),
        page(line("Heading", 17), para(TEXT), pictures=(picture,)),
        page(line("Heading", 18, colour=(1, 0, 0)), para(TEXT), pictures=(picture,)),
        page(line("Heading", 18, at=(90, 72)), para(TEXT), pictures=(picture,)),
        page(line("Heading", 18), para(TEXT), pictures=(replace(picture, digest="bb"),)),
        replace(base, drawn="other outlines"),
    ]
    prints = [fingerprint(base), *map(fingerprint, others)]
    assert len(set(prints)) == len(prints)


def test_the_order_of_the_text_counts_only_where_there_are_no_places() -> None:
    first, second = line("One", at=(72, 72)), line("Two", at=(72, 200))
    assert fingerprint(page(first, second)) == fingerprint(page(second, first))
    assert fingerprint(flow("One", "Two")) != fingerprint(flow("Two", "One"))

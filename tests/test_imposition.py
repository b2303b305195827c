"""Sheets with more than one page on them: spreads, imposed booklets, two-up; and tables and captions that are none."""

from __future__ import annotations

from clearprint.layout.imposition import has_twin_halves, sheets_of
from clearprint.layout.summary import summarise
from clearprint.model import Job, Page, merge_summaries
from tests.checks.judged import judged
from tests.checks.whole import mm, of_pages
from tests.handmade import TEXT, line, page, para

WIDE = (mm(420), mm(297))


def sheet(number: int, left: int, right: int, inset: float = 20) -> Page:
    """A wide page with a text and a page number in each half."""
    foot = mm(285)
    return page(
        para(TEXT, chars=40, at=(mm(25), mm(30))),
        para(TEXT.upper(), chars=40, at=(mm(235), mm(30))),
        line(str(left), at=(mm(inset), foot)),
        line(str(right), at=(WIDE[0] - mm(inset) - 6 * len(str(right)), foot)),
        size=WIDE,
        number=number,
    )


def kind(*pages: Page) -> tuple[str, tuple[int, ...]] | None:
    found = sheets_of(merge_summaries([summarise(one) for one in pages]))
    return (found.kind, found.pages) if found is not None else None


def test_spreads_have_numbers_in_order() -> None:
    assert kind(sheet(1, 2, 3), sheet(2, 4, 5), sheet(3, 6, 7)) == ("spreads", (1, 2, 3))


def test_an_imposed_booklet_has_numbers_of_one_sum() -> None:
    pages = [sheet(1, 8, 1), sheet(2, 2, 7), sheet(3, 6, 3), sheet(4, 4, 5)]
    assert kind(*pages) == ("imposed", (1, 2, 3, 4))


def test_single_pages_and_stray_numbers_are_neither() -> None:
    assert kind(sheet(1, 17, 230)) is None
    assert kind(sheet(1, 17, 230), sheet(2, 5, 80)) is None
    upright = [page(para(TEXT), line(str(number), at=(300, 800)), number=number) for number in (1, 2, 3)]
    assert kind(*upright) is None


def test_the_same_twice() -> None:
    def half(x: float) -> list[object]:
        return [line("Open day", 20, at=(x, 60)), para(TEXT, chars=36, at=(x, 120))]

    two = page(*half(40), *half(40 + WIDE[0] / 2), size=WIDE)  # type: ignore[arg-type]
    assert has_twin_halves(two)
    assert kind(two) == ("two-up", (1,))
    assert not has_twin_halves(page(*half(40), line("Another", at=(700, 60)), size=WIDE))  # type: ignore[arg-type]
    assert not has_twin_halves(page(para(TEXT)))


def test_inner_margins_of_spreads_cannot_be_told() -> None:
    from clearprint.model import Sheets

    spread = of_pages(20, job=Job(binding="perfect"), inner_margins=((1, 10.0, 10.0),), sheets=Sheets("spreads", (1, 2)))
    found = judged("lies-flat", spread)
    assert (found.answer, found.cause) == ("ask", "unmeasured")
    assert "two pages each" in found.reason
    saddle = of_pages(20, job=Job(binding="saddle"), sheets=Sheets("spreads", (1, 2)))
    assert [item.measure for item in judged("lies-flat", saddle).advice] == ["binding"]  # 40 pages

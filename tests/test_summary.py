"""layout/summary: what a page says of its document, merged in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clearprint.layout.summary import summarise
from clearprint.layout.survey import settle
from clearprint.model import Job, Page, PageSummary, merge_summaries
from tests.handmade import TEXT, doc, flow, line, page, para, renumbered

_HEADINGS = ("Getting here", "Food and drink", "Contents", "Parking .......... 3", "2 Trains")
_PIECES = st.lists(
    st.one_of(
        st.builds(line, st.sampled_from(_HEADINGS), st.sampled_from([10, 12, 16, 24]), weight=st.sampled_from([400, 700])),
        st.builds(para, st.sampled_from([TEXT, TEXT * 2, "A well-known self-service shop."]), st.sampled_from([11, 12])),
    ),
    max_size=5,
)
_PAGES = st.lists(_PIECES, min_size=1, max_size=6)


def _document(content: list[list[object]]) -> list[Page]:
    return [
        renumbered(page(*pieces, line(str(number), at=(300, 805), size=10)), number)  # type: ignore[arg-type]
        for number, pieces in enumerate(content, 1)
    ]


@settings(max_examples=25, deadline=None)
@given(_PAGES, st.randoms(use_true_random=False))
def test_merging_in_any_order_gives_one_survey(content, random):
    summaries = [summarise(item) for item in _document(content)]
    straight = merge_summaries(summaries)
    shuffled = list(summaries)
    random.shuffle(shuffled)
    left = PageSummary()
    for item in shuffled:
        left = left.merged(item)
    assert left == straight
    assert merge_summaries(shuffled) == straight
    assert settle(left, Job()) == settle(straight, Job())


@settings(max_examples=25, deadline=None)
@given(_PAGES)
def test_order_of_blocks_leaves_no_trace(content):
    for item in _document(content):
        turned = replace(item, blocks=tuple(reversed(item.blocks)))
        assert summarise(turned) == summarise(item)


def test_letters_are_counted_by_style_and_running_text_apart():
    summary = summarise(page(line("Hello there", size=20), para(TEXT, size=12)))
    assert summary.letters_by_style["Arial", 20.0, 400, False] == 10
    assert ("Arial", 20.0, 400, False) not in summary.running_by_style
    assert summary.running_by_style["Arial", 12.0, 400, False] == sum(map(str.isalnum, TEXT))


def test_words_with_a_hyphen_inside_a_line_are_remembered():
    summary = summarise(page(para(["A well-known shop with a", "self-service till"])))
    assert summary.hyphenated == {"well-known", "self-service"}


def test_a_long_title_and_an_address_are_no_long_paragraph():
    title = para(["Somewhere to live", "for everyone", "in the town of Rhyl"], size=30)
    assert not summarise(page(title)).long_paragraph_pages
    assert summarise(page(para(TEXT))).long_paragraph_pages == {1}


def test_faces_remember_their_smallest_figures_and_first_place():
    document = doc(page(para("Ring 0300 123 any time", size=11)), page(line("12 rooms", size=9)))
    (use,) = document.survey.faces
    assert (use.digits, use.smallest_digits, use.place.page) == (9, 9.0, 1)


def test_a_document_without_a_layout_is_summarised_too():
    summary = summarise(flow(TEXT, "Heading", hint=None))
    assert summary.sections == 1
    assert not summary.pages
    assert not summary.laid_out
    assert sum(summary.running_by_style.values()) > 100

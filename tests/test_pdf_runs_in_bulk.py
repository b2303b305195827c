"""Characters taken in bulk are the same as characters taken one by one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clearprint.formats.pdf_glyphs import Counted, _in_bulk, _one_by_one, run_of
from clearprint.formats.pdf_runs import Run, main_run, narrowest_space, pieces, tracking

SIZE = 10.0
LEVEL = (1.0, 0.0)
TEXTS = st.text(st.sampled_from("abIW .-_'’é…\u00a0\u00ad\ufffdא"), min_size=1, max_size=12)
GAPS = st.lists(st.sampled_from((0.0, -0.4, 0.3, 1.2, 2.5, 4.0)), min_size=12, max_size=12)


def span(text: str, gaps: list[float], lean: float = 0.0) -> dict[str, Any]:
    """A span as the engine gives it, each character 5 pt wide and that far from the one before."""
    chars, x = [], 50.0
    for sign, gap in zip(text, gaps, strict=False):
        x += gap
        chars.append({"c": sign, "origin": (x, 100.0), "bbox": (x - lean, 90.0, x + 5 + lean, 102.0)})
        x += 5
    return {
        "chars": chars, "size": SIZE, "font": "Lato", "flags": 0, "char_flags": 16, "alpha": 255, "color": 0,
        "ascender": 1.0, "descender": -0.2, "origin": (50.0, 100.0), "bidi": 0,
    }  # fmt: skip


def facts(run: Run) -> tuple[Any, ...]:
    return "".join(run.text), list(run.starts), list(run.ends), list(run.across), run.letters, run.backwards, run.jumps


@given(TEXTS, GAPS, st.sampled_from((0.0, 0.5)))
def test_bulk_is_one_by_one(text: str, gaps: list[float], lean: float) -> None:
    one, other = Counted(), Counted()
    quick = _in_bulk(span(text, gaps, lean), one)
    slow = _one_by_one(span(text, gaps, lean), LEVEL, True, 12.0, other)
    if quick is None:
        return  # left to the other way, as the tests below want it
    assert slow is not None
    assert facts(quick[0]) == facts(slow[0])
    assert quick[1:] == slow[1:]
    assert (one.known, one.unknown) == (other.known, other.unknown)
    for limit in (0.5, 1.6):
        assert list(pieces(quick[0], limit)) == list(pieces(slow[0], limit))
    assert tracking([quick[0]]) == tracking([slow[0]])


def test_plain_letters_and_curly_quotes_go_in_bulk() -> None:
    for text in ("Plain words", "It’s a café"):
        assert _in_bulk(span(text, [0.0] * 12), Counted()) is not None


def test_what_needs_a_closer_look_does_not() -> None:
    for text in ("soft\u00adhyphen", "\ufffd", "אב", "a\u00a0b"):
        assert _in_bulk(span(text, [0.0] * 12), Counted()) is None
    assert _in_bulk(span("back", [0.0, 0.0, -8.0, 0.0]), Counted()) is None


def test_hidden_letters_are_counted_and_left_out() -> None:
    counted = Counted()
    assert run_of(span("unseen 7", [0.0] * 12) | {"alpha": 0}, LEVEL, False, {}, counted) is None
    assert counted.hidden == 7


def test_the_main_run_has_most_letters() -> None:
    runs = [run_of(span(text, [0.0] * 12), LEVEL, False, {}, Counted()) for text in ("12", "a word", "b")]
    found = [run for run in runs if run is not None]
    assert "".join(main_run(found).text) == "a word"
    assert found[0].last_end == 60.0


def run(text: str, space: float, letter: float = 0.0) -> Run:
    """A run without signs for its spaces: that far apart, in em, stand its words and its letters."""
    signs, gaps = "", []
    for word in text.split():
        gaps += [space * SIZE, *[letter * SIZE] * (len(word) - 1)]
        signs += word
    found = _in_bulk(span(signs, gaps), Counted())
    assert found is not None
    return found[0]


def words_of(one: Run) -> list[str]:
    limit = SIZE * narrowest_space([one], 0.16)
    return ["".join(one.text[first:after]) for first, after, _ in pieces(one, limit) if first < after]


def test_words_of_a_squeezed_line_are_parted() -> None:
    text = "come with you to a meeting"
    assert words_of(run(text, 0.25)) == text.split()
    assert words_of(run(text, 0.14)) == text.split()
    assert words_of(run(text, 0.05)) == ["".join(text.split())]  # no space at all, as far as one sees


def test_letters_set_apart_are_no_words() -> None:
    assert words_of(run("meeting", 0.0, 0.12)) == ["meeting"]
    assert words_of(run("meet ing", 0.14)) == ["meeting"]  # one gap alone may be anything


def test_a_ligature_written_the_wrong_way_round_is_spelt_right_where_the_next_letter_starts_a_hair_later() -> None:
    """So Ghostscript writes "time": its second letter takes no room, and rounding puts the third past it."""
    made = span("\u7400\u6900me", [0.0] * 4)
    for char, x, wide in zip(made["chars"], (50.0, 55.0, 55.004, 60.0), (5.0, 0.0, 5.0, 5.0), strict=True):
        char["origin"], char["bbox"] = (x, 100.0), (x, 90.0, x + wide, 102.0)
    run = run_of(made, LEVEL, False, {}, Counted())
    assert run is not None
    assert "".join(run.text) == "time"

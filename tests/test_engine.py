"""The judge: what limits, room, several, causes and merging make of observations."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint import engine, findings, rulebook
from clearprint.answers import Observation, Tally, merge_tallies, seen
from clearprint.geometry import Box
from clearprint.model import Job, Page, Place, Survey
from clearprint.rulebook import Rulebook

RULE: dict[str, Any] = {
    "name": "made-up",
    "number": 1,
    "title": "Made up",
    "question": "Is it?",
    "why": "Because.",
    "advice": "Do it.",
    "measured": "It.",
    "cannot_see": "The rest.",
    "about": "text",
    "counts": "elements",
    "reasons": {"yes": "{counted} seen, least {least:.1f}", "no": "{faults} of {counted}", "na": "None."},
    "asks": {"blurred": "Could not see {amount}."},
    "limit": [{"measure": "size", "fault_below": 12, "advice_below": 14, "basis": "project", "because": "So."}],
    "messages": {"size-below": "{value:.1f} under {limit}", "advice-size-below": "{value:.1f} could be {limit}"},
    "fixes": {"size-below": "At least {limit}."},
}
REAL = rulebook.load()
PAGE = Page(1, 595.0, 842.0)
SURVEY = Survey(pages=1, letters=100, states=((1, "live"),))


def place(text: str = "words", page: int = 1, y: float = 10.0) -> Place:
    return Place(page, Box(10, y, 100, y + 12), text)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Judges observations by RULE with changes: `judge([seen(...)], limit=[...])`."""

    def run(observations: list[Observation], survey: Survey = SURVEY, pages: int = 1, **changes: Any) -> Any:
        check = ModuleType("clearprint.checks.made_up")
        check.MEASURES = {"size": "pt", "kind": "word"}  # type: ignore[attr-defined]

        def on_page(page: Page, _: Survey) -> Iterator[Observation]:
            yield from (one for one in observations if one.place.page == page.number)

        check.on_page = on_page  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "clearprint.checks.made_up", check)
        rule = rulebook.parse({**RULE, **changes}, Path("01-made-up.toml"))
        book = Rulebook("t", "T", "1", "s", REAL.room, REAL.unmeasured, REAL.sentences, (rule,))
        every = [Page(number, 595.0, 842.0) for number in range(1, pages + 1)]
        return engine.judge(book, every, survey, raise_crashes=changes.pop("raise_crashes", True))[0]

    return run


def test_nothing_of_the_kind_is_na(judge: Any) -> None:
    answer = judge([])
    assert (answer.answer, answer.reason) == ("na", "None.")


def test_a_yes_says_what_was_counted(judge: Any) -> None:
    answer = judge([seen("size", place(), 15.0), seen("size", place("more"), 14.0)])
    assert (answer.answer, answer.counted, answer.reason) == ("yes", 2, "2 seen, least 14.0")
    assert not answer.advice


def test_a_fault_has_place_measure_wanted_and_fix(judge: Any) -> None:
    fault = judge([seen("size", place("small print"), 9.0, role="note")]).faults[0]
    assert (fault.page, fault.box, fault.excerpt) == (1, (10, 10, 100, 22), "small print")
    assert (fault.measured, fault.wanted, fault.unit, fault.role) == (9.0, 12, "pt", "note")
    assert (fault.message, fault.fix) == ("9.0 under 12", "At least 12.")


@pytest.mark.parametrize(("value", "kind"), [(11.93, "no"), (11.95, "yes"), (12.0, "yes")])
def test_room_for_measuring_error_turns_a_fault_into_advice(judge: Any, value: float, kind: str) -> None:
    answer = judge([seen("size", place(), value)])
    assert answer.answer == kind
    assert bool(answer.advice) == (kind == "yes")
    if value < 12 and kind == "yes":
        assert "so near the limit" in answer.advice[0].message


def test_own_error_widens_the_room(judge: Any) -> None:
    assert judge([seen("size", place(), 11.5, error=0.5)]).answer == "yes"
    assert judge([seen("size", place(), 11.3, error=0.5)]).answer == "no"


def test_unmeasured_matters_only_over_one_in_a_hundred(judge: Any) -> None:
    blurred = Observation.unmeasured("size", place(), "unmeasured", "blurred")
    few = [seen("size", place(str(i)), 15.0) for i in range(50)]
    answer = judge([*few, blurred])
    assert (answer.answer, answer.cause, answer.reason) == ("ask", "unmeasured", "Could not see 1 place.")
    many = few * 4
    answer = judge([*many, blurred])
    assert answer.answer == "yes"
    assert [item.reason for item in answer.not_looked_at] == ["blurred"]


def test_nothing_measured_is_never_a_yes(judge: Any) -> None:
    little = Observation.unmeasured("size", place(), "unmeasured", "blurred", amount=3)
    assert judge([little], counts="letters").answer == "ask"


def test_a_fault_outweighs_what_could_not_be_measured(judge: Any) -> None:
    blurred = Observation.unmeasured("size", place(), "unmeasured", "blurred")
    assert judge([blurred, seen("size", place(), 8.0)]).answer == "no"


def test_a_value_that_is_no_number_is_unmeasured(judge: Any) -> None:
    assert judge([seen("size", place(), float("nan"))]).answer == "ask"


def test_unreadable_pages_keep_text_questions_open_unless_a_no_is_proven(judge: Any) -> None:
    survey = Survey(pages=2, letters=100, unreadable=(2,), states=((1, "live"), (2, "scan")))
    answer = judge([seen("size", place(), 15.0)], survey)
    assert (answer.answer, answer.cause) == ("ask", "unreadable")
    assert "page 2" in answer.reason
    assert judge([seen("size", place(), 8.0)], survey).answer == "no"
    assert judge([seen("size", place(), 15.0)], survey, about="pages").answer == "yes"


def test_a_blank_document_is_na(judge: Any) -> None:
    assert judge([], Survey(pages=1, states=((1, "blank"),))).answer == "na"


def test_several_faults_are_needed_where_the_rule_says_so(judge: Any) -> None:
    limit = [{**RULE["limit"][0], "several": {"count": 3, "share": 0.05, "any_under": 6}}]
    good = [seen("size", place(f"good {i}"), 15.0) for i in range(100)]
    bad = [seen("size", place(f"bad {i}"), 8.0) for i in range(3)]
    assert judge([*good, *bad], limit=limit).answer == "no"
    two = judge([*good, *bad[:2]], limit=limit)
    assert (two.answer, two.advice_count) == ("yes", 2)
    assert judge([*good[:20], *bad[:2]], limit=limit).answer == "no"  # two of 22 is over 5 %
    assert judge([*good[:4], bad[0]], limit=limit).answer == "no"  # one of five


def test_the_first_limit_whose_condition_holds_is_used(judge: Any) -> None:
    limits = [{**RULE["limit"][0], "when": {"role": ["heading"]}, "fault_below": 8, "name": "heading"}, RULE["limit"][0]]
    assert judge([seen("size", place(), 9.0, role="heading")], limit=limits).answer == "yes"
    assert judge([seen("size", place(), 9.0, role="body")], limit=limits).answer == "no"


def test_defined_words_may_be_asked_for(judge: Any) -> None:
    limits = [{**RULE["limit"][0], "when": {"large": True}, "fault_below": 3}, RULE["limit"][0]]
    define = {"large": [{"points_min": 18}, {"points_min": 14, "weight_min": 700}]}
    small_but_large = seen("size", place(), 9.0, points=14, weight=700)
    assert judge([small_but_large], limit=limits, define=define).answer == "yes"
    assert judge([seen("size", place(), 9.0, points=14, weight=None)], limit=limits, define=define).answer == "no"


def test_words_are_judged_by_lists(judge: Any) -> None:
    limit = [{"measure": "kind", "fault_in": ["justified"], "advice_in": ["odd"], "basis": "project", "because": "So."}]
    messages = {"kind-justified": "both edges", "advice-kind-in": "{value} is odd"}
    answer = judge([seen("kind", place(), "justified"), seen("kind", place("x"), "odd")], limit=limit, messages=messages)
    assert [fault.message for fault in answer.faults] == ["both edges"]
    assert [advice.message for advice in answer.advice] == ["odd is odd"]


def test_equal_text_in_the_same_spot_of_several_pages_is_one_fault(judge: Any) -> None:
    answer = judge([seen("size", place("Folio", page), 8.0) for page in (3, 1, 2)], pages=3)
    assert answer.fault_count == 1
    assert answer.faults[0].pages == (1, 2, 3)


def test_fingerprints_know_content_not_place(judge: Any) -> None:
    first = judge([seen("size", place("same  Words", 1, 10), 8.0)]).faults[0].fingerprint
    moved = judge([seen("size", place("Same words", 2, 300), 7.0)], pages=2).faults[0].fingerprint
    assert first == moved
    twins = judge([seen("size", place("a", 1, 10), 8.0), seen("size", place("a", 1, 90), 8.0)]).faults
    assert len({fault.fingerprint for fault in twins}) == 2


def test_na_by_the_document_comes_before_the_check(judge: Any) -> None:
    survey = Survey(pages=1, letters=9, job=Job(kind="screen"), states=((1, "live"),))
    na = [{"when": {"kind": ["screen"]}, "reason": "Not on paper."}]
    answer = judge([seen("size", place(), 8.0)], survey, na=na)
    assert (answer.answer, answer.reason) == ("na", "Not on paper.")


def test_a_crash_is_an_answer_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    book = rulebook.load()
    rule = book.rule("leading")
    check = engine._check("leading")

    def crash(page: Page, survey: Survey) -> Iterator[Observation]:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(check, "on_page", crash)
    alone = Rulebook("t", "T", "1", "s", book.room, book.unmeasured, book.sentences, (rule,))
    answer = engine.judge(alone, [PAGE], SURVEY)[0]
    assert (answer.answer, answer.cause) == ("ask", "crashed")
    assert "boom" in answer.reason
    with pytest.raises(ZeroDivisionError):
        engine.judge(alone, [PAGE], SURVEY, raise_crashes=True)


def test_pages_that_were_not_read_are_never_a_yes(judge: Any) -> None:
    book = rulebook.load()
    answers = engine.judge(book, [PAGE], SURVEY, unread="partial")
    assert all(answer.answer != "yes" for answer in answers)


def test_an_excerpt_ends_at_a_word_and_keeps_an_address_whole() -> None:
    address = "https://www.example.org/a-long-way-down/through-many-folders/and-on/to-the-page-that-is-meant/index.html"
    assert findings.excerpt(f"{address} says more") == f"{address} …"
    assert findings.excerpt(address) == address
    assert findings.excerpt("word " * 40) == "word " * 18 + "…"
    assert len(findings.excerpt("x" * 999)) == len(findings.excerpt(address * 9)) == 92


def test_excerpts_are_short_and_harmless() -> None:
    hostile = "\x1b[31mred\u202e " + "word " * 100
    text = findings.excerpt(hostile)
    assert len(text) <= 93
    assert text.isprintable()


def _tallies() -> st.SearchStrategy[Tally]:
    observations = st.builds(
        lambda value, page, text: seen("size", place(text, page), value),
        st.floats(1, 30),
        st.integers(1, 5),
        st.sampled_from("abc"),
    )
    faults = st.lists(st.tuples(st.just(0), observations), max_size=4)
    values = st.dictionaries(st.just("size"), st.dictionaries(st.floats(1, 9), st.integers(1, 9), max_size=3), max_size=1)
    missed = st.dictionaries(st.just(("unmeasured", "blurred")), st.integers(1, 9), max_size=1)
    return st.builds(Tally, seen=st.integers(0, 9), faults=faults, held=st.just({0: 4}), values=values, missed=missed)


@given(st.lists(_tallies(), min_size=2, max_size=5), st.randoms())
def test_tallies_merge_in_any_order_to_one_answer(tallies: list[Tally], random: Any) -> None:
    rule = rulebook.parse(RULE, Path("01-made-up.toml"))
    book = Rulebook("t", "T", "1", "s", REAL.room, REAL.unmeasured, REAL.sentences, (rule,))
    mixed = list(tallies)
    random.shuffle(mixed)
    in_order = engine.answer(book, rule, merge_tallies(tallies), SURVEY)
    nested = mixed[0]
    for tally in mixed[1:]:
        nested = merge_tallies((nested, tally))
    assert engine.answer(book, rule, nested, SURVEY) == in_order

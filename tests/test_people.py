"""What people said, held against a document: answered, overruled, re-opened; and what that does to verdict and gate."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from clearprint import gate, rulebook
from clearprint.answers import Answer, Declared, Report, Said
from clearprint.baseline import Baseline
from clearprint.languages import ENGLISH
from clearprint.people import held, sidecar_of, whole
from clearprint.reports import Run
from clearprint.reports.speech import Speech
from clearprint.reports.to_github import commands, summary
from clearprint.reports.to_json import as_data
from clearprint.reports.to_junit import to_junit
from clearprint.reports.to_sarif import to_sarif
from clearprint.reports.to_text import to_text
from clearprint.reports.words import to_do
from tests.reports_kit import finding, report

BOOK = rulebook.load()
PAGES = ("aaaa", "bbbb", "cccc")
TODAY = "2026-11-22"


def said(question: str, word: Any, **facts: Any) -> Said:
    values: dict[str, Any] = {"by": "Ann", "why": "Looked at the proof", "date": "2026-11-20", "rests_on": (whole(PAGES),)}
    return Said(question, word, **{**values, **facts})


def document(**changes: Any) -> Report:
    """Type size is no in two places (page 1; pages 2 and 3), numerals open on page 2, matt paper open as a whole."""
    answers = []
    for answer in report().answers:
        if answer.name == "type-size":
            faults = (finding(fingerprint="one"), finding(page=2, pages=(2, 3), fingerprint="two"))
            answer = replace(answer, faults=faults)
        if answer.name == "numerals":
            answer = replace(answer, answer="ask", cause="unreadable", settled="open", pages_open=(2,))
        answers.append(answer)
    return report(**{"answers": tuple(answers), "fingerprints": PAGES, **changes})


def judged(name: str, *spoken: Said, today: str = TODAY, **changes: Any) -> Answer:
    return held(document(**changes), spoken, today, BOOK).answer(name)


# --- answers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "shown"), [("yes", "yes"), ("no", "no"), ("na", "n/a")])
def test_an_open_question_is_answered_by_a_person(word: str, shown: str) -> None:
    answer = judged("numerals", said("numerals", word))
    assert (answer.answer, answer.settled, answer.cause) == (word, "person", None)
    assert answer.reason == f"Ann answered {shown} on 2026-11-20: Looked at the proof."
    assert answer.person is not None


def test_an_answer_holds_while_its_page_does_and_wherever_it_goes() -> None:
    spoken = said("numerals", "yes", pages=(2,), rests_on=("bbbb",))
    assert judged("numerals", spoken).answer == "yes"
    assert judged("numerals", spoken, fingerprints=("xxxx", "bbbb", "yyyy")).answer == "yes"
    edited = judged("numerals", spoken, fingerprints=("aaaa", "b2b2", "cccc"))
    assert (edited.answer, edited.settled, edited.cause) == ("ask", "open", "unreadable")
    assert [(item.because, item.pages) for item in edited.reopened] == [("edited", (2,))]
    assert "Ann said yes on 2026-11-20, but page 2 was changed since" in edited.reason


def test_an_answer_of_the_whole_document_ends_with_any_edit() -> None:
    assert judged("matt-paper", said("matt-paper", "yes")).answer == "yes"
    edited = judged("matt-paper", said("matt-paper", "yes"), fingerprints=("aaaa", "bbbb"))
    assert [item.because for item in edited.reopened] == ["edited"]


def test_a_last_day() -> None:
    spoken = said("numerals", "yes", until="2026-11-22")
    assert judged("numerals", spoken).answer == "yes"
    past = judged("numerals", spoken, today="2026-11-23")
    assert (past.answer, [item.because for item in past.reopened]) == ("ask", ["expired"])


def test_an_answer_says_nothing_of_pages_that_came_to_be_open() -> None:
    spoken = said("numerals", "yes", pages=(1,), rests_on=("aaaa",))
    answer = judged("numerals", spoken)
    assert (answer.answer, [(item.because, item.pages) for item in answer.reopened]) == ("ask", [("added", (2,))])
    both = judged("numerals", spoken, said("numerals", "no", pages=(2,), rests_on=("bbbb",)))
    assert (both.answer, both.settled) == ("no", "person")


def test_what_was_said_last_holds() -> None:
    assert judged("numerals", said("numerals", "no"), said("numerals", "yes")).answer == "yes"


def test_what_was_said_of_the_word_file_says_nothing_of_the_pdf() -> None:
    assert judged("numerals", said("numerals", "yes", format="docx")).answer == "ask"
    assert judged("numerals", said("numerals", "yes", format="pdf")).answer == "yes"


def test_nobody_answers_what_was_measured_or_left_out() -> None:
    assert judged("type-size", said("type-size", "yes")).answer == "no"
    assert judged("leading", said("leading", "no")).answer == "yes"
    answers = tuple(replace(item, cause="skipped") if item.name == "numerals" else item for item in document().answers)
    assert judged("numerals", said("numerals", "yes"), answers=answers).answer == "ask"


# --- overruled ------------------------------------------------------------------------------------------------------------


def test_a_no_overruled_as_a_whole_stays_a_no_and_leaves_verdict_and_gate() -> None:
    after = held(document(), [said("type-size", "overruled")], TODAY, BOOK)
    answer = after.answer("type-size")
    assert (answer.answer, answer.is_overruled) == ("no", True)
    assert {item.status for item in answer.faults} == {"overruled"}
    assert (document().verdict, after.verdict) == ("no", "ask")
    assert not gate.fails(answer, ("no",))
    assert not gate.fails(answer, ("any",))
    assert gate.fails(answer, ("no", "overruled"))


def test_one_place_is_overruled_and_the_others_still_count() -> None:
    answer = judged("type-size", said("type-size", "overruled", place="two", rests_on=(), measured=8.5))
    assert [item.status for item in answer.faults] == ["new", "overruled"]
    assert not answer.is_overruled
    assert gate.fails(answer, ("no",))
    both = [said("type-size", "overruled", place=place, rests_on=()) for place in ("one", "two")]
    assert judged("type-size", *both).is_overruled


def test_a_place_that_got_worse_or_was_edited_counts_again() -> None:
    worse = judged("type-size", said("type-size", "overruled", place="two", rests_on=(), measured=9.5))
    assert [item.status for item in worse.faults] == ["new", "new"]
    assert [item.because for item in worse.reopened] == ["edited"]
    gone = judged("type-size", said("type-size", "overruled", place="three", rests_on=()))
    assert [item.said.place for item in gone.reopened] == ["three"]


def test_overruled_on_a_page_says_nothing_of_other_pages() -> None:
    answer = judged("type-size", said("type-size", "overruled", pages=(1,), rests_on=("aaaa",)))
    assert [item.status for item in answer.faults] == ["overruled", "new"]
    expired = judged("type-size", said("type-size", "overruled", until="2026-01-01"))
    assert [item.status for item in expired.faults] == ["new", "new"]
    assert "until 2026-01-01" in expired.reason


def test_stale_fails_where_a_house_says_so() -> None:
    answer = judged("matt-paper", said("matt-paper", "yes"), fingerprints=("aaaa",))
    assert gate.fails(answer, ("stale",))
    assert not gate.fails(answer, ("no", "unreadable"))
    assert not gate.fails(judged("matt-paper"), ("stale",))


# --- shown ----------------------------------------------------------------------------------------------------------------


def test_each_open_answer_says_what_settles_it() -> None:
    after = held(document(path="my drafts/leaflet.pdf", declared=report().declared.__class__()), [], TODAY, BOOK)
    paper, numerals = after.answer("matt-paper").settle, after.answer("numerals").settle
    assert paper is not None
    assert paper.command == "clearprint declare 'my drafts/leaflet.pdf' --set paper=VALUE"
    assert (paper.line, paper.file) == ('paper = "VALUE"', str(sidecar_of("my drafts/leaflet.pdf")))
    assert paper.choices == ("gloss", "silk", "matt", "uncoated")
    assert numerals is not None
    assert "--set numerals=VALUE --by" in numerals.command
    assert [[answer.name for answer in item.answers] for item in to_do(after)] == [["numerals"], ["matt-paper"]]


def test_reports_say_who_answered() -> None:
    spoken = [said("numerals", "yes", until="2027-01-01"), said("type-size", "overruled")]
    declared = (Declared("paper", "matt", "leaflet.clearprint.toml, line 2", "Ann", None, "2026-11-20"),)
    after = held(document(declared_by=declared), spoken, TODAY, BOOK)
    rules = {rule.name: rule for rule in BOOK.rules}
    settled_by = Speech(ENGLISH).settled_by
    assert settled_by(after, after.answer("numerals"), rules["numerals"]) == "answered by Ann, 2026-11-20, until 2027-01-01"
    assert settled_by(after, after.answer("type-size"), rules["type-size"]) == "overruled by Ann, 2026-11-20"
    paper = replace(after.answer("matt-paper"), settled="declared")
    told = settled_by(after, paper, rules["matt-paper"])
    assert told == "declared: paper = matt (leaflet.clearprint.toml, line 2; Ann, 2026-11-20)"
    text = to_text([after], BOOK)
    assert text.index("Still open") < text.index("Type size")
    assert "0 no, 1 open, 24 yes, 1 not applicable, 1 overruled" in text


def test_json_of_all_that_people_said_meets_the_schema() -> None:
    from importlib import resources

    schema = json.loads(resources.files("clearprint.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
    spoken = [said("numerals", "no"), said("type-size", "overruled"), said("matt-paper", "yes", rests_on=("old",))]
    after = held(document(), spoken, TODAY, BOOK)
    data = as_data([after], BOOK)
    for item in data["documents"][0]["answers"]:
        for fault in item["faults"]:
            fault["fingerprint"] = "0" * 16
    jsonschema.validate(data, schema)
    by_name = {item["name"]: item for item in data["documents"][0]["answers"]}
    assert by_name["numerals"]["person"]["by"] == "Ann"
    assert by_name["type-size"]["overruled"]["why"] == "Looked at the proof"
    assert by_name["matt-paper"]["reopened"][0]["because"] == "edited"


# --- on build servers -----------------------------------------------------------------------------------------------------


def test_build_servers_are_told_what_was_overruled_and_what_is_open_again() -> None:
    spoken = [said("type-size", "overruled"), said("numerals", "yes", pages=(2,), rests_on=("old",))]
    after = held(document(), spoken, TODAY, BOOK)
    easy, strict = (
        Run([after], BOOK, lambda report, answer, words=words: gate.fails(answer, words))
        for words in (("no", "stale"), ("no", "stale", "overruled"))
    )
    (suite,) = ElementTree.fromstring(to_junit(easy))
    skipped = [child.get("type") for child in suite.iter("skipped")]
    assert "overruled" in skipped
    failures = [child.get("message") for child in suite.iter("failure")]
    assert len(failures) == 1
    assert "page 2 was changed since" in str(failures[0])
    assert "overruled" in [child.get("type") for child in ElementTree.fromstring(to_junit(strict)).iter("failure")]
    results = json.loads(to_sarif(easy))["runs"][0]["results"]
    marked = [[item["justification"] for item in result["suppressions"]] for result in results]
    assert marked == [["Ann: Looked at the proof"], ["Ann: Looked at the proof"], []]
    assert "Type size" not in commands(easy)
    assert "::error" in commands(strict)
    assert "No, overruled: **1. Type size**" in summary(easy)


def test_a_known_fault_stays_overruled() -> None:
    after = held(document(), [said("type-size", "overruled", place="one", rests_on=())], TODAY, BOOK)
    known = Baseline({"drafts/leaflet.pdf": {"type-size": {"one": 8.5, "two": 8.5}}}, Path.cwd())
    answer = known.held(after, BOOK.room).answer("type-size")
    assert [item.status for item in answer.faults] == ["overruled", "known"]
    assert not gate.fails(answer, ("no",))

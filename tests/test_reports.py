"""What people and programs read: text, JSON, HTML. Golden files without pictures; hostile text stays inert."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from clearprint import rulebook
from clearprint.answers import Answer, PagePicture
from clearprint.errors import BadUsage
from clearprint.model import NotLookedAt
from clearprint.reports import words, write_whole
from clearprint.reports.to_html import to_html
from clearprint.reports.to_json import to_json
from clearprint.reports.to_text import to_text
from tests.reports_kit import HOSTILE, UNREADABLE, finding, golden, report


def test_text_report_is_golden() -> None:
    golden("report.txt", to_text([report(), UNREADABLE], rulebook.load()))


def test_text_of_quiet_and_verbose() -> None:
    book = rulebook.load()
    assert to_text([report(answers=())], book, quiet=True) == ""
    loud = to_text([report()], book, verbose=True)
    assert "Reason 2." in loud
    assert "\x1b[" not in loud
    assert "\x1b[31;1m" in to_text([report()], book, colour=True)


def test_json_report_is_golden_and_has_every_answer() -> None:
    text = to_json([report(), UNREADABLE], rulebook.load())
    data = json.loads(text)
    assert [answer["number"] for answer in data["documents"][0]["answers"]] == list(range(1, 28))
    assert data["documents"][0]["verdict"] == "no"
    assert data["documents"][1]["verdict"] is None
    assert data["documents"][1]["error"]["code"] == "damaged"
    assert data["summary"]["verdicts"] == {"yes": 0, "no": 1, "ask": 0, "unreadable": 1}
    del data["checklist"]["limits"]
    data["tool"]["version"] = "x"
    golden("report.json", json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def test_html_has_all_questions_words_and_crops() -> None:
    picture = PagePicture(b"not really a picture", "image/webp", 595.0, 842.0)
    html = to_html([report()], rulebook.load(), {"drafts/leaflet.pdf": {1: picture}})
    for rule in rulebook.load().rules:
        assert f">{rule.number}</td>" in html
    assert html.count("data:image/webp;base64,") == 1
    assert 'viewBox="0.0 ' in html or 'viewBox="' in html
    assert "Not clear print yet" in html
    assert "2 places like this" in html
    assert "--declare paper=" in html
    assert "<script" not in html


def test_html_names_the_nearest_colour_that_passes() -> None:
    answers = list(report().answers)
    faint = finding(measure="ratio", measured=2.8, wanted=4.5, unit="ratio", facts=(("behind", "#ffffff"), ("ink", "#999999")))
    answers[0] = Answer(1, answers[0].name, "?", "no", "Pale.", None, "measured", 5, (faint,), 1)
    html = to_html([report(answers=tuple(answers))], rulebook.load(), {})
    assert "Nearest ink that passes" in html
    assert "#767676" in html  # the well-known lightest grey that reaches 4.5 on white


def test_html_of_several_documents_names_the_unreadable() -> None:
    html = to_html([report(), UNREADABLE], rulebook.load(), {})
    assert "torn.pdf: it is damaged. Save it again." in html
    assert "2 documents" in html


@pytest.mark.parametrize("render", ["text", "json", "html"])
def test_hostile_text_stays_inert(render: str) -> None:
    book = rulebook.load()
    bad = report(
        path=HOSTILE,
        answers=tuple(
            Answer(a.number, a.name, a.question, a.answer, HOSTILE, a.cause, a.settled, 1,
                   (finding(excerpt=HOSTILE, style=HOSTILE, message=HOSTILE, fix=HOSTILE),) if a.faults else (), 1)
            for a in report().answers
        ),
        not_looked_at=(NotLookedAt(1, None, HOSTILE),),
    )  # fmt: skip
    if render == "json":
        text = to_json([bad], book)
        assert json.loads(text)["documents"][0]["path"] == HOSTILE
        assert "\x1b" not in text
        return
    text = to_text([bad], book, verbose=True) if render == "text" else to_html([bad], book, {})
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "49" not in text.replace("--", "") or "{{ 7*7 }}" in text
    if render == "html":
        assert "<script>alert" not in text


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_whole(target, "one")
    write_whole(target, b"two")
    assert target.read_text() == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(BadUsage, match="cannot be written"):
        write_whole(tmp_path / "none" / "report.html", "x")


def test_every_report_says_by_which_limits_each_document_was_judged() -> None:
    """Two documents of one run may be judged by different checklists, limits and settings."""
    own = rulebook.changed(rulebook.load("large-print"), {"type-size": {"size": {"fault_below": 17}}}, "house.toml")
    large = report(path="large.pdf", settings=("house.toml", "clearprint.toml"), checklist="large-print")
    reports, books = [report(), large], {"large.pdf": own}
    data = json.loads(to_json(reports, rulebook.load(), books))
    assert data["checklist"]["name"] == "rnib-clear-print"
    assert [document["checklist"] and document["checklist"]["name"] for document in data["documents"]] == [None, "large-print"]
    size = data["documents"][1]["checklist"]["limits"]["type-size"][1]
    assert (size["fault_below"], size["basis"], size["because"]) == (17, "house", "Changed in house.toml.")
    assert data["documents"][1]["settings"] == ["house.toml", "clearprint.toml"]
    by = "Judged by “Large print”, version 1, with the settings of house.toml and clearprint.toml."
    changed = "Changed limits: type-size, size: no if under 17 pt, advice if under 18 pt."
    text = to_text(reports, rulebook.load(), books=books)
    assert f"{by} {changed}" in " ".join(text.split())
    assert text.count("Judged by") == 1
    assert to_text(reports, rulebook.load(), books=books, verbose=True).count("Judged by") == 2
    html = to_html(reports, rulebook.load(), {}, books)
    assert f"{by} {changed}" in html
    assert html.count("Judged by") == 1
    assert "Not large print yet" in html
    assert "under 17 pt (the house&#39;s figure)" in html
    assert "under 12 pt (the checklist&#39;s figure)" in html


def test_a_place_of_a_laid_out_word_file_names_page_and_paragraph() -> None:
    found = replace(finding(), page=3, pages=(3,), path="Under ‘How to apply’, paragraph 2")
    assert words.where(found) == "page 3, under ‘How to apply’, paragraph 2"
    assert words.where(replace(found, page=None, pages=())) == "Under ‘How to apply’, paragraph 2"

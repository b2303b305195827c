"""What people and programs read: text, JSON, HTML. Golden files without pictures; hostile text stays inert."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from clearprint import rulebook
from clearprint.answers import Answer, Declared, PagePicture, Reopened, Said, Settle
from clearprint.errors import BadUsage
from clearprint.languages import ENGLISH
from clearprint.model import NotLookedAt
from clearprint.reports import write_whole
from clearprint.reports.html.groups import grouped, steps
from clearprint.reports.html.prose import brief, prose
from clearprint.reports.html.windows import NARROW, WIDE, Mark, window, with_numbers
from clearprint.reports.speech import Speech
from clearprint.reports.to_html import to_html, to_site
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
        assert f"{rule.number}. " in html
        assert rule.question.split("-")[0] in html
    assert html.count(b64encode(picture.data).decode()) == 1
    assert html.count('class="true" role="img"') == html.count('class="low" role="img"') == 1
    assert "Not clear print yet" in html
    assert "1.1 Notes and small print, Arial 8.5 pt: 2 places" in html
    assert html.count("<script>") == 1


def test_html_says_who_answered_and_what_would_settle_the_rest() -> None:
    ann = Said("folds", "yes", "Ann <b>", "Looked at a print.", "2026-11-20", until="2027-01-01")
    stale = Reopened(Said("lies-flat", "yes", "Bo", "Held it.", "2026-01-02"), "edited", (2,))
    line = 'paper = "VALUE"'
    command = Settle("clearprint declare a.pdf --set paper=VALUE", line, "a.clearprint.toml", ("silk", "gloss"), "paper")
    answers = list(report().answers)
    answers[0] = replace(answers[0], overruled=replace(ann, word="overruled", by="Cy"))
    answers[23] = replace(answers[23], settle=command)
    answers[25] = replace(answers[25], settled="person", person=ann)
    answers[26] = replace(answers[26], answer="ask", cause="person", settled="open", reopened=(stale,))
    made = report(
        answers=tuple(answers), declared_by=(Declared("kind", "leaflet", "order.jdf"),), remarks=("Two pages a sheet.",)
    )
    text = plain(to_html([made], rulebook.load(), {}))
    assert "answered by Ann <b>, 2026-11-20, until 2027-01-01" in text
    assert "Overruled by Cy, 2026-11-20, until 2027-01-01: Looked at a print." in text
    assert "Bo answered on 2026-01-02; what that rests on was changed since. (page 2)" in text
    asked = text.index("What paper will it be printed on? 24. Matt paper")
    told = text.index("silk or satin, a soft shine ( silk ) ; glossy, it shines ( gloss )")
    command_at = text.index("clearprint declare drafts/leaflet.pdf --set paper=VALUE")
    assert asked < told < command_at  # the question to a person first, the command last
    assert 'The same can be said under [declare] in a.clearprint.toml: paper = "VALUE"' in text
    assert "paper=silk" not in text  # no value that looks like advice
    assert "kind = leaflet (order.jdf)" in text
    assert "Note: Two pages a sheet." in text
    assert "0 No" in text  # an overruled no is counted apart


def plain(html: str) -> str:
    """The words of a page, on one line."""
    body = re.sub(r"(?s)<(style|script)>.*?</\1>|<wbr>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split()).replace(" .", ".")


def test_one_style_is_one_group_whatever_was_measured_in_it() -> None:
    lines = [finding(measure="characters", unit="characters", wanted=80.0, measured=value) for value in (84.0, 91.5, 86.0)]
    other = finding(measure="characters", unit="characters", wanted=80.0, measured=84.0, style="Arial 9 pt")
    first, second = grouped(rulebook.load().rule("line-length"), [*lines, other])
    assert (first.count, second.count) == (3, 1)
    assert first.spread == (84.0, 91.5)
    assert first.worst.finding.measured == 91.5
    assert first.bar is not None
    assert first.bar.wanted < first.bar.measured == 80.0


def test_what_to_change_first_is_the_style_with_most_wrong_in_it() -> None:
    book = rulebook.load()
    captions = [finding(role="caption", style="Arial 8 pt")] * 9
    sizes = grouped(book.rule("type-size"), [finding(), finding(pages=(2, 3, 4)), *captions])
    flat = grouped(book.rule("leading"), [finding(measure="ratio")] * 7)
    pictures = grouped(book.rule("image-clarity"), [finding(measure="ppi", role=None, style="")] * 2)
    coarse = grouped(book.rule("image-clarity"), [finding(measure="line", role=None, style="")])
    first, second, third = steps([*sizes, *flat, *coarse, *pictures], 3)
    assert [(kind.rule.name, kind.count) for kind in first.kinds] == [("type-size", 2), ("leading", 7)]
    assert first.main is flat[0]
    assert first.where(Speech(ENGLISH)) == "pages 1–4"
    assert [group.first.role for group in second.groups] == ["caption"]
    assert third.groups == pictures  # no style: one kind of fault, the one with most places


def test_what_one_edit_mends_is_one_thing_to_change() -> None:
    rule = rulebook.load().rule("type-size")
    faults = [
        *[finding(role="body", style="Arial 11 pt")] * 4,
        *[finding(role="list", style="Arial 11 pt")] * 3,
        *[finding(role="body", style="Arial 11 pt bold")] * 2,
        finding(role="body", style="Arial 10 pt"),
    ]
    first, second = steps(grouped(rule, faults), 3)
    assert first.label(Speech(ENGLISH)) == "Body text, lists: Arial 11 pt"
    assert [(kind.count, len(kind.others)) for kind in first.kinds] == [(9, 2)]
    assert second.label(Speech(ENGLISH)) == "Body text, Arial 10 pt"
    many = [finding(role=role, style="Arial 11 pt") for role in ("body", "list", "caption", "table")]
    assert steps(grouped(rule, many), 1)[0].label(Speech(ENGLISH)) == "All kinds of text: Arial 11 pt"


def test_a_fault_of_the_whole_document_weighs_as_much_as_one_on_every_page() -> None:
    book = rulebook.load()
    whole = finding(measure="number", role="folio", style="", page=None, pages=(), box=None, measured="none", wanted=None)
    numbers = grouped(book.rule("page-furniture"), [whole])
    sizes = grouped(book.rule("type-size"), [finding()] * 5)
    assert steps([*sizes, *numbers], 1, pages=8)[0].groups == numbers
    assert steps([*sizes, *numbers], 1, pages=4)[0].groups == sizes


def test_addresses_break_after_their_joints_and_are_never_cut() -> None:
    address = "https://www.cafcass.gov.uk/grown-ups/what-happens-after-you-apply?page=2"
    shown = str(prose(f"See {address} now, and the self-made well-known rest."))
    assert f"{shown.count('<wbr>')} {shown.count('whole')}" == "7 3"
    assert "grown-ups/<wbr>what-happens-after-you-apply?<wbr>page=2</span> now" in shown
    assert unescape(re.sub(r"<[^>]+>", "", shown)).startswith(f"See {address} now")  # copies whole
    assert brief(f"{address} says what comes next") == f"{address}…"
    assert brief("One two three four five six seven eight nine ten eleven twelve thirteen").endswith("ten eleven…")
    assert brief("● A point of a list") == "A point of a list"
    assert str(prose("a." + "b" * 99)) == "a.<wbr>" + "b" * 99  # too long to be kept on one line


def test_numbers_have_no_more_decimals_than_a_reader_needs() -> None:
    speech = Speech(ENGLISH)
    many = [finding(measured=value, unit="mm", wanted=3.0) for value in (0.395, 1.901)]
    (group,) = grouped(rulebook.load().rule("image-separation"), many)
    assert speech.measured(group) == "0.4 to 1.9 mm"
    assert [speech.value(*one) for one in ((11.0, "pt"), (8.25, "pt"), (150.4, "ppi"), (10, "count"))] == [
        "11 pt",
        "8.25 pt",
        "150 pixels an inch",
        "10",
    ]


def test_what_was_not_looked_at_is_told_in_the_words_of_the_rule() -> None:
    answers = list(report().answers)
    missed = (NotLookedAt(2, None, "no-height"), NotLookedAt(3, None, "undeclared"))
    answers[20] = replace(answers[20], not_looked_at=missed)
    text = plain(to_html([report(answers=tuple(answers))], rulebook.load(), {}))
    assert "page 2, The room to write in could not be told in some places." in text
    assert "undeclared" not in text


def test_faults_without_pages_are_told_by_the_first_of_them() -> None:
    many = [finding(page=None, pages=(), box=None, path=f"Paragraph {number}") for number in (3, 5, 8)]
    (group,) = grouped(rulebook.load().rule("type-size"), many)
    assert group.where(Speech(ENGLISH)) == "Paragraph 3 and 2 more places"


def test_numbers_in_the_margin_never_lie_over_each_other() -> None:
    for count in (1, 9, 31, 32, 140):
        marks = [Mark(f"m{n}", f"g{n % 7}", f"1.{n % 7}", (50.0, 400.0 + n % 5, 9.0, 9.0)) for n in range(count)]
        placed = with_numbers(marks, 842.0)
        assert len(placed) == count
        for room, places in ((WIDE, [mark.wide for mark in placed]), (NARROW, [mark.narrow for mark in placed])):
            shown = sorted(place * 842 for place in places if place is not None)
            assert shown
            assert shown[0] >= 0
            assert shown[-1] <= 842 - room + 0.5
            assert all(after - before > room - 0.5 for before, after in pairwise(shown))


def test_a_window_is_as_large_as_its_place_and_never_beyond_the_page() -> None:
    picture = PagePicture(b"", "image/webp", 595.0, 842.0)
    for box in ((40.0, 700.0, 300.0, 712.0), (-20.0, -5.0, 700.0, 900.0), (590.0, 838.0, 595.0, 842.0)):
        x, y, width, height = window(1, box, picture).view
        assert x >= 0
        assert y >= 0
        assert x + width <= 595.01
        assert y + height <= 842.01
        assert width >= 200
    assert window(1, (40.0, 700.0, 300.0, 712.0), picture).view[:2] == (16.0, 676.0)


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
    assert len(set(re.findall(r' id="([^"]+)"', html))) == len(re.findall(r' id="([^"]+)"', html))


def test_a_folder_of_reports_has_an_index_a_table_and_a_file_each() -> None:
    reports = [report(), UNREADABLE, report(path="other/leaflet.pdf"), report(path="=1+2.pdf")]
    site = dict(to_site(reports, rulebook.load(), {}))
    assert list(site) == ["leaflet.pdf.html", "torn.pdf.html", "leaflet.pdf-2.html", "1-2.pdf.html", "index.html", "index.csv"]
    for name in list(site)[:4]:
        assert f'href="{name}"' in site["index.html"]
        assert 'href="index.html"' in site[name]
    assert "it is damaged" in site["index.html"]
    rows = list(csv.DictReader(io.StringIO(site["index.csv"])))
    assert [row["verdict"] for row in rows] == ["no", "", "no", "no"]
    assert rows[0]["type-size"] == "no"
    assert rows[0]["matt-paper"] == "ask"
    assert [rows[0][word] for word in ("no", "ask", "yes", "na")] == ["1", "1", "24", "1"]
    assert rows[1]["error"].startswith("torn.pdf: it is damaged")
    assert rows[3]["path"] == "'=1+2.pdf"  # no formula for a spreadsheet


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
    assert "*9 }}" in text
    assert "q" * 9 not in text
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
    by = "Judged by “Large print”, version 1. Settings: house.toml, clearprint.toml."
    changed = "Changed limits: type-size, size: no if under 17 pt, advice if under 18 pt."
    text = to_text(reports, rulebook.load(), books=books)
    assert f"{by} {changed}" in " ".join(text.split())
    assert text.count("Judged by") == 1
    assert to_text(reports, rulebook.load(), books=books, verbose=True).count("Judged by") == 2
    html = to_html(reports, rulebook.load(), {}, books)
    assert "Judged by “Large print”, version 1." in html
    assert "Settings: house.toml, clearprint.toml." in html
    assert "Not large print yet" in html
    assert "size: no if under 17 pt; advice if under 18 pt (changed by your settings)" in plain(html)
    assert "size: no if under 12 pt; advice if under 14 pt (the checklist’s figure)" in plain(html)


def test_a_place_of_a_laid_out_word_file_names_page_and_paragraph() -> None:
    found = replace(finding(), page=3, pages=(3,), path="Under ‘How to apply’, paragraph 2")
    assert Speech(ENGLISH).where(found) == "page 3, under ‘How to apply’, paragraph 2"
    assert Speech(ENGLISH).where(replace(found, page=None, pages=())) == "Under ‘How to apply’, paragraph 2"

"""The large-print checklist: only what differs is stated, and its figures are those that count."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from clearprint import rulebook
from clearprint.answers import Answer
from clearprint.engine import judge
from clearprint.errors import BadRule
from tests.handmade import TEXT as WORDS
from tests.handmade import Document, doc, line, page, para

LARGE, CLEAR = rulebook.load("large-print"), rulebook.load()
FOLDER = rulebook.rules_folder() / "large-print"


def answers(document: Document, book: rulebook.Rulebook) -> dict[str, Answer]:
    return {answer.name: answer for answer in judge(book, document.pages, document.survey, raise_crashes=True)}


def text(size: float, chars: int = 50, **look: object) -> Document:
    return doc(page(para(WORDS, size, chars=chars, **look), para(WORDS, size, chars=chars, **look)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "clear", "large", "advice"),
    [
        (14, "yes", "no", False),
        (15.9, "yes", "no", False),
        (15.95, "yes", "yes", True),
        (16, "yes", "yes", True),
        (18, "yes", "yes", False),
    ],
)
def test_the_size_of_type(size: float, clear: str, large: str, advice: bool) -> None:
    document = text(size)
    assert answers(document, CLEAR)["type-size"].answer == clear
    found = answers(document, LARGE)["type-size"]
    assert found.answer == large
    assert bool(found.advice_count) is advice
    if large == "no":
        assert "at least 16 pt is asked" in found.faults[0].message
        assert found.faults[0].basis == "guideline"
        assert "18 pt is better" in found.faults[0].fix


def test_page_numbers_and_notes_are_as_large_as_the_text() -> None:
    small = doc(page(para(WORDS, 18), line("Page 3", 12, at=(280, 800))))
    assert answers(small, LARGE)["type-size"].fault_count == 1


def test_large_type_gets_no_easier_contrast() -> None:
    facts = {"size": 20.0, "weight": 400, "role": "body"}
    for book, fault_below in ((CLEAR, 3.0), (LARGE, 4.5)):
        rule = book.rule("text-contrast")
        index = rule.limit_for("ratio", facts)
        assert index is not None
        assert rule.limits[index].fault_below == fault_below


def test_lines_of_large_print_may_be_shorter() -> None:
    short = text(18, chars=36)
    assert answers(short, CLEAR)["line-length"].answer == "no"
    found = answers(short, LARGE)["line-length"]
    assert (found.answer, found.advice_count > 0) == ("yes", True)
    assert answers(text(18, chars=26), LARGE)["line-length"].answer == "no"


def test_a_page_smaller_than_a4_is_advice_and_letter_is_not() -> None:
    letter = doc(page(para(WORDS, 18, chars=40), size=(612, 792)))
    a5 = doc(page(para(WORDS, 18, chars=30), size=(419.53, 595.28)))
    assert answers(letter, LARGE)["page-size"].advice_count == 0
    found = answers(a5, LARGE)["page-size"]
    assert (found.answer, found.advice_count) == ("yes", 1)
    assert "smaller than A4" in found.advice[0].message
    assert answers(a5, CLEAR)["page-size"].advice_count == 0


def test_it_has_all_questions_and_says_where_its_figures_come_from() -> None:
    assert [rule.name for rule in LARGE.rules] == [rule.name for rule in CLEAR.rules]
    assert "UKAAF" in LARGE.source
    assert LARGE.goal == "large print"
    assert (LARGE.room, LARGE.sentences) == (CLEAR.room, CLEAR.sentences)
    assert "UKAAF" in next(limit.because for limit in LARGE.rule("type-size").limits if not limit.name)
    for rule in LARGE.rules:
        for words in (rule.question, rule.advice, *rule.reasons.values(), *rule.messages.values(), *rule.fixes.values()):
            assert "12 pt" not in words, f"{rule.name}: {words}"
            assert "14 pt" not in words.replace("(14 pt type: 17 pt)", "").replace("12 to 14 pt", ""), f"{rule.name}: {words}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("[0-9]*.toml")), ids=lambda path: path.stem)
def test_only_what_differs_is_stated(path: Path) -> None:
    own = tomllib.loads(path.read_text(encoding="utf-8"))
    base = tomllib.loads((rulebook.rules_folder() / CLEAR.name / path.name).read_text(encoding="utf-8"))
    for key, value in own.items():
        if key == "limit":
            known = {(limit["measure"], limit.get("name")): limit for limit in base["limit"]}
            for limit in value:
                same = known[limit["measure"], limit.get("name")]
                assert limit != same
                again = {name for name, item in limit.items() if name not in ("measure", "name") and same.get(name) == item}
                assert again <= {"when", "basis", "because"}, f"{path.name}: stated again: {again}"
        elif isinstance(value, dict):
            assert not {name for name, item in value.items() if base[key].get(name) == item}
        else:
            assert value != base[key], f"{path.name}: {key} is stated again"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("99-other.toml", "question = 'x?'", "no file of that name to change"),
        ("04-leading.toml", "[[limit]]\nmeasure = 'ration'\nfault_below = 1", "no limit of that measure and name"),
        ("04-leading.toml", "wy = 'x'", "unknown key 'wy'"),
        ("04-leading.toml", "[[limit]]\nmeasure = 'ratio'\nfault_blow = 1", "unknown key 'fault_blow'"),
    ],
)
def test_a_typo_in_what_differs_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, says: str
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "checklist.toml").write_text('extends = "rnib-clear-print"\nname = "mine"\n')
    (folder / name).write_text(text)
    (tmp_path / CLEAR.name).symlink_to(rulebook.rules_folder() / CLEAR.name)
    monkeypatch.setattr(rulebook, "rules_folder", lambda: tmp_path)
    for cached in (rulebook.names, rulebook.load):
        cached.cache_clear()
    try:
        with pytest.raises(BadRule, match=says):
            rulebook.load("mine")
    finally:
        for cached in (rulebook.names, rulebook.load):
            cached.cache_clear()


def test_a_real_file_is_judged_by_it(tmp_path: Path) -> None:
    """14 pt passes clear print and fails large print; 16 pt passes with advice, 18 pt without."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    for size in (14, 16, 18):
        sheet = canvas.Canvas(str(tmp_path / f"{size}.pdf"), pagesize=(595.28, 841.89), invariant=1)
        sheet.setFont("Helvetica", size)
        for row in range(6):
            sheet.drawString(
                60, 700 - row * size * 1.3, "The bus to the town stops at the gate every ten minutes."[: 900 // size]
            )
        sheet.save()
    result = subprocess.run(
        [sys.executable, "-m", "clearprint", "check", *map(str, sorted(tmp_path.glob("*.pdf"))), "--select", "type-size",
         "--checklist", "large-print", "--format", "json"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert result.returncode == 1, result.stderr
    data = json.loads(result.stdout)
    found = [document["answers"][0] for document in data["documents"]]
    assert data["checklist"]["name"] == "large-print"
    assert [(answer["answer"], answer["advice_count"] > 0) for answer in found] == [
        ("no", False),
        ("yes", True),
        ("yes", False),
    ]

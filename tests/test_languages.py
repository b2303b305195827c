"""Reports in other languages: catalogues are complete and fresh, sentences keep placeholders, and a folder is all it takes."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import clearprint
from clearprint import languages, rulebook
from clearprint.cli.explain import explained
from clearprint.cli.outputs import FORMATS
from clearprint.errors import BadRule, BadSettings
from clearprint.languages.filling import fill
from clearprint.languages.retold import FAILURES, TEMPLATES, retold
from clearprint.reports import Run, ways
from clearprint.reports.speech import Speech, speech_of
from clearprint.reports.to_github import summary
from clearprint.reports.to_html import to_html
from clearprint.rulebook import Rule
from tests import catalogues
from tests.reports_kit import UNREADABLE, finding, report

CODES = [code for code in languages.codes() if code != languages.DEFAULT]
TABLES = ("reasons", "asks", "messages", "fixes")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_the_template_is_what_the_code_says() -> None:
    assert catalogues.POT.read_text(encoding="utf-8") == catalogues.template(catalogues.collected())


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_is_complete_and_compiled(code: str) -> None:
    po = catalogues.LANGUAGES / code / "clearprint.po"
    assert catalogues.missing(po) == []
    assert po.with_suffix(".mo").read_bytes() == catalogues.compiled(po), "run python -m tests.catalogues"


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_keeps_placeholders(code: str) -> None:
    from babel.messages.pofile import read_po

    with (catalogues.LANGUAGES / code / "clearprint.po").open("rb") as file:
        for message in read_po(file, locale=code):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = set(re.findall(r"%\(\w+\)s|\{\w+\}", " ".join(ids)))
            for text in strings if message.id else ():
                assert set(re.findall(r"%\(\w+\)s|\{\w+\}", text)) == wanted, message.id


@pytest.mark.parametrize("checklist", rulebook.names())
@pytest.mark.parametrize("code", CODES)
def test_sentences_of_rules_are_translated_with_their_placeholders(code: str, checklist: str) -> None:
    def words(rule: Rule) -> dict[str, str]:
        plain = {key: getattr(rule, key) for key in ("title", "question", "why", "advice", "measured", "cannot_see", "settles")}
        tables = {f"{table}.{key}": text for table in TABLES for key, text in getattr(rule, table).items()}
        because = {f"because.{limit.full_name}": limit.because for limit in rule.limits}
        return {**plain, **tables, **because, **{f"na.{n}": case.reason for n, case in enumerate(rule.na)}}

    english, other = rulebook.load(checklist), rulebook.load(checklist, code)
    assert other.language == code
    assert set(other.sentences) == set(english.sentences)
    for rule, translated in zip(english.rules, other.rules, strict=True):
        assert translated.limits == rule.limits or [limit.measure for limit in translated.limits] == [
            limit.measure for limit in rule.limits
        ]
        own = words(translated)
        for key, text in words(rule).items():
            assert not text or own[key] != text, (rule.name, key)
            assert placeholders(own[key]) <= placeholders(text), (rule.name, key)
            for name in placeholders(text) - placeholders(own[key]):
                raise AssertionError(f"{rule.name} {key}: {name} is lost")


def test_a_report_speaks_the_language_and_a_rules_limits_stay() -> None:
    book = rulebook.load(language="cy")
    assert [limit.fault_below for limit in book.rule("type-size").limits] == [
        limit.fault_below for limit in rulebook.load().rule("type-size").limits
    ]
    html = to_html([report()], book, {})
    assert '<html lang="cy">' in html
    for said in ("Ddim yn brint clir eto", "Newidiwch yn gyntaf", "Nodiadau a phrint mân, Arial 8.5 pt: 2 le", "A yw pob darn"):
        assert said in html


def test_every_output_for_people_speaks_the_language() -> None:
    book = rulebook.load(language="cy")
    made = Run([report(), UNREADABLE], book, lambda made, answer: answer.answer == "no", verbose=True)
    for name, said in (
        ("text", ("1 na, 1 heb ei ateb", "Yr atebion:", "tudalen 1:", "Cywiro:", "Heb eu hateb eto", "2 ddogfen: 1 na")),
        ("junit", ("Cywiro:", "Ddim yn berthnasol:", "Heb ei ateb:", "A ellir gwirio'r ddogfen?")),
        ("sarif", ("Tudalen 1", "maint: na os o dan 12 pwynt", "**Terfynau**", "Gellir gwirio")),
        ("html", ("Cywiro:", "Newidiwch yn gyntaf")),
        ("github", ("Cywiro:", "Ni ellid ei gwirio")),
    ):
        text = FORMATS[name](made)
        assert [words for words in said if words not in text] == [], name
        assert not [words for words in ("Mend:", "Not answered", "could not be", "page 1", "1 open") if words in text], name
    assert "Cywiro:" in summary(made)
    told = explained(book.rule("leading"), speech_of(book))
    assert "Yr hyn a fesurir" in told
    assert "na os o dan 1.14" in told


def test_plural_forms_and_words_of_facts_follow_the_language() -> None:
    welsh = languages.language("cy")
    assert [welsh.counted("{count} place", "{count} places", n) for n in (1, 2, 6, 1200)] == [
        "1 lle",
        "2 le",
        "6 lle",
        "1,200 lle",
    ]
    assert fill("{n:# place|# places}", {"n": 1}, welsh) == "1 place"  # a sentence that is still English
    assert fill("{n:# place|# places}", {"n": 5}, welsh) == "5 places"
    assert fill("{n:o#|a#|b#|c#|d#}", {"n": 2}, welsh) == "b2"
    assert fill("{n:0=none|o#|a#|b#|c#|d#}", {"n": 0}, welsh) == "none"
    assert fill("{n:0=none|o#|a#|b#|c#|d#}", {"n": 2}, welsh) == "b2"
    assert fill("{n:0=none|# place|# places}", {"n": 1}) == "1 place"
    assert fill("{side}", {"side": "left"}, welsh) == "chwith"
    assert Speech(welsh).where(finding(page=2, pages=(2, 3))) == "tudalennau 2–3"


def test_the_way_to_a_place_in_a_word_file_is_translated_and_the_words_of_its_headings_are_not() -> None:
    way = "Under ‘Table 2, row 3’, table 3, row 2, column 1, paragraph 2"
    place = finding(page=None, pages=(), path=way)
    assert Speech(languages.ENGLISH).where(place) == way
    assert Speech(languages.language("cy")).where(place) == "O dan ‘Table 2, row 3’, tabl 3, rhes 2, colofn 1, paragraff 2"
    assert ways.told("Header of the first page, text box 1", languages.language("cy").text).startswith(
        "Pennyn y dudalen gyntaf, b"
    )
    assert ways.told("Somewhere, 5 up", languages.language("cy").text) == "Somewhere, 5 up"


@pytest.mark.parametrize("made", ["docx_blocks.py", "from_docx.py"])
def test_every_step_of_a_way_is_one_that_readers_make(made: str) -> None:
    """Words of ways that a reader begins to use need a translation: those it is known to use are all there."""
    text = (Path(clearprint.__file__).parent / "readers" / made).read_text(encoding="utf-8")
    used = set(re.findall(r'_once\(.*?"([a-z ]+)"\)|, \'(table)\'\)|_numbered\(place, "([a-z]+)"\)', text))
    assert {word for group in used for word in group if word} <= set(ways.STEPS)


def test_what_readers_and_tickets_say_in_english_is_said_again() -> None:
    welsh = languages.language("cy")
    remark = "order.jdf: the coating Glow, Shine does not say how much the paper shines."
    assert retold(remark, languages.ENGLISH) == remark
    assert retold(remark, welsh) == "order.jdf: nid yw'r araen Glow, Shine yn dweud faint y mae'r papur yn sgleinio."
    assert retold("leaflet.clearprint.toml, line 4", welsh) == "leaflet.clearprint.toml, llinell 4"
    assert retold("Something nobody foresaw.", welsh) == "Something nobody foresaw."
    shown = to_html([UNREADABLE], rulebook.load(language="cy"), {})
    assert "Mae torn.pdf wedi&#39;i difrodi." in shown
    assert "damaged" not in shown


def test_every_template_is_a_sentence_of_the_code() -> None:
    """A sentence that was changed in a reader is no longer found by its old template."""
    folder = Path(clearprint.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "retold.py")
    for template in TEMPLATES:
        longest = max(re.split(r"\{\w+\}", template), key=len)
        assert longest in code, template


def test_every_code_of_a_failure_has_a_sentence() -> None:
    folder = Path(clearprint.__file__).parent
    texts = [path.read_text(encoding="utf-8") for part in ("readers", "formats") for path in (folder / part).rglob("*.py")]
    assert {code for text in texts for code in re.findall(r'code="([a-z-]+)"', text)} <= set(FAILURES)


def test_numbers_take_the_decimal_mark_of_the_language() -> None:
    other = languages.Language("de", "Deutsch", ",")
    assert fill("{value:.1f} of {count}", {"value": 1234.5, "count": 12}, other) == "1234,5 of 12"
    assert Speech(other).value(11.5, "pt") == "11,5 pt"


def test_a_folder_is_all_a_language_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "xx" / "rnib-clear-print"
    place.mkdir(parents=True)
    (tmp_path / "xx" / "language.toml").write_text('name = "Xx"\n', encoding="utf-8")
    (place / "04-leading.toml").write_text('title = "Zeilen"\n[because]\n"ratio.heading" = "Darum."\n', encoding="utf-8")
    monkeypatch.setattr("clearprint.languages.folder", lambda: tmp_path)
    monkeypatch.setattr("clearprint.languages.sentences.folder", lambda: tmp_path)
    languages.codes.cache_clear()
    try:
        rule = rulebook.load(rulebook.DEFAULT_CHECKLIST, "xx").rule("leading")
        assert (rule.title, rule.limits[0].because) == ("Zeilen", "Darum.")
        assert rule.question == rulebook.load().rule("leading").question
        (place / "04-leading.toml").write_text('titel = "Zeilen"\n', encoding="utf-8")
        rulebook.load.cache_clear()
        with pytest.raises(BadRule, match="titel"):
            rulebook.load(rulebook.DEFAULT_CHECKLIST, "xx")
    finally:
        languages.codes.cache_clear()
        rulebook.load.cache_clear()


def test_an_unknown_language_names_the_nearest() -> None:
    with pytest.raises(BadSettings, match="Did you mean 'cy'"):
        languages.language("cyy")


def test_every_language_says_what_it_is() -> None:
    for code in CODES:
        facts = tomllib.loads((catalogues.LANGUAGES / code / "language.toml").read_text(encoding="utf-8"))
        assert facts["name"]
        assert f"`{code}`" in (catalogues.LANGUAGES / "README.md").read_text(encoding="utf-8")

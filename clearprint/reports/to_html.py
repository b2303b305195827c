"""The report a designer opens: HTML that needs no script, fetches nothing and works from a disk.

`to_html` draws all documents as one file; `to_site` a file each with a first page and a table of all. What the templates show
is made ready in reports/html/; their language is that of the checklist's sentences.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from clearprint import __version__, lazily
from clearprint.answers import CAUSES, VALUE, PagePicture, Report
from clearprint.languages import language
from clearprint.model import NotLookedAt
from clearprint.reports import asking, words
from clearprint.reports.html import examples
from clearprint.reports.html.prose import brief, prose
from clearprint.reports.html.view import ALSO, KINDS, MORE, PLACES, TOLD, Document, Explained, Question, document
from clearprint.reports.speech import N_, Speech
from clearprint.rulebook import Rule, Rulebook

if TYPE_CHECKING:
    from jinja2 import Environment

Pictures = Mapping[str, Mapping[int, PagePicture]]
STATUSES = {"known": N_("Known from the baseline"), "worse": N_("Worse than in the baseline"), "overruled": N_("Overruled")}
_LOUD = lazily.compile(r"(?:\b[^\W\d_a-z]{2,}\W+){3}[^\W\d_a-z]{2,}")  # four words of capitals in a row
_FILE = lazily.compile(r"[^\w.-]+")


def to_html(
    reports: Sequence[Report], book: Rulebook, pictures: Pictures, books: Mapping[str, Rulebook] = MappingProxyType({})
) -> str:
    """All reports as one HTML page. `pictures` by path and page number; `books`, by path, of documents judged otherwise."""
    several = len(reports) != 1
    shown = [
        _document(report, book, pictures, books, f"d{index}-" if several else "") for index, report in enumerate(reports, 1)
    ]
    links = [f"#{item.ident}top" for item in shown]
    return _page("report.html.j2", book, documents=shown, links=links, totals=_totals(shown, book), back=None)


def to_site(
    reports: Sequence[Report], book: Rulebook, pictures: Pictures, books: Mapping[str, Rulebook] = MappingProxyType({})
) -> Iterator[tuple[str, str]]:
    """Names and contents of the files of a folder: a report a document, then index.html and index.csv."""
    from clearprint.reports.to_csv import to_csv

    links, shown = _names(reports), []
    for report, name in zip(reports, links, strict=True):
        own = _document(report, book, pictures, books, "")
        yield name, _page("report.html.j2", own.book, documents=[own], links=[], totals=[], back="index.html")
        shown.append(_document(report, book, {}, books, ""))
    yield "index.html", _page("index.html.j2", book, documents=shown, links=links, totals=_totals(shown, book))
    yield "index.csv", to_csv(reports, book)


def explained(rules: Sequence[Rule], book: Rulebook) -> str:
    """Questions of a checklist explained on one page, with a good and a bad example of each."""
    return _page("explain.html.j2", book, questions=[Explained(rule) for rule in rules])


def _names(reports: Sequence[Report]) -> list[str]:
    """A file name each: that of the document where it is free and plain, numbered where it is not."""
    taken: set[str] = {"index.html", "index.csv"}
    result = []
    for report in reports:
        plain = _FILE.sub("-", report.path.replace("\\", "/").rsplit("/", 1)[-1])[:80].strip("-.") or "document"
        name, number = f"{plain}.html", 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}.html"
        taken.add(name.casefold())
        result.append(name)
    return result


def _document(report: Report, book: Rulebook, pictures: Pictures, books: Mapping[str, Rulebook], prefix: str) -> Document:
    own = books.get(report.path, book)
    return document(report, own, pictures.get(report.path, {}), prefix, otherwise=report.path in books)


def _totals(documents: Sequence[Document], book: Rulebook) -> list[tuple[str, Counter[str]]]:
    """By question: how many documents were answered how. Questions that were left out count nowhere."""
    counts: dict[str, Counter[str]] = {rule.name: Counter() for rule in book.rules}
    for item in documents:
        for answer in item.report.answers:
            if answer.cause != "skipped" and answer.name in counts:
                counts[answer.name][answer.answer] += 1
    return [(f"{rule.number}. {rule.title}", counts[rule.name]) for rule in book.rules]


def _page(template: str, book: Rulebook, **shown: Any) -> str:
    from markupsafe import Markup

    tongue = language(book.language)
    script = _script()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return (
        _environment(book.language)
        .get_template(template)
        .render(
            language=tongue,
            speech=Speech(tongue),
            book=book,
            version=__version__,
            script=Markup(script),
            script_hash=f"sha256-{digest}",
            **shown,
        )
    )


@cache
def _script() -> str:
    from importlib.resources import files

    return files("clearprint.reports").joinpath("templates/report.js").read_text(encoding="utf-8")


@cache
def _environment(code: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    tongue = language(code)
    environment = Environment(
        loader=PackageLoader("clearprint.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(tongue.catalogue, newstyle=True)  # type: ignore[attr-defined]
    speech = Speech(tongue)
    environment.filters.update(
        safe_text=words.safe,
        prose=prose,
        brief=brief,
        loud=lambda text: _LOUD.search(text) is not None,
        translated=tongue.text,
        titled=lambda rule: (rule.name, rule.title),
        sentence=lambda text: text[:1].upper() + text[1:],
        overlooked=_overlooked,
        number=lambda value: tongue.number(f"{value:,}"),
        measure_line=lambda line: _measure_line(speech, line),
    )
    environment.globals.update(symbols=words.SYMBOLS, statuses=STATUSES)
    environment.globals.update(listed=PLACES, unfolded=MORE, kinds=KINDS, also=ALSO, told=TOLD)
    environment.globals.update(example=examples.example, layout_command=_layout_command, declare_command=words.declare)
    environment.globals.update(questions_of_job=asking.QUESTIONS, meanings=asking.MEANINGS, placeholder=VALUE)
    return environment


def _layout_command(path: str) -> str:
    """What lays a Word file out and checks it on its pages."""
    return f"clearprint check {shlex.quote(words.safe(path))} --layout libreoffice -o report.html"


def _overlooked(question: Question, report: Report) -> list[NotLookedAt]:
    """What a question could not look at, beyond what nobody could and what its answer asks for. The rule's own words."""
    asks, asked = question.rule.asks, question.answer.reason
    own = (item for item in question.answer.not_looked_at if item not in report.not_looked_at)
    told = (replace(item, reason=asks.get(item.reason, item.reason)) for item in own)
    return [item for item in told if item.reason != asked and item.reason not in CAUSES]


def _measure_line(speech: Speech, line: str) -> str:
    """`size: 8 to 14, median 11` in the language of the report."""
    name, _, spread = line.partition(": ")
    found = re.fullmatch(r"(\S+) to (\S+), median (\S+)", spread)
    if found is None:
        return f"{speech.measure(name)}: {speech.language.number(spread)}"
    said = speech.language.text("{least} to {most}, median {median}")
    for key, value in zip(("{least}", "{most}", "{median}"), found.groups(), strict=True):
        said = said.replace(key, speech.language.number(value))
    return f"{speech.measure(name)}: {said}"

"""The sidecar of a document: `leaflet.clearprint.toml` beside leaflet.pdf and leaflet.docx, for one print job.

It says what is declared of the job, who said so and until when, and holds the answers that people gave. Read as strictly as
settings: what is wrong is one sentence with file, line and the nearest valid name.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clearprint import declaration, lazily, rulebook
from clearprint.answers import Declared, Said
from clearprint.declaration import Known
from clearprint.errors import BadDeclaration, BadSettings, nearest
from clearprint.model import Job
from clearprint.people import sidecar_of
from clearprint.records import record
from clearprint.settings.reader import Source, word_of

KEYS = ("declare", "answer", "overrule")
BY = ("by", "why", "date", "until")
ANSWER_KEYS = ("question", "answer", *BY, "format", "pages", "rests-on")
OVERRULE_KEYS = ("question", *BY, "format", "pages", "rests-on", "place", "measured", "excerpt")
_FINGERPRINT = lazily.compile(r"[0-9a-f]{16}(-\d+)?")


@record
class Sidecar:
    """What the file beside a document says."""

    path: Path
    source: declaration.Source
    expired: tuple[Declared, ...] = ()
    said: tuple[Said, ...] = ()


def beside(document: Path, today: str) -> Sidecar | None:
    """The sidecar of a document, None where there is none. BadSettings when it is wrong."""
    path = sidecar_of(str(document))
    return read(path, today) if path.is_file() else None


def read(path: Path, today: str) -> Sidecar:
    """A sidecar. `today` is a date, 2026-11-22: what was declared until a day before it is not believed."""
    source = Source.opened(path)
    assert source is not None
    _only(source, source.table, (), KEYS)
    jobs, expired = _declared(source, today)
    job = declaration.parse(f"{item.name}={item.value}" for item in jobs)
    said = tuple(
        _said(source, key, number, table) for key in ("answer", "overrule") for number, table in enumerate(_tables(source, key))
    )
    return Sidecar(path, declaration.Source(job, jobs), expired, said)


def laid_under(asked: declaration.Source, sidecar: Sidecar | None, weaker: list[declaration.Source]) -> tuple[Job, Known]:
    """What is known of a document's job: what is asked of the run, its sidecar, and what is weaker, in order of strength."""
    sources = [asked, *([sidecar.source] if sidecar else []), *weaker]
    job, known = declaration.together(sources)
    if sidecar is None:
        return job, known
    return job, Known(known.told, known.contradictions, sidecar.expired, sidecar.said, known.remarks)


# --- what is declared -----------------------------------------------------------------------------------------------------


def _declared(source: Source, today: str) -> tuple[tuple[Declared, ...], tuple[Declared, ...]]:
    table = source.table.get("declare", {})
    if not isinstance(table, dict):
        raise source.error(("declare",), 'declare must be a table, such as [declare] with paper = "matt" in it.')
    names = [key.name for key in declaration.KEYS]
    good: list[Declared] = []
    expired: list[Declared] = []
    for name, data in table.items():
        keys = ("declare", name)
        if name not in names:
            raise source.error(keys, f"nothing named {name!r} can be declared. {nearest(name, names)}")
        by: dict[str, str | None] = {}
        value = data
        if isinstance(data, dict):
            _only(source, data, keys, ("value", *BY))
            if "value" not in data:
                raise source.error(keys, f'{name} needs a value: {name} = {{ value = …, by = "…", date = 2026-11-22 }}.')
            value = data["value"]
            by = {key: _words(source, keys, data, key) for key in ("by", "why") if key in data}
            by |= {key: _date(source, keys, data, key) for key in ("date", "until") if key in data}
        try:
            text = word_of(value)
            declaration.parse([f"{name}={text}"])
        except (BadDeclaration, BadSettings) as error:
            raise source.error(keys, error.message, error.code) from error
        item = Declared(name, text, _where(source, keys), **by)
        (expired if item.until is not None and item.until < today else good).append(item)
    return tuple(good), tuple(expired)


# --- what people said -----------------------------------------------------------------------------------------------------


def _tables(source: Source, key: str) -> list[dict[str, Any]]:
    tables = source.table.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error((key,), f"{key} must be tables: write [[{key}]], or have `clearprint declare` write them.")
    return tables


def _said(source: Source, key: str, number: int, table: Mapping[str, Any]) -> Said:
    keys = (key, number)
    _only(source, table, keys, ANSWER_KEYS if key == "answer" else OVERRULE_KEYS)
    question = _question(source, keys, table)
    word: Any = "overruled"
    if key == "answer":
        word = _words(source, keys, table, "answer")
        if word not in ("yes", "no", "na"):
            raise source.error((*keys, "answer"), f"answer = {word!r} is not possible. {nearest(word, ('yes', 'no', 'na'))}")
    pages, rests_on, place = _pages(source, keys, table), _fingerprints(source, keys, table), table.get("place")
    if place is not None and (not isinstance(place, str) or _FINGERPRINT.fullmatch(place) is None):
        raise source.error((*keys, "place"), "place is the fingerprint of a fault; `clearprint declare` writes it.")
    if place is None and len(rests_on) != max(1, len(pages)):
        raise source.error(
            keys, "rests-on must have the fingerprint of each page, or of the whole document; `clearprint declare` writes it."
        )
    form = table.get("format")
    if form not in (None, "pdf", "docx"):
        raise source.error((*keys, "format"), f"format = {form!r} is not possible. {nearest(str(form), ('pdf', 'docx'))}")
    measured = table.get("measured")
    if not isinstance(measured, str | int | float | None):
        raise source.error((*keys, "measured"), "measured is a number or a word; `clearprint declare` writes it.")
    return Said(
        question,
        word,
        _words(source, keys, table, "by"),
        _words(source, keys, table, "why"),
        _date(source, keys, table, "date"),
        _date(source, keys, table, "until") if "until" in table else None,
        form,
        pages,
        rests_on,
        place,
        measured,
        str(table.get("excerpt", "")),
        _where(source, keys),
    )


def _question(source: Source, keys: tuple[str | int, ...], table: Mapping[str, Any]) -> str:
    name = _words(source, keys, table, "question")
    try:
        return rulebook.load().rule(name).name
    except BadSettings as error:
        raise source.error((*keys, "question"), error.message, error.code) from error


def _pages(source: Source, keys: tuple[str | int, ...], table: Mapping[str, Any]) -> tuple[int, ...]:
    pages = table.get("pages", [])
    good = isinstance(pages, list) and all(isinstance(page, int) and not isinstance(page, bool) and page > 0 for page in pages)
    if not good:
        raise source.error((*keys, "pages"), "pages must be a list of page numbers, such as [2, 3].")
    return tuple(pages)


def _fingerprints(source: Source, keys: tuple[str | int, ...], table: Mapping[str, Any]) -> tuple[str, ...]:
    data = table.get("rests-on", [])
    good = isinstance(data, list) and all(isinstance(item, str) and _FINGERPRINT.fullmatch(item) for item in data)
    if not good:
        raise source.error((*keys, "rests-on"), "rests-on must be a list of fingerprints; `clearprint declare` writes it.")
    return tuple(data)


def _words(source: Source, keys: tuple[str | int, ...], table: Mapping[str, Any], key: str) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        raise source.error((*keys, key), f"{key} is missing or empty. Write it in quotes.")
    return " ".join(text.split())


def _date(source: Source, keys: tuple[str | int, ...], table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, datetime.date):
        raise source.error((*keys, key), f"{key} must be a date, such as 2026-11-22.")
    return value.isoformat()


def _only(source: Source, table: Mapping[str, Any], keys: tuple[str | int, ...], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise source.error((*keys, key), f"unknown key {key!r}. {nearest(key, known)}")


def _where(source: Source, keys: tuple[str | int, ...]) -> str:
    line = source.line(keys)
    return source.path.name + (f", line {line}" if line is not None else "")

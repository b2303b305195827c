"""Writes into a sidecar what people said, and leaves all else in it as it stands, comments too.

The file is changed as text that keeps its form (tomlkit), so that people and `clearprint declare` can both write in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from clearprint import declaration
from clearprint.answers import Declared, Said

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_HEAD = """\
# What {stem}.pdf and {stem}.docx cannot say themselves: the print job, and what people answered.
# `clearprint declare FILE` writes here; change it by hand as you like. An answer ends when what it rests on is edited.
"""


def updated(
    text: str, stem: str, declared: Iterable[Declared] = (), said: Iterable[Said] = (), gone: Iterable[str] = ()
) -> str:
    """The text of a sidecar with what was newly declared and said; `gone` names what is taken out. `text` may be empty."""
    import tomlkit

    document = tomlkit.parse(text or _HEAD.format(stem=stem))
    for name in gone:
        _take_out(document, lambda table, name=name: table.get("question") == name)
        if name in document.get("declare", {}):
            del document["declare"][name]
    for item in declared:
        _declare(document, item)
    for one in said:
        _say(document, one)
    return tomlkit.dumps(document)


def _declare(document: TOMLDocument, item: Declared) -> None:
    import tomlkit

    if "declare" not in document:
        document["declare"] = tomlkit.table()
    key = next(key for key in declaration.KEYS if key.name == item.name)
    value: Any = tomlkit.value(declaration.as_toml(key, item.value))
    by = {key: getattr(item, key) for key in ("by", "why") if getattr(item, key)}
    days = {key: datetime.date.fromisoformat(day) for key in ("date", "until") if (day := getattr(item, key))}
    if by:
        table = tomlkit.inline_table()
        table.update({"value": value, **by, **days})
        value = table
    document["declare"][item.name] = value


def _say(document: TOMLDocument, item: Said) -> None:
    import tomlkit

    overruled = item.word == "overruled"

    def same(table: Mapping[str, Any]) -> bool:
        if table.get("question") != item.question or table.get("format") not in (None, item.format):
            return False
        return table.get("place") == item.place if overruled else True

    _take_out(document, same, ("overrule",) if overruled else ("answer",))
    table = tomlkit.table()
    table["question"] = item.question
    if not overruled:
        table["answer"] = item.word
    table["by"] = item.by
    table["date"] = datetime.date.fromisoformat(item.date)
    table["why"] = item.why
    if item.until:
        table["until"] = datetime.date.fromisoformat(item.until)
    if item.format:
        table["format"] = item.format
    if item.pages:
        table["pages"] = list(item.pages)
    if item.rests_on:
        table["rests-on"] = list(item.rests_on)
    if item.place is not None:
        table["place"] = item.place
        if item.measured is not None:
            table["measured"] = item.measured
        if item.excerpt:
            table["excerpt"] = item.excerpt
    name = "overrule" if overruled else "answer"
    if name not in document:
        if not any(other in document for other in ("answer", "overrule")) and "declare" in document:
            document["declare"].add(tomlkit.nl())
        document[name] = tomlkit.aot()
    document[name].append(table)


def _take_out(document: TOMLDocument, meant: Any, names: tuple[str, ...] = ("answer", "overrule")) -> None:
    for name in names:
        tables: Any = document.get(name)
        for number in reversed(range(len(tables or ()))):
            if meant(tables[number]):
                del tables[number]
        if tables is not None and not len(tables):
            del document[name]

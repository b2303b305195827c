"""What settings say: one `Layer` a table of a file, laid over each other into the `Settings` that hold for one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Literal

from clearprint import declaration, languages, rulebook
from clearprint.answers import Declared
from clearprint.errors import BadSettings, nearest
from clearprint.model import Job
from clearprint.records import record
from clearprint.rulebook import Rulebook
from clearprint.settings import patterns

FAIL_ON = ("no", "unreadable", "estimate", "undeclared", "person", "unmeasured", "stale", "overruled", "any")
"""What may fail the gate: a `no`, or an `ask` of that cause; `stale` an `ask` that a person answered once, `overruled` a `no`
that a person overruled. `any` is every one of them but `overruled`, which must be named."""
DEFAULT_FAIL_ON = ("no", "unreadable")
LAYOUTS = ("estimate", "libreoffice")
"""Where the lines and pages of a text document come from."""
LEAST_TIMEOUT, MOST_TIMEOUT = 0.1, 900.0

Limits = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Changed limits by question and measure: {"type-size": {"size": {"fault_below": 14}}}."""


@record
class Settings:
    """What holds for a document; the defaults are those of a run without settings."""

    checklist: str = rulebook.DEFAULT_CHECKLIST
    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = DEFAULT_FAIL_ON
    timeout: float = 60.0
    layout: Literal["estimate", "libreoffice"] = "estimate"  # where the lines and pages of a text document come from
    limits: tuple[tuple[str, Limits], ...] = ()  # with the name of the file that changes them; later ones win
    declared: Job = field(default_factory=Job)
    told: tuple[Declared, ...] = ()  # what is declared, and which file says so
    sources: tuple[str, ...] = ()  # the files these come from, the farthest first
    language: str = languages.DEFAULT  # of the report; that of the document is declared

    def rulebook(self) -> Rulebook:
        """The checklist with this house's limits. BadSettings when a name in them is unknown to the checklist."""
        book = rulebook.load(self.checklist, self.language)
        for source, limits in self.limits:
            try:
                book = rulebook.changed(book, limits, source)
            except BadSettings as error:
                raise BadSettings(f"{source}: {error.message}", code=error.code) from error
        return book

    def skipped(self, book: Rulebook) -> frozenset[str]:
        """Names of the questions left out. BadSettings for an unknown one."""
        chosen = {book.rule(name).name for name in self.select} or {rule.name for rule in book.rules}
        left_out = {book.rule(name).name for name in self.skip}
        if chosen <= left_out:
            raise BadSettings("Every question is left out by select and skip, so nothing would be checked.", code="usage")
        return frozenset(rule.name for rule in book.rules if rule.name not in chosen or rule.name in left_out)

    def with_checklist(self, name: str) -> Settings:
        """The same with another checklist, which begins with its own limits: a change to one says nothing about another."""
        return self if name == self.checklist else replace(self, checklist=name, limits=())


@record
class Layer:
    """One table of a settings file. None is what it does not say."""

    source: str
    files: tuple[str, ...] | None = None  # the documents it is for; None: all
    checklist: str | None = None
    select: tuple[str, ...] | None = None
    skip: tuple[str, ...] | None = None
    fail_on: tuple[str, ...] | None = None
    timeout: float | None = None
    layout: Literal["estimate", "libreoffice"] | None = None
    limits: Limits | None = None
    declared: Job = field(default_factory=Job)
    language: str | None = None

    def holds(self, document: Path, root: Path) -> bool:
        """Whether it is for that document (an absolute path)."""
        return self.files is None or any(patterns.matches(pattern, document, root) for pattern in self.files)

    def over(self, below: Settings) -> Settings:
        """Settings with this layer on top: what it says replaces what lies below; limits and declarations one by one."""
        names = ("select", "skip", "fail_on", "timeout", "layout", "language")
        said = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        chosen = below.with_checklist(self.checklist) if self.checklist is not None else below
        own = declaration.Source(self.declared, declaration.told(self.declared, self.source))
        declared, known = declaration.together([own, declaration.Source(chosen.declared, chosen.told)])
        return replace(
            chosen,
            limits=(*chosen.limits, (self.source, self.limits)) if self.limits else chosen.limits,
            declared=declared,
            told=known.told,
            sources=(*chosen.sources, self.source),
            **said,
        )


@record
class SettingsFile:
    """A settings file as read, with the files that it extends."""

    layers: tuple[Layer, ...] = ()
    root: Path = field(default_factory=Path.cwd)  # where `files` patterns begin

    def of(self, document: Path | None) -> Settings:
        """The settings that hold for a document; without one, those that hold for all."""
        where = None if document is None else patterns.absolute(document)
        result = Settings()
        for layer in self.layers:
            if layer.files is None or (where is not None and layer.holds(where, self.root)):
                result = layer.over(result)
        return result


def fail_on(words: Iterable[str], where: str) -> tuple[str, ...]:
    """The words of --fail-on, checked. BadSettings names the nearest when one is unknown."""
    chosen = tuple(words)
    if not chosen:
        raise BadSettings(
            f"{where}: name at least one of {', '.join(FAIL_ON)}; --exit-zero lets everything pass.", code="usage"
        )
    for number, word in enumerate(chosen):
        if word not in FAIL_ON:
            raise BadSettings(
                f"{where}: {word!r} is nothing that can fail the gate. {nearest(word, FAIL_ON)}", code="usage", keys=(number,)
            )
    return chosen

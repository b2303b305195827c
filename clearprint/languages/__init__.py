"""The languages that reports can be written in: a folder each under languages/, and English without one.

A folder holds `language.toml` (its name, its decimal mark), `clearprint.po` with its compiled `clearprint.mo` (words of the
reports) and a folder a checklist (sentences of the rules; see sentences.py). Another language is another folder.
"""

from __future__ import annotations

import gettext
import re
import tomllib
from dataclasses import field
from functools import cache
from pathlib import Path

from clearprint.errors import BadSettings, nearest
from clearprint.records import record

DEFAULT = "en"


@record
class Language:
    """One language: its code for `lang=`, its own name for itself, and its words."""

    code: str = DEFAULT
    name: str = "English"
    decimal: str = "."
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)

    def text(self, message: str) -> str:
        """A sentence or label of a report."""
        return self.catalogue.gettext(message)

    def counted(self, one: str, many: str, count: int) -> str:
        """The one of both that goes with a count, its `{count}` filled in."""
        return self.catalogue.ngettext(one, many, count).replace("{count}", self.number(f"{count:,}"))

    def word(self, kind: str, word: str) -> str:
        """One of the words that facts are made of (`kind` is role, measure, fact …): `note`, `left`. Itself if unknown."""
        return self.catalogue.pgettext(kind, word)

    def form(self, count: int | float, forms: int) -> int:
        """Which of a sentence's forms goes with a count: in the catalogue's order, where a sentence has as many forms as the
        language; else the first for one and the last for more."""
        declared = re.search(r"nplurals=(\d+)", self.catalogue.info().get("plural-forms", ""))
        if declared is None or int(declared[1]) != forms:
            return 0 if count == 1 else forms - 1
        chosen: int = self.catalogue.plural(int(count))  # type: ignore[attr-defined]
        return chosen

    def number(self, text: str) -> str:
        """A number written with a point, as this language writes it."""
        return text if self.decimal == "." else text.translate(str.maketrans(".,", f"{self.decimal}."))


ENGLISH = Language()


def folder() -> Path:
    """Where the language folders are: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parents[1]
    packed = here / "_languages"
    return packed if packed.is_dir() else here.parent / "languages"


@cache
def codes() -> tuple[str, ...]:
    """The codes of all languages there are, English first."""
    return (DEFAULT, *sorted(path.parent.name for path in folder().glob("*/language.toml")))


@cache
def language(code: str = DEFAULT) -> Language:
    """The language of that code. BadSettings names the nearest when there is none."""
    if code == DEFAULT:
        return ENGLISH
    if code not in codes():
        raise BadSettings(f"There are no reports in {code!r}. {nearest(code, codes())}", code="usage")
    place = folder() / code
    facts = tomllib.loads((place / "language.toml").read_text(encoding="utf-8"))
    compiled = place / "clearprint.mo"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    if compiled.is_file():
        with compiled.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
    return Language(code, facts["name"], facts.get("decimal", "."), catalogue)

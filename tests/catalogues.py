"""Collects the words of the reports and compiles their translations: `python -m tests.catalogues`.

languages/clearprint.pot is collected from the templates, from texts marked in Python, and from the facts that checks name. Each
languages/<code>/clearprint.po is brought up to date with it, and compiled to clearprint.mo.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from clearprint import engine, rulebook
from clearprint.languages.retold import FAILURES, TEMPLATES
from clearprint.reports import ways

ROOT = Path(__file__).parents[1]
LANGUAGES = ROOT / "languages"
POT = LANGUAGES / "clearprint.pot"
KEYWORDS = {"_": None, "N_": None, "text": None, "gettext": None, "ngettext": (1, 2), "counted": (1, 2)}


def collected() -> Catalog:
    """All texts of the reports, as a template to translate."""
    catalog = Catalog(project="clearprint", charset="utf-8", fuzzy=False)
    methods = [("**.py", "python"), ("**.j2", "jinja2")]
    found = extract_from_dir(str(ROOT / "clearprint"), methods, {"**.j2": {"trimmed": "true"}}, keywords=KEYWORDS)
    for _, _, message, _, context in sorted(found, key=repr):
        catalog.add(message, context=context)
    for text in (*TEMPLATES, *FAILURES.values(), *ways.STEPS.values(), *ways.QUOTED.values(), *_said()):
        catalog.add(text)
    for context, word in _words():
        catalog.add(word, context=context)
    return catalog


def _said() -> Iterator[str]:
    """Texts of `speech.say(…)`, those within f-strings too."""
    for path in sorted((ROOT / "clearprint").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say" and node.args:
                yield from (one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant))


def _words() -> Iterator[tuple[str, str]]:
    """Words by kind: measures and limits by name, and the values that limits, roles and declarations are made of."""
    measures, limits, facts = set(), set(), set()
    for name in rulebook.names():
        for rule in rulebook.load(name).rules:
            measures |= {measure.replace("-", " ") for measure in engine.units_of(rule)}
            for limit in rule.limits:
                limits |= {limit.name.replace("-", " ")} - {""}
                facts |= {word for word in (*limit.fault_in, *limit.advice_in) if isinstance(word, str)}
    facts |= {"left", "right", "top", "bottom", "inner", "outer", "about "}
    for kind, words in (("measure", measures), ("limit", limits), ("fact", facts)):
        yield from ((kind, word) for word in sorted(words))


def template(catalog: Catalog) -> str:
    """The catalogue as a .pot file, without the day it was made."""
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, omit_header=False, width=120, no_location=True)
    lines = out.getvalue().decode("utf-8").splitlines()
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By', '"Report-Msgid', '"Language-Team')
    kept = [line for line in lines if not line.startswith(dated) and not line.startswith("# ")]
    return "\n".join(kept).strip() + "\n"


def compiled(po: Path) -> bytes:
    """The .mo file that a .po file makes."""
    with po.open("rb") as file:
        catalog = read_po(file, locale=po.parent.name)
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes on every day
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def missing(po: Path) -> list[str]:
    """What the reports say and the catalogue does not."""
    with po.open("rb") as file:
        known = read_po(file, locale=po.parent.name)
    result = []
    for message in collected():
        if message.id:
            own = known.get(message.id, message.context)
            if own is None or not (all(own.string) if isinstance(own.string, tuple) else own.string):
                result.append(str(message.id))
    return result


def main() -> None:
    catalog = collected()
    POT.write_text(template(catalog), encoding="utf-8")
    for po in sorted(LANGUAGES.glob("*/clearprint.po")):
        with po.open("rb") as file:
            own = read_po(file, locale=po.parent.name)
        own.update(catalog, no_fuzzy_matching=True)
        own.obsolete.clear()
        po.write_text(template(own), encoding="utf-8")
        po.with_suffix(".mo").write_bytes(compiled(po))


if __name__ == "__main__":
    main()

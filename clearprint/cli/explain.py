"""`clearprint explain NAME`: everything there is to know about one question."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from clearprint import languages, rulebook
from clearprint.cli import offered
from clearprint.engine import units_of
from clearprint.reports.html.examples import example
from clearprint.reports.words import limit_words
from clearprint.rulebook import Limit, Rule

BASES = {
    "checklist": "the checklist's own figure",
    "guideline": "a published guideline's",
    "project": "our own figure",
    "house": "changed by settings",
}
_OPERATORS = {"is": "", "min": "at least ", "max": "at most ", "below": "under ", "above": "over ", "not": "not "}


@click.command(name="explain", short_help="Say what one question asks, how it is measured, and what to do about it.")
@click.argument("name", shell_complete=offered("questions"))
@click.option(
    "--checklist",
    default=rulebook.DEFAULT_CHECKLIST,
    shell_complete=offered("checklists"),
    show_default=True,
    metavar="NAME",
    help="Which checklist.",
)
@click.option("--language", default=languages.DEFAULT, shell_complete=offered("languages"), metavar="CODE", help="en or cy.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Write a page with pictures of a good and a bad example to this HTML file.",
)
def command(name: str, checklist: str, language: str, output: str | None) -> None:
    """Explain one question, by its name or number; with -o, `all` explains every one.

    \b
    Examples:
      clearprint explain leading
      clearprint explain 12 -o line-length.html
      clearprint explain all -o questions.html
      clearprint explain type-size --checklist large-print
    """
    book = rulebook.load(checklist, language)
    rules = book.rules if name == "all" else (book.rule(name),)
    if output is None:
        click.echo("\n\n".join(explained(rule) for rule in rules))
        return
    from clearprint.reports import write_whole
    from clearprint.reports.to_html import explained as page

    write_whole(Path(output), page(rules, book))


def explained(rule: Rule) -> str:
    """The whole of a rule as text for a terminal."""
    units = units_of(rule)
    parts = [
        f"{rule.number}. {rule.question}   [{rule.name}]",
        _wrapped(rule.why),
        "What is measured\n" + _wrapped(rule.measured),
        "What it cannot see\n" + _wrapped(rule.cannot_see),
    ]
    if rule.limits:
        parts.append("Limits\n" + "\n".join(_limit(limit, units.get(limit.measure, "")) for limit in rule.limits))
    if rule.na:
        parts.append("Does not apply\n" + "\n".join(_wrapped("- " + case.reason) for case in rule.na))
    parts.append("What to do\n" + "\n".join(_wrapped(line) for line in rule.advice.splitlines() if line.strip()))
    if rule.settles:
        parts.append("What settles an open answer\n" + _wrapped(rule.settles))
    if example(rule.name, "bad") is not None:
        parts.append(f"A good and a bad example\n  clearprint explain {rule.name} -o {rule.name}.html shows both.")
    return "\n\n".join(parts)


def _limit(limit: Limit, unit: str) -> str:
    tests = (f"{fact} {_OPERATORS[operator]}{_value(wanted)}" for fact, operator, wanted in limit.when.tests)
    when = f" (where {', '.join(tests)})" if limit.when.tests else ""
    name = f"{limit.measure}.{limit.name}" if limit.name else limit.measure
    bounds = []
    for kind, label in (("fault", "no"), ("advice", "advice")):
        words = limit_words(limit, unit, kind)
        if words:
            bounds.append(f"{label} if {' or '.join(words)}")
    if limit.several.count > 1:
        share = f" or {limit.several.share:.0%} of them" if limit.several.share else ""
        bounds.append(f"counts from {limit.several.count} places{share}")
    return _wrapped(f"- {name}{when}: {'; '.join(bounds) or 'no limit'}. {limit.because} [{BASES[limit.basis]}]")


def _value(wanted: object) -> str:
    if isinstance(wanted, list):
        return " or ".join(map(str, wanted))
    return {True: "yes", False: "no"}.get(wanted, str(wanted)) if isinstance(wanted, bool) else str(wanted)


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 96, initial_indent="  ", subsequent_indent="    " if text[:1] == "-" else "  ")

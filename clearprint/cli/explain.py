"""`clearprint explain NAME`: everything there is to know about one question."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from clearprint import languages, rulebook
from clearprint.cli import offered
from clearprint.engine import units_of
from clearprint.reports.html.examples import example
from clearprint.reports.speech import N_, Speech, speech_of
from clearprint.rulebook import Limit, Rule

_OPERATORS = {
    "is": "{value}",
    "min": N_("at least {value}"),
    "max": N_("at most {value}"),
    "below": N_("under {value}"),
    "above": N_("over {value}"),
    "not": N_("not {value}"),
}


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
        click.echo("\n\n".join(explained(rule, speech_of(book)) for rule in rules))
        return
    from clearprint.reports import write_whole
    from clearprint.reports.to_html import explained as page

    write_whole(Path(output), page(rules, book))


def explained(rule: Rule, speech: Speech) -> str:
    """The whole of a rule as text for a terminal."""
    units = units_of(rule)
    parts = [
        f"{rule.number}. {rule.question}   [{rule.name}]",
        _wrapped(rule.why),
        speech.say("What is measured") + "\n" + _wrapped(rule.measured),
        speech.say("What it cannot see") + "\n" + _wrapped(rule.cannot_see),
    ]
    if rule.limits:
        limits = (_limit(limit, units.get(limit.measure, ""), speech) for limit in rule.limits)
        parts.append(speech.say("Limits") + "\n" + "\n".join(limits))
    if rule.na:
        parts.append(speech.say("Does not apply") + "\n" + "\n".join(_wrapped("- " + case.reason) for case in rule.na))
    parts.append(
        speech.say("What to do") + "\n" + "\n".join(_wrapped(line) for line in rule.advice.splitlines() if line.strip())
    )
    if rule.settles:
        parts.append(speech.say("What settles an open answer") + "\n" + _wrapped(rule.settles))
    if example(rule.name, "bad") is not None:
        told = speech.say("A good and a bad example")
        parts.append(f"{told}\n  clearprint explain {rule.name} -o {rule.name}.html")
    return "\n\n".join(parts)


def _limit(limit: Limit, unit: str, speech: Speech) -> str:
    tests = (_condition(fact, operator, wanted, speech) for fact, operator, wanted in limit.when.tests)
    when = f" ({', '.join(tests)})" if limit.when.tests else ""
    judged = speech.judges(limit, unit)
    if limit.several.count > 1:
        judged += "; " + speech.say("counts from {count} places", count=limit.several.count)
        judged += speech.say(" or {share} of them", share=f"{limit.several.share:.0%}") if limit.several.share else ""
    return _wrapped(f"- {limit.full_name}{when}: {judged}. {limit.because} [{speech.basis(limit.basis)}]")


def _condition(fact: str, operator: str, wanted: object, speech: Speech) -> str:
    """`role note, size at least 18`: when a limit holds, by the names that settings use."""
    words = wanted if isinstance(wanted, list) else [wanted]
    shown = speech.say(" or ").join(speech.value(word, "") if isinstance(word, bool) else str(word) for word in words)
    return f"{fact} {speech.say(_OPERATORS[operator], value=shown)}"


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), 96, initial_indent="  ", subsequent_indent="    " if text[:1] == "-" else "  ")

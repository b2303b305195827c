"""A person's session at `clearprint declare`: one plain question at a time, of what is still open, with what it rests on."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable, Iterator

import click

from clearprint import declaration
from clearprint.answers import Answer, Report
from clearprint.declaration import Key
from clearprint.errors import BadDeclaration, nearest
from clearprint.reports.asking import MEANINGS, QUESTIONS
from clearprint.reports.words import safe
from clearprint.rulebook import Rule, Rulebook

_WORDS = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "na": "na", "n/a": "na", "-": "na"}
_PLACES = 4
"""Places shown under a question."""


class Stop(Exception):
    """The person wants no more questions; what was answered so far counts."""


def declared(report: Report, book: Rulebook, opened: list[Answer]) -> Iterator[tuple[str, str]]:
    """Asks for what a declaration settles; gives names and values. Stop when the person has had enough."""
    for answer in opened:
        rule = book.rule(answer.name)
        keys = [key for key in declaration.KEYS if key.name in rule.declares]
        if answer.cause != "undeclared" or not keys:
            continue
        keys.sort(key=lambda key: rule.declares.index(key.name))
        _show(answer, rule)
        key = next((key for key in keys if not getattr(report.declared, key.field)), keys[0])
        value = _value(key)
        if value is None:
            continue
        yield key.name, value
        if value in ("map", "accordion"):
            panels = _value(next(key for key in declaration.KEYS if key.name == "panels"))
            if panels is not None:
                yield "panels", panels


def answered(book: Rulebook, opened: list[Answer]) -> Iterator[tuple[Answer, str, str]]:
    """Asks for what only eyes can settle; gives the answer, its word and why. Stop when the person has had enough."""
    for answer in opened:
        rule = book.rule(answer.name)
        if answer.cause == "undeclared" and rule.declares:
            continue
        _show(answer, rule)
        word = _asked("   Your answer: yes, no, na (does not apply)", _word)
        if word is None:
            continue
        why = _asked("   What did you look at, or who told you?", _words)
        if why is None:
            click.echo("   Without a reason nobody can trust it later; left open.")
            continue
        yield answer, word, why


def name(default: str | None) -> str | None:
    """Who answers."""
    return _asked("Your name", _words, default)


def last_day(today: str) -> str | None:
    """Until when it holds; None for ever."""
    return _asked(f"Until which day does this hold, such as {int(today[:4]) + 1}{today[4:]}? Enter: for ever", day)


def day(text: str) -> str:
    """A date as written in files. ValueError with a sentence when it is none."""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no date. Write it as 2027-11-22.") from None


def _show(answer: Answer, rule: Rule) -> None:
    click.echo(f"\n{answer.number}. {safe(answer.question)}")
    click.echo(_wrapped(safe(answer.reason)))
    for line in answer.measures:
        click.echo(_wrapped(f"Measured: {safe(line)}"))
    shown = [item for item in answer.not_looked_at if item.page is not None][:_PLACES]
    for item in shown:
        at = f", {item.box.y0 / 72 * 25.4:.0f} mm from the top" if item.box is not None else ""
        click.echo(_wrapped(f"- page {item.page}{at}: {safe(item.reason)}"))
    if answer.pages_open:
        click.echo(_wrapped(f"Look at page {', '.join(map(str, answer.pages_open[:20]))}. {safe(rule.measured)}"))


def _value(key: Key) -> str | None:
    def read(text: str) -> str:
        try:
            return declaration.as_text(declaration.described(declaration.parse([f"{key.name}={text}"]))[key.name])
        except (BadDeclaration, KeyError) as error:
            raise ValueError(str(error)) from error

    question = QUESTIONS.get(key.name, f"{key.name}: {key.help}")
    meant = MEANINGS.get(key.name, {})
    lines = [f"     {word:<{max(map(len, key.values))}}  {meant[word]}" for word in key.values if word in meant]
    lines += [f"     {', '.join((*key.values, key.form) if key.form else key.values)}"] if not lines else []
    return _asked("\n".join([f"   {question}", *lines]), read)


def _word(text: str) -> str:
    word = _WORDS.get(text.lower())
    if word is None:
        raise ValueError(f"{text!r} is no answer. {nearest(text, ('yes', 'no', 'na'))}")
    return word


def _words(text: str) -> str:
    return " ".join(text.split())


def _asked(question: str, read: Callable[[str], str], default: str | None = None) -> str | None:
    """One line from the person, read; None for an empty one. Asks again when it cannot be."""
    while True:
        text = click.prompt(question, default=default or "", show_default=bool(default), prompt_suffix="\n   > ").strip()
        if not text:
            return None
        if text.lower() in ("q", "quit"):
            raise Stop
        try:
            return read(text)
        except ValueError as error:
            click.echo(_wrapped(safe(str(error))))


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="   ", subsequent_indent="   ")

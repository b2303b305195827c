"""What a shell offers after an option: names of questions, checklists, formats, declarations. `cli.offered` loads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from click.shell_completion import CompletionItem

from clearprint import declaration, rulebook, settings
from clearprint import languages as known_languages
from clearprint.cli.outputs import FORMATS


def checklists(start: str) -> list[CompletionItem]:
    """Names of checklists."""
    return _those(rulebook.names(), start)


def languages(start: str) -> list[CompletionItem]:
    """Codes of the languages of reports."""
    return _those(known_languages.codes(), start)


def questions(start: str) -> list[CompletionItem]:
    """Names of questions with their titles; after a comma, one more."""
    return _one_more({rule.name: rule.title for rule in rulebook.load().rules}, start)


def causes(start: str) -> list[CompletionItem]:
    """What may fail the gate; after a comma, one more."""
    return _one_more(dict.fromkeys(settings.FAIL_ON, ""), start)


def formats(start: str) -> list[CompletionItem]:
    """Formats; after the equals sign, files."""
    if "=" in start:
        return [CompletionItem(start, type="file")]
    return _those(FORMATS, start)


def declarations(start: str) -> list[CompletionItem]:
    """What can be declared; after the equals sign, its values."""
    name, equals, value = start.partition("=")
    if not equals:
        return _those({f"{key.name}=": key.help for key in declaration.KEYS}, start)
    return _those(next((key.values for key in declaration.KEYS if key.name == name), ()), value, f"{name}=")


def settable(start: str) -> list[CompletionItem]:
    """What `declare --set` takes: facts and questions; after the equals sign, values."""
    name, equals, value = start.partition("=")
    titles = {rule.name: rule.title for rule in rulebook.load().rules}
    if not equals:
        return [*declarations(start), *_those({f"{question}=": title for question, title in titles.items()}, start)]
    return _those(("yes", "no", "na"), value, f"{name}=") if name in titles else declarations(start)


def _one_more(known: Mapping[str, str], start: str) -> list[CompletionItem]:
    before, comma, last = start.rpartition(",")
    return _those({word: text for word, text in known.items() if word not in before.split(",")}, last, before + comma)


def _those(known: Iterable[str], start: str, before: str = "") -> list[CompletionItem]:
    told = known if isinstance(known, Mapping) else {}
    return [CompletionItem(before + word, help=told.get(word) or None) for word in known if word.startswith(start)]

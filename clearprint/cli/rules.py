"""`clearprint rules`: the questions of a checklist, one a line."""

from __future__ import annotations

import click

from clearprint import rulebook
from clearprint.cli import offered


@click.command(name="rules", short_help="List the questions of a checklist.")
@click.option(
    "--checklist",
    default=rulebook.DEFAULT_CHECKLIST,
    shell_complete=offered("checklists"),
    show_default=True,
    metavar="NAME",
    help="Which checklist.",
)
def command(checklist: str) -> None:
    """List the questions of a checklist with their numbers and names.

    \b
    Examples:
      clearprint rules
      clearprint rules --checklist large-print
    """
    book = rulebook.load(checklist)
    width = max(len(rule.name) for rule in book.rules)
    click.echo(f"{book.title}, version {book.version}. {book.source}\n")
    for rule in book.rules:
        click.echo(f"{rule.number:2}  {rule.name:{width}}  {rule.question}")
    others = [name for name in rulebook.names() if name != checklist]
    click.echo(f"\nOther checklists: {', '.join(others)}. More on a question: clearprint explain NAME.")

"""`clearprint schema`: the published JSON Schemas, for editors and for programs that read reports."""

from __future__ import annotations

from importlib import resources

import click

SCHEMAS = {
    "settings": ("clearprint.settings", "settings.schema.json"),
    "report": ("clearprint.reports", "report.schema.json"),
}


@click.command(name="schema", short_help="Print the JSON Schema of settings or of the JSON report.")
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def command(name: str) -> None:
    """Print a JSON Schema.

    With #:schema ./clearprint.schema.json on the first line of clearprint.toml, an editor completes and checks settings.

    \b
    Examples:
      clearprint schema settings > clearprint.schema.json
      clearprint schema report > report.schema.json
    """
    package, file = SCHEMAS[name]
    click.echo(resources.files(package).joinpath(file).read_text(encoding="utf-8"), nl=False)

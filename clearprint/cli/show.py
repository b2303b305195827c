"""`clearprint show`: what was understood of a page, drawn over it. The way to find out why an answer is wrong."""

from __future__ import annotations

from pathlib import Path

import click

from clearprint import declaration
from clearprint.errors import BadUsage


@click.command(name="show", short_help="Draw what was understood of a page: lines, blocks, columns, pictures.")
@click.argument("file", metavar="FILE", type=click.Path(readable=False))
@click.option("--page", "number", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Which page.")
@click.option("-o", "--output", required=True, metavar="PAGE.png", help="Where to write the picture.")
@click.option("--declare", multiple=True, metavar="KEY=VALUE", help="A fact of the print job, e.g. scale=0.5. Repeatable.")
@click.option("--password", metavar="TEXT", help="Password that opens the PDF file.")
def command(file: str, number: int, output: str, declare: tuple[str, ...], password: str | None) -> None:
    """Draw the lines, blocks with role and alignment, columns, gutters, pictures and places to write of one page.

    \b
    Example:
      clearprint show leaflet.pdf --page 2 -o page.png
    """
    from clearprint.annotate.draw_layout import draw

    target = Path(output)
    if not target.resolve().parent.is_dir():
        raise BadUsage(f"{output}: its folder does not exist. Make it first, or name another file.")
    draw(Path(file), number, target, declaration.parse(declare), password=password)

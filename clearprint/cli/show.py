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
@click.option(
    "--layout",
    type=click.Choice(["estimate", "libreoffice"]),
    default="estimate",
    help="libreoffice: lay a DOCX, ODT or RTF out with LibreOffice first.",
)
@click.option("--soffice", metavar="PROGRAM", help="LibreOffice's soffice, where it is not on PATH.")
@click.option("--password", metavar="TEXT", help="Password that opens the PDF file.")
def command(
    file: str, number: int, output: str, declare: tuple[str, ...], layout: str, soffice: str | None, password: str | None
) -> None:
    """Draw the lines, blocks with role and alignment, columns, gutters, pictures and places to write of one page.

    \b
    Example:
      clearprint show leaflet.pdf --page 2 -o page.png
      clearprint show letter.docx --layout libreoffice -o page.png
    """
    from clearprint.annotate.draw_layout import draw

    target = Path(output)
    if not target.resolve().parent.is_dir():
        raise BadUsage(f"{output}: its folder does not exist. Make it first, or name another file.")
    job = declaration.parse(declare)
    if layout == "estimate":
        draw(Path(file), number, target, job, password=password)
        return
    from clearprint.run.typeset import laid_out
    from clearprint.run.work import Options

    with laid_out(Path(file), Options(job=job, password=password, soffice=soffice)) as printed:
        draw(Path(file), number, target, job, password=password, printed=printed)

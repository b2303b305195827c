"""`clearprint init`: a settings file to start from, in which everything is explained and nothing is changed yet."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import click

from clearprint.errors import BadUsage
from clearprint.reports import write_whole
from clearprint.settings.reader import OWN_NAME, SHARED_NAME, SHARED_TABLE, read_if_meant


@click.command(name="init", short_help="Write a settings file to start from.")
@click.argument("path", default=".", metavar="[FOLDER]", type=click.Path(readable=False))
@click.option("--force", is_flag=True, help="Replace a settings file that is there.")
def command(path: str, force: bool) -> None:
    """Write clearprint.toml into FOLDER (or the current one): every setting, explained and switched off.

    As it stands it changes nothing. Take the # away from what your house wants. It holds for all documents in that folder
    and below; a file nearer to a document replaces it, and `extends` goes over another.

    \b
    Examples:
      clearprint init
      clearprint init leaflets/2027
    """
    target = Path(path) / OWN_NAME
    if not target.parent.is_dir():
        raise BadUsage(f"{path}: there is no such folder. Make it first, or name another.")
    if not force:
        if os.path.lexists(target):
            raise BadUsage(f"{target}: it is there already. Change it, or replace it with --force.")
        shared = target.with_name(SHARED_NAME)
        if shared.is_file() and read_if_meant(shared) is not None:
            table = ".".join(SHARED_TABLE)
            raise BadUsage(f"{shared}: its table [{table}] holds here, and {target.name} would replace it (--force).")
    write_whole(target, starter())
    click.echo(f"Wrote {target}. Take the # away from what you want, then: clearprint check FILE")


def starter() -> str:
    """The text of a new settings file."""
    return resources.files("clearprint.settings").joinpath("starter.toml").read_text(encoding="utf-8")

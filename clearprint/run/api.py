"""The public way in: one document, one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from os import PathLike, fspath
from typing import Any

from clearprint import declaration
from clearprint.answers import Report
from clearprint.run.pool import check_many
from clearprint.run.work import Options
from clearprint.settings import Settings, read


def check(
    path: str | PathLike[str],
    *,
    declare: Mapping[str, Any] | Iterable[str] = (),
    config: str | PathLike[str] | None = None,
    settings: Settings | None = None,
    select: Iterable[str] = (),
    skip: Iterable[str] = (),
    password: str | None = None,
    timeout: float | None = None,
) -> Report:
    """Answer all questions of the checklist about one PDF or DOCX file.

    `declare` is what is known of the print job, as `{"paper": "matt"}` or `["paper=matt"]`; `config` a settings file (or
    `settings`, already read); `select` and `skip` name questions. The document is read in a process of its own that is ended
    after `timeout` seconds (60, and 1 more for each page delivered). A file that cannot be read is a Report with `error` set.

    Raises BadSettings, BadDeclaration or BadRule (all ClearprintError) when the request itself is wrong.
    """
    from pathlib import Path

    chosen = settings if settings is not None else (read(Path(fspath(config))) if config is not None else Settings())
    chosen = replace(
        chosen,
        select=tuple(select) or chosen.select,
        skip=(*chosen.skip, *skip),
        timeout=chosen.timeout if timeout is None else timeout,
    )
    options = Options(chosen, declaration.parse((*pairs(chosen.declare), *pairs(declare))), password=password)
    chosen.skipped(chosen.rulebook())  # unknown names are the caller's error, said before any work
    return next(iter(check_many([Path(fspath(path))], options))).report


def pairs(declare: Mapping[str, Any] | Iterable[str]) -> list[str]:
    """A declaration as `key=value` words, whichever way it was given."""
    if isinstance(declare, Mapping):
        return [f"{key}={_word(value)}" for key, value in declare.items()]
    return list(declare)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    return str(value)

"""The public way in: one document, one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal

from clearprint import declaration
from clearprint.answers import Report
from clearprint.run.tasks import Asked, known_of, today
from clearprint.run.typeset import check_all
from clearprint.run.work import Options, Task
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
    layout: Literal["estimate", "libreoffice"] | None = None,
) -> Report:
    """Answer all questions of the checklist about one PDF or DOCX file.

    `declare` is what is known of the print job, as `{"paper": "matt"}` or `["paper=matt"]`; `config` a settings file, or
    `settings` what was read from one; unlike the command, this looks for no other. What lies beside the document for its own
    job (`leaflet.clearprint.toml`, `leaflet.jdf`) holds. `select` and `skip` name questions. The
    document is read in a process of its own that is ended after `timeout` seconds (60, and 1 more for each page delivered).
    A file that cannot be read is a Report with `error` set. `layout` says where the lines and pages of a text document come
    from: "estimate", or "libreoffice", which also reads .odt and .rtf.

    Raises BadSettings, BadDeclaration, BadRule or BadUsage (all ClearprintError) when the request itself is wrong, or asks for
    LibreOffice where there is none.
    """
    document = Path(fspath(path))
    if settings is None:
        settings = read(Path(fspath(config))).of(document) if config is not None else Settings()
    asked = Asked(None, tuple(select), tuple(skip), None, timeout, declaration.parse(pairs(declare)), layout=layout)
    chosen = asked.over(settings)
    chosen.skipped(chosen.rulebook())  # unknown names are the caller's error, said before any work
    day = today()
    job, known = known_of(document, asked, settings, day)
    return next(iter(check_all([Task(document, chosen, job, known)], Options(password=password, today=day)))).report


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

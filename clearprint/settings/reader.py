"""A settings file read strictly: `clearprint.toml`, or the table `[tool.clearprint]` of a `pyproject.toml`.

An unknown key or an impossible value is one sentence with the file, the line and the nearest valid name. `KEYS` is the list of
what may be said; the JSON Schema for editors (settings.schema.json) is made from the same facts.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from clearprint import declaration, languages, rulebook
from clearprint.errors import BadDeclaration, BadSettings, nearest
from clearprint.model import Job
from clearprint.settings import patterns
from clearprint.settings.model import LAYOUTS, LEAST_TIMEOUT, MOST_TIMEOUT, Layer, Limits, SettingsFile, fail_on

OWN_NAME, SHARED_NAME = "clearprint.toml", "pyproject.toml"
SHARED_TABLE = ("tool", "clearprint")
KEYS = ("checklist", "language", "select", "skip", "fail_on", "timeout", "layout", "limits", "declare")
"""What may be said for all documents, and in a [[document]] table for some."""
FILE_KEYS = ("extends", *KEYS, "document")
DOCUMENT_KEYS = ("files", *KEYS)


def read(path: Path, *, root: Path | None = None) -> SettingsFile:
    """A settings file with all that it extends. `root` is where its patterns begin: without it, the current folder.

    BadSettings names file, line and the nearest valid name when something is wrong.
    """
    source = Source.opened(path)
    if source is None:
        table = ".".join(SHARED_TABLE)
        raise BadSettings(f"{shown(path)} has no table [{table}]. Add one, or give the path of a {OWN_NAME}.")
    return SettingsFile(_layers(source, ()), root if root is not None else Path.cwd())


def read_if_meant(path: Path) -> SettingsFile | None:
    """The settings in a file that lies in a document's folder or above; None for a pyproject.toml that has none."""
    source = Source.opened(path)
    return None if source is None else SettingsFile(_layers(source, ()), path.parent)


def shown(path: Path) -> str:
    """A settings file as a message names it: from the current folder where it lies below that."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


class Source:
    """A settings table with its text, so that what is wrong in it can be said with its line."""

    def __init__(self, path: Path, text: str, table: Mapping[str, Any], prefix: tuple[str, ...]) -> None:
        self.path = path
        self.table = table
        self._text = text
        self._prefix = prefix
        self._lines: Mapping[tuple[str | int, ...], int] | None = None

    @classmethod
    def opened(cls, path: Path) -> Source | None:
        name = shown(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
            data = tomllib.loads(text)
        except FileNotFoundError:
            raise BadSettings(f"There is no settings file {name!r}. `clearprint init` writes one.") from None
        except UnicodeDecodeError as error:
            raise BadSettings(f"{name}: it is not written in UTF-8. Save it as UTF-8.") from error
        except OSError as error:
            raise BadSettings(f"{name}: it cannot be read ({error.strerror or error}). Check the path.") from error
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise BadSettings(_not_toml(name, str(error))) from error
        prefix = SHARED_TABLE if path.name == SHARED_NAME else ()
        table: Any = data
        for key in prefix:
            table = table.get(key) if isinstance(table, dict) else None
        if table is None:
            return None
        source = cls(path, text, table, prefix)
        if not isinstance(table, dict):
            raise source.error((), "this must be a table.")
        return source

    def error(self, keys: tuple[str | int, ...], message: str, code: str | None = None) -> BadSettings:
        """The error, with the line of the key, or of the nearest table above it that has one."""
        line = self.line(keys)
        place = f", line {line}" if line is not None else ""
        return BadSettings(f"{shown(self.path)}{place}: {message}", code=code)

    def line(self, keys: tuple[str | int, ...]) -> int | None:
        """The line of a key, or of the nearest table above it that has one."""
        from clearprint.settings.lines import lines_of

        if self._lines is None:
            self._lines = lines_of(self._text)
        way = (*self._prefix, *keys)
        return next((self._lines[way[:length]] for length in range(len(way), 0, -1) if way[:length] in self._lines), None)


def _not_toml(name: str, reason: str) -> str:
    match = re.search(r" \(at line (\d+), column \d+\)", reason)
    if match is None:
        return f"{name}: this is not TOML: {reason}."
    return f"{name}, line {match.group(1)}: this is not TOML: {reason.replace(match.group(), '')}."


# --- layers ---------------------------------------------------------------------------------------------------------------


def _layers(source: Source, below: tuple[Path, ...]) -> tuple[Layer, ...]:
    """The layers of a file and of those it extends, the farthest first. `below` are the files that led here."""
    _only(source, source.table, (), FILE_KEYS)
    layers = _extended(source, below)
    general = _layer(source, (), source.table, source.path.name)
    _check_names(source, (), general, (*layers, general))
    layers = (*layers, general)
    tables = source.table.get("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error(("document",), "document must be tables: write [[document]], with files and what holds for them.")
    own: list[Layer] = []
    for number, table in enumerate(tables):
        keys: tuple[str | int, ...] = ("document", number)
        _only(source, table, keys, DOCUMENT_KEYS)
        files = _files(source, table, keys)
        layer = _layer(source, keys, table, f"{source.path.name} for {', '.join(files)}", files)
        _check_names(source, keys, layer, (*layers, layer))
        own.append(layer)
    return (*layers, *own)


def _extended(source: Source, below: tuple[Path, ...]) -> tuple[Layer, ...]:
    name = source.table.get("extends")
    if name is None:
        return ()
    if not isinstance(name, str) or not name.strip():
        raise source.error(("extends",), 'extends must be the path of a settings file, such as "../house.toml".')
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name):
        raise source.error(("extends",), f"extends takes a file, no address: {name!r}. Keep a copy beside your documents.")
    target = patterns.absolute(source.path.parent / name.replace("\\", "/"))
    chain = (*below, patterns.absolute(source.path))
    if target in chain:
        circle = " extends ".join(path.name for path in (*chain[chain.index(target) :], target))
        raise source.error(("extends",), f"the files extend each other in a circle: {circle}.")
    if not os.path.isfile(target):
        raise source.error(("extends",), f"there is no file {name!r} to extend. The path begins at this file's folder.")
    base = Source.opened(target)
    if base is None:
        raise source.error(("extends",), f"{name!r} has no table [{'.'.join(SHARED_TABLE)}] to extend.")
    return _layers(base, chain)


def _layer(
    source: Source, keys: tuple[str | int, ...], table: Mapping[str, Any], name: str, files: tuple[str, ...] | None = None
) -> Layer:
    def value(key: str, read: Callable[[Any], Any]) -> Any:
        if key not in table:
            return None
        try:
            return read(table[key])
        except BadSettings as error:
            raise source.error((*keys, key, *error.keys), error.message, error.code) from error

    declared = value("declare", _declared)
    return Layer(
        name,
        files,
        checklist=value("checklist", _checklist),
        select=value("select", lambda data: _words("select", data)),
        skip=value("skip", lambda data: _words("skip", data)),
        fail_on=value("fail_on", lambda data: fail_on(_words("fail_on", data), "fail_on")),
        timeout=value("timeout", _timeout),
        layout=value("layout", _layout),
        limits=value("limits", _limits),
        declared=declared if declared is not None else Job(),
        language=value("language", _language),
    )


def _check_names(source: Source, keys: tuple[str | int, ...], layer: Layer, layers: tuple[Layer, ...]) -> None:
    """That the questions, measures and limits named in a layer are in the checklist that holds for it."""
    if not (layer.limits or layer.select or layer.skip):
        return
    name = next((one.checklist for one in reversed(layers) if one.checklist and (one.files is None or one is layer)), None)
    book = rulebook.load(name or rulebook.DEFAULT_CHECKLIST)
    for key, names in (("select", layer.select), ("skip", layer.skip)):
        for number, name in enumerate(names or ()):
            try:
                book.rule(name)
            except BadSettings as error:
                raise source.error((*keys, key, number), error.message, error.code) from error
    try:
        rulebook.changed(book, layer.limits or {}, layer.source)
    except BadSettings as error:
        raise source.error((*keys, "limits", *error.keys), error.message, error.code) from error


def _only(source: Source, table: Mapping[str, Any], keys: tuple[str | int, ...], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise source.error((*keys, key), f"unknown key {key!r}. {nearest(key, known)}")


# --- values ---------------------------------------------------------------------------------------------------------------


def _files(source: Source, table: Mapping[str, Any], keys: tuple[str | int, ...]) -> tuple[str, ...]:
    data = table.get("files")
    files = [data] if isinstance(data, str) else data
    if not isinstance(files, list) or not files or not all(isinstance(item, str) for item in files):
        raise source.error(
            (*keys, "files"), 'a [[document]] table needs files: a pattern or a list of them, such as "forms/*.pdf".'
        )
    for number, pattern in enumerate(files):
        wrong = patterns.problem(pattern)
        if wrong is not None:
            at = (*keys, "files") if isinstance(data, str) else (*keys, "files", number)
            raise source.error(at, f"the pattern {pattern!r} cannot be used: {wrong}.")
    return tuple(files)


def _words(key: str, data: Any) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        example = '["no", "unreadable"]' if key == "fail_on" else '["folds", "lies-flat"]'
        raise BadSettings(f"{key} must be a list of words, such as {example}.")
    return tuple(data)


def _checklist(data: Any) -> str:
    if not isinstance(data, str):
        raise BadSettings(f"checklist must be a name: {', '.join(rulebook.names())}.")
    if data not in rulebook.names():
        raise BadSettings(f"there is no checklist named {data!r}. {nearest(data, rulebook.names())}", code="usage")
    return data


def _language(data: Any) -> str:
    if not isinstance(data, str):
        raise BadSettings(f"language must be the code of one: {', '.join(languages.codes())}.")
    return languages.language(data).code


def _timeout(data: Any) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float) or not LEAST_TIMEOUT <= data <= MOST_TIMEOUT:
        raise BadSettings(f"timeout must be a number of seconds from {LEAST_TIMEOUT:g} to {MOST_TIMEOUT:g}.")
    return float(data)


def _layout(data: Any) -> Any:
    if data not in LAYOUTS:
        raise BadSettings(f"layout must be one of {', '.join(LAYOUTS)}.")
    return data


def _limits(data: Any) -> Limits:
    if not isinstance(data, dict):
        raise BadSettings("limits must be tables, such as [limits.leading] with ratio = { fault_below = 1.2 } in it.")
    for question, measures in data.items():
        if not isinstance(measures, dict):
            raise BadSettings(f"[limits.{question}] must be a table of measures.", keys=(question,))
        for measure, values in measures.items():
            if not isinstance(values, dict):
                raise BadSettings(
                    f"{measure} needs the bound that changes, such as {{ fault_below = 14 }}.", keys=(question, measure)
                )
    return data


def _declared(data: Any) -> Job:
    if not isinstance(data, dict):
        raise BadSettings('declare must be a table, such as [declare] with paper = "matt" in it.')
    names = [key.name for key in declaration.KEYS]
    pairs = []
    for name, value in data.items():
        if name not in names:
            raise BadSettings(f"nothing named {name!r} can be declared. {nearest(name, names)}", keys=(name,))
        try:
            pairs.append(f"{name}={word_of(value)}")
            declaration.parse(pairs[-1:])
        except (BadDeclaration, BadSettings) as error:
            raise BadSettings(error.message, code=error.code, keys=(name,)) from error
    return declaration.parse(pairs)


def word_of(value: Any) -> str:
    """A value of TOML as `--declare` takes it."""
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str | int | float) for item in items):
        raise BadSettings("a word, a number or a list of them is declared.")
    return ",".join({True: "yes", False: "no"}[item] if isinstance(item, bool) else str(item) for item in items)

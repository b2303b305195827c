"""Settings of a house: changed limits, skipped questions, what fails the gate, what is declared.

skip = ["folds"]
fail_on = ["no", "unreadable", "undeclared"]
timeout = 120

[limits.type-size]
size = { fault_below = 14 }

[declare]
paper = "matt"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clearprint import rulebook
from clearprint.errors import BadSettings, nearest
from clearprint.rulebook import Rulebook

FAIL_ON = ("no", "unreadable", "estimate", "undeclared", "person", "unmeasured", "any")
"""What may fail the gate: a `no`, or an `ask` of that cause; `any` is every one of them."""
DEFAULT_FAIL_ON = ("no", "unreadable")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says; its defaults are those of a run without one."""

    checklist: str = rulebook.DEFAULT_CHECKLIST
    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = DEFAULT_FAIL_ON
    timeout: float = 60.0
    limits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    declare: Mapping[str, Any] = field(default_factory=dict)
    source: str = "the settings"

    def rulebook(self) -> Rulebook:
        """The checklist with this house's limits."""
        book = rulebook.load(self.checklist)
        return rulebook.changed(book, self.limits, self.source) if self.limits else book

    def skipped(self, book: Rulebook) -> frozenset[str]:
        """Names of the questions left out. BadSettings for an unknown one."""
        chosen = {book.rule(name).name for name in self.select} or {rule.name for rule in book.rules}
        left_out = {book.rule(name).name for name in self.skip}
        return frozenset(rule.name for rule in book.rules if rule.name not in chosen or rule.name in left_out)


def read(path: Path) -> Settings:
    """The settings in a TOML file. BadSettings names the line or the nearest valid key when something is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise BadSettings(f"There is no settings file {str(path)!r}. Give --config the path of a TOML file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"The settings file {str(path)!r} cannot be read: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: this is not TOML: {error}.") from error
    known = {"checklist", "select", "skip", "fail_on", "timeout", "limits", "declare"}
    for key in data:
        if key not in known:
            raise BadSettings(f"{path}{_line(text, key)}: unknown key {key!r}. {nearest(key, known)}")
    for key in ("select", "skip", "fail_on"):
        if not isinstance(data.get(key, []), list) or not all(isinstance(item, str) for item in data.get(key, [])):
            raise BadSettings(f'{path}{_line(text, key)}: {key} must be a list of words, such as ["folds"].')
    for key in ("limits", "declare"):
        table = data.get(key, {})
        if not isinstance(table, dict) or (key == "limits" and not all(_tables(item) for item in table.values())):
            raise BadSettings(
                f"{path}{_line(text, key)}: {key} must be a table; see clearprint explain leading for an example."
            )
    timeout = data.get("timeout", 60)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 900:
        raise BadSettings(f"{path}{_line(text, 'timeout')}: timeout must be a number of seconds from 1 to 900.")
    return Settings(
        checklist=str(data.get("checklist", rulebook.DEFAULT_CHECKLIST)),
        select=tuple(data.get("select", ())),
        skip=tuple(data.get("skip", ())),
        fail_on=fail_on(data["fail_on"], str(path)) if "fail_on" in data else DEFAULT_FAIL_ON,
        timeout=float(timeout),
        limits=data.get("limits", {}),
        declare=data.get("declare", {}),
        source=path.name,
    )


def fail_on(words: list[str] | tuple[str, ...], where: str) -> tuple[str, ...]:
    """The words of --fail-on, checked. BadSettings names the nearest when one is unknown."""
    for word in words:
        if word not in FAIL_ON:
            raise BadSettings(f"{where}: {word!r} is nothing that can fail the gate. {nearest(word, FAIL_ON)}", code="usage")
    return tuple(words)


def _tables(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, dict) for item in value.values())


def _line(text: str, key: str) -> str:
    pattern = re.compile(rf"\s*\[*\"?{re.escape(key)}\b")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return f", line {number}"
    return ""

"""The sentences of a checklist in another language, laid over its English rule files.

`languages/<code>/<checklist>/04-leading.toml` holds sentences alone, under the names they have in the rule file. Two lists of
tables become plain: `because` by a limit's name (`"ratio.heading"`), and `na` as reasons in order. The rest stays English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clearprint.errors import BadRule
from clearprint.languages import DEFAULT, folder

WORDS = ("title", "question", "why", "advice", "measured", "cannot_see", "settles")
TABLES = ("reasons", "asks", "messages", "fixes")
HEAD = ("title", "goal", "source")


def translated(
    head: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], checklist: str, language: str
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """A checklist's head and rule files, as data, with the sentences of that language where it has them."""
    new_head, new_files = dict(head), {name: dict(data) for name, data in files.items()}
    place = folder() / language / checklist
    if language == DEFAULT or not place.is_dir():
        return new_head, new_files
    for path in sorted(place.glob("*.toml")):
        own = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.name == "checklist.toml":
            _only(own, (*HEAD, "sentences"), path)
            new_head.update({key: own[key] for key in HEAD if key in own})
            new_head["sentences"] = {**new_head.get("sentences", {}), **own.get("sentences", {})}
        elif path.name in new_files:
            new_files[path.name] = _laid_over(new_files[path.name], own, path)
        else:
            raise BadRule(f"{language}/{checklist}/{path.name}: the checklist has no file of that name.")
    return new_head, new_files


def limit_name(limit: Mapping[str, Any]) -> str:
    """What `because` calls a limit: its measure, and its own name where it has one."""
    return f"{limit['measure']}.{limit['name']}" if limit.get("name") else str(limit["measure"])


def _laid_over(data: Mapping[str, Any], own: Mapping[str, Any], path: Path) -> dict[str, Any]:
    _only(own, (*WORDS, *TABLES, "because", "na"), path)
    result = dict(data)
    result.update({key: own[key] for key in WORDS if key in own})
    for key in TABLES:
        _only(own.get(key, {}), data.get(key, {}), path)
        if key in data:
            result[key] = {**data[key], **own.get(key, {})}
    because = own.get("because", {})
    limits = [dict(limit) for limit in data.get("limit", ())]
    _only(because, {limit_name(limit) for limit in limits}, path)
    for limit in limits:
        limit["because"] = because.get(limit_name(limit), limit.get("because", ""))
    if limits:
        result["limit"] = limits
    if own.get("na"):
        if len(own["na"]) != len(data.get("na", ())):
            raise BadRule(f"{path.parent.name}/{path.name}: na must have as many reasons as the rule has.")
        result["na"] = [{**case, "reason": reason} for case, reason in zip(data["na"], own["na"], strict=True)]
    return result


def _only(table: Mapping[str, Any], known: Any, path: Path) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise BadRule(f"{path.parent.parent.name}/{path.parent.name}/{path.name}: nothing to translate is named {unknown}.")

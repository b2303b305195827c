"""Writes the JSON Schema of settings for editors, from the facts the parser goes by: `python -m tests.settings_schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clearprint import declaration, languages, rulebook, settings
from clearprint.declaration import _SAME, Key, _yes_no
from clearprint.settings import DEFAULT_FAIL_ON, FAIL_ON, LAYOUTS, LEAST_TIMEOUT, MOST_TIMEOUT, Settings

SCHEMA = Path(settings.__file__).parent / "settings.schema.json"
Schema = dict[str, Any]


def schema() -> Schema:
    """The schema as data. Draft 7, which every TOML editor knows."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of clearprint: clearprint.toml, or [tool.clearprint] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "extends": {
                "description": "Another settings file that this one goes over, from this file's folder.",
                "type": "string",
                "pattern": r"\S",
                "not": {"pattern": r"^[A-Za-z][A-Za-z0-9+.-]+://"},
            },
            **_general(),
            "document": {
                "description": "What holds for some documents. Of several tables that mean a document, the last one wins.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "description": "Patterns, from this file's folder: *.pdf, forms/*.pdf, forms/**/*.pdf, forms/",
                            "anyOf": [_PATTERN, {"type": "array", "items": _PATTERN, "minItems": 1}],
                        },
                        **_general(),
                    },
                },
            },
        },
        "definitions": {
            "question": {"anyOf": [{"enum": _questions()}, {"type": "string", "pattern": "^(0?[1-9]|1[0-9]|2[0-7])$"}]},
            "bounds": _limit(dict.fromkeys(rulebook.BOUNDS, _NUMBER)),
            "lists": _limit(dict.fromkeys(rulebook.LISTS, _WORDS)),
            "either": _limit({**dict.fromkeys(rulebook.BOUNDS, _NUMBER), **dict.fromkeys(rulebook.LISTS, _WORDS)}),
            "several": {
                "description": "How many faults it takes: count, or share of what was judged; one, of fewer than any_under.",
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "count": {"type": "integer", "minimum": 1},
                    "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                    "any_under": {"type": "integer", "minimum": 0},
                },
            },
            "limits": _limits(),
            "declare": _declare(),
        },
    }


_NUMBER: Schema = {"type": "number", "exclusiveMinimum": -1e6, "exclusiveMaximum": 1e6}
_WORDS: Schema = {"type": "array", "items": {"type": ["string", "boolean"]}}
_PATTERN: Schema = {
    "type": "string",
    "pattern": r"[^\s./\\]",
    "not": {"pattern": r"^\s*[/\\]|^.:|(^|[/\\])\s*\.\.\s*([/\\]|$)"},
}


def _general() -> dict[str, Schema]:
    return {
        "checklist": {
            "description": "Which checklist. Another one than in the file extended begins with its own limits.",
            "enum": list(rulebook.names()),
            "default": Settings().checklist,
        },
        "language": {
            "description": "The language of the report, whatever that of the document.",
            "enum": list(languages.codes()),
            "default": Settings().language,
        },
        "select": {"description": "Only these questions.", "type": "array", "items": {"$ref": "#/definitions/question"}},
        "skip": {"description": "Questions to leave out.", "type": "array", "items": {"$ref": "#/definitions/question"}},
        "fail_on": {
            "description": "What makes the exit code 1: a no, or a question that is open for one of these causes.",
            "type": "array",
            "items": {"enum": list(FAIL_ON)},
            "minItems": 1,
            "default": list(DEFAULT_FAIL_ON),
        },
        "timeout": {
            "description": "Seconds a document may take, and 1 more a page.",
            "type": "number",
            "minimum": LEAST_TIMEOUT,
            "maximum": MOST_TIMEOUT,
            "default": Settings().timeout,
        },
        "layout": {
            "description": "Where the lines and pages of Word files come from: the widths of letters, or LibreOffice.",
            "enum": list(LAYOUTS),
            "default": Settings().layout,
        },
        "limits": {"$ref": "#/definitions/limits"},
        "declare": {"$ref": "#/definitions/declare"},
    }


def _questions() -> list[str]:
    return [rule.name for rule in rulebook.load().rules]


def _limit(keys: dict[str, Schema]) -> Schema:
    several = {"several": {"$ref": "#/definitions/several"}}
    return {"type": "object", "additionalProperties": False, "properties": {**keys, **several}}


def _limits() -> Schema:
    properties = {}
    for rule in rulebook.load().rules:
        if rule.limits:
            known = {limit.full_name: {"$ref": f"#/definitions/{_kind(rule, limit.measure)}"} for limit in rule.limits}
            properties[rule.name] = {
                "description": rule.question,
                "type": "object",
                "additionalProperties": False,
                "properties": known,
            }
    number = {"type": "object", "additionalProperties": {"type": "object"}}
    return {
        "description": "Changed limits by question and measure; clearprint explain NAME shows those there are.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "patternProperties": {"^(0?[1-9]|1[0-9]|2[0-7])$": number},
    }


def _kind(rule: rulebook.Rule, measure: str) -> str:
    keys = rulebook.changeable(rule, measure)
    bounds, lists = keys & set(rulebook.BOUNDS), keys & set(rulebook.LISTS)
    return "either" if bounds and lists else "bounds" if bounds else "lists"


def _declare() -> Schema:
    return {
        "description": "What is known of every print job.",
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.help, **_declared(key)} for key in declaration.KEYS},
    }


def _declared(key: Key) -> Schema:
    if key.read is None:
        return {"enum": sorted({*key.values, *_SAME.get(key.name, {})})}
    if key.read is _yes_no:
        return {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]}
    return {
        "anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1}]
    }


def as_text() -> str:
    """The file as it should be."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(as_text(), encoding="utf-8")

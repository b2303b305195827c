"""Pictures of a good and a bad example of each question, drawn from the fixtures by `python -m fixtures.examples`."""

from __future__ import annotations

import base64
import json
from functools import cache
from importlib.resources import files

from clearprint.records import record


@record
class Example:
    """A picture as the report embeds it; its size in CSS pixels."""

    data: str
    width: int
    height: int


@cache
def example(name: str, kind: str) -> Example | None:
    """The good or bad example of a question; None where a picture shows nothing (paper, binding)."""
    known = _known().get(f"{name}-{kind}")
    if known is None:
        return None
    picture = files("clearprint.reports").joinpath(f"examples/{name}-{kind}.webp").read_bytes()
    data = f"data:image/webp;base64,{base64.b64encode(picture).decode('ascii')}"
    return Example(data, int(known["width"]), int(known["height"]))


@cache
def _known() -> dict[str, dict[str, int | str]]:
    listed = files("clearprint.reports").joinpath("examples/examples.json")
    known: dict[str, dict[str, int | str]] = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else {}
    return known

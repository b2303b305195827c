"""What is declared of a print job: kind, paper, folds, binding, scale and what else no file can say.

`parse` reads `key=value` pairs into a `Job`; `together` lays what several sources say over each other, the strongest first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any

from clearprint.answers import Contradiction, Declared, Said
from clearprint.colour import from_hex, to_hex
from clearprint.errors import BadDeclaration, nearest
from clearprint.model import Job
from clearprint.records import record
from clearprint.units import from_mm, to_mm

LAST_PAGE = -1
"""In `Job.cover`: the last page, whatever its number."""


@record
class Key:
    """One thing that can be declared: `values` are the words it takes; without them `form` says what is written."""

    name: str
    field: str  # of Job
    help: str
    values: tuple[str, ...] = ()
    form: str = ""
    read: Callable[[str], Any] | None = None  # ValueError when the text is impossible

    @property
    def usage(self) -> str:
        """`matt|silk|gloss` or `GRAMS`: what may follow the equals sign."""
        return "|".join((*self.values, self.form) if self.form else self.values)


# Other names of the same thing, as the trade and other countries write them.
_SAME = {
    "fold": {
        "letter": "tri",
        "trifold": "tri",
        "c": "tri",
        "zigzag": "z",
        "bifold": "half",
        "single": "half",
        "cross": "french",
    },
    "paper": {"glossy": "gloss", "satin": "silk", "matte": "matt", "offset": "uncoated"},
    "binding": {
        "stapled": "staple",
        "saddle-stitch": "saddle",
        "hardback": "case",
        "paperback": "perfect",
        "coil": "spiral",
    },
}
_TRUE, _FALSE = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


def _number(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)
        if not (math.isfinite(value) and low <= value <= high):
            raise ValueError(text)
        return value

    return read


def _yes_no(text: str) -> bool:
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ValueError(text)


def _cover(text: str) -> tuple[int, ...]:
    if text in ("none", "first", "both"):
        return {"none": (), "first": (1,), "both": (1, LAST_PAGE)}[text]
    pages = tuple(sorted({int(part) for part in text.split(",")}))
    if not all(1 <= page <= 1_000_000 for page in pages):
        raise ValueError(text)
    return pages


def _positions(text: str) -> tuple[float, ...]:
    millimetres = [float(part.strip().removesuffix("mm")) for part in text.split(",")]
    if not all(math.isfinite(value) and 0 < value < 5000 for value in millimetres):
        raise ValueError(text)
    return tuple(from_mm(value) for value in sorted(set(millimetres)))


def _panels(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2})\s*[x×]\s*(\d{1,2})", text)
    if match is None or not all(1 <= int(part) <= 40 for part in match.groups()):
        raise ValueError(text)
    return int(match[1]), int(match[2])


SIZES = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148), "dl": (99, 210), "letter": (215.9, 279.4)}


def _size(text: str) -> tuple[float, float]:
    if text in SIZES:
        width, height = SIZES[text]
        return from_mm(width), from_mm(height)
    sides = [float(part.strip().removesuffix("mm")) for part in re.split(r"[x×]", text)]
    if len(sides) != 2 or not all(math.isfinite(side) and 10 <= side <= 5000 for side in sides):
        raise ValueError(text)
    return from_mm(sides[0]), from_mm(sides[1])


def _language(text: str) -> str:
    if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", text) is None:
        raise ValueError(text)
    return text.split("-")[0]


KEYS: tuple[Key, ...] = (
    Key(
        "kind",
        "kind",
        "what is being made",
        ("leaflet", "booklet", "letter", "form", "poster", "newsletter", "book", "card", "screen"),
    ),
    Key("paper", "paper", "the paper's finish", ("gloss", "silk", "matt", "uncoated")),
    Key("weight", "paper_weight", "the paper's weight in grams a square metre", form="GRAMS", read=_number(20, 1000)),
    Key("paper-colour", "paper_colour", "the paper's own colour", form="#RRGGBB", read=from_hex),
    Key("both-sides", "both_sides", "whether both sides are printed", ("yes", "no"), read=_yes_no),
    Key(
        "fold",
        "fold",
        "how a sheet is folded",
        ("none", "half", "tri", "z", "gate", "double-gate", "double-parallel", "accordion", "french", "map"),
    ),
    Key(
        "fold-positions",
        "fold_positions",
        "where the folds of the front lie, in mm from its left edge",
        form="MM,MM",
        read=_positions,
    ),
    Key(
        "fold-heights",
        "fold_heights",
        "where the folds lie that run from side to side, in mm from the top edge",
        form="MM,MM",
        read=_positions,
    ),
    Key(
        "panels",
        "panels",
        "equal panels of a map or accordion fold, side by side and one under another",
        form="COLUMNSxROWS (4x2)",
        read=_panels,
    ),
    Key(
        "finished-size",
        "finished_size",
        "the size it has in the hand, trimmed and folded",
        ("A3", "A4", "A5", "A6", "DL", "Letter"),
        "WIDTHxHEIGHT (mm)",
        read=_size,
    ),
    Key(
        "binding",
        "binding",
        "how the pages are held together",
        ("none", "staple", "saddle", "perfect", "case", "tape", "wire", "spiral", "comb", "ring"),
    ),
    Key(
        "scale",
        "scale",
        "printed size over the file's size (0.5 or 50%)",
        form="FACTOR",
        read=_number(0.01, 100),
    ),
    Key("hand-filled", "hand_filled", "whether people write in it by hand", ("yes", "no"), read=_yes_no),
    Key("cover", "cover", "which pages are covers", ("none", "first", "both"), "PAGES (1,8)", _cover),
    Key("stage", "stage", "draft, or as it goes to print", ("draft", "final")),
    Key("language", "language", "the main language", form="CODE (en, cy)", read=_language),
)
_BY_NAME = {key.name: key for key in KEYS}


def parse(pairs: Iterable[str]) -> Job:
    """`["paper=matt", "fold=tri"]` as a Job. BadDeclaration names what is unknown or impossible and the nearest valid one."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        name, text = name.strip().lower().replace("_", "-"), text.strip().lower()
        key = _BY_NAME.get(name)
        if key is None:
            raise BadDeclaration(f"Nothing named {name!r} can be declared. {nearest(name, _BY_NAME)}")
        if not equals or not text:
            raise BadDeclaration(f"--declare {name} needs a value: {name}={key.usage}.")
        value = _value(key, text)
        if found.get(key.field, value) != value:
            raise BadDeclaration(f"{name} is declared twice, with different values.")
        found[key.field] = value
    return Job(**found)


def _value(key: Key, text: str) -> Any:
    text = _SAME.get(key.name, {}).get(text.replace("_", "-"), text)
    if key.read is None:
        if text not in key.values:
            raise BadDeclaration(f"{key.name}={text} is not possible. {nearest(text, key.values)}")
        return text
    try:
        return key.read(text)
    except ValueError:
        raise BadDeclaration(f"{key.name}={text} is not possible. Write {key.name}={key.usage}: {key.help}.") from None


def as_toml(key: Key, text: str) -> str:
    """A value as a TOML file writes it: numbers and lists of numbers bare, words in quotes."""
    if key.read in (None, _language, from_hex) or not text:
        return f'"{text}"'
    if key.read is _yes_no:
        return "true" if text in _TRUE else "false"
    parts = text.split(",")
    if all(re.fullmatch(r"-?\d+(\.\d+)?", part) for part in parts):
        listed = len(parts) > 1 or key.read in (_positions, _cover)
        return f"[{', '.join(parts)}]" if listed else text
    return f'"{text}"'


def described(job: Job) -> dict[str, object]:
    """What was declared, as it would be written, for reports. What was not declared is left out."""
    result: dict[str, object] = {}
    for key in KEYS:
        value = getattr(job, key.field)
        if value is None or (key.field in _LISTS and not value):
            continue
        if key.field == "paper_colour":
            value = to_hex(value)
        elif key.field in _LISTS:
            value = [round(to_mm(position), 1) for position in value]
        elif key.field == "panels":
            value = f"{value[0]}x{value[1]}"
        elif key.field == "finished_size":
            value = f"{to_mm(value[0]):.5g}x{to_mm(value[1]):.5g}"
        elif key.field == "cover":
            value = ["last" if page == LAST_PAGE else page for page in value]
        result[key.name] = value
    return result


def told(job: Job, where: str, **by: str | None) -> tuple[Declared, ...]:
    """What a job says, one thing after another, as said by one source. `by` are further fields of each `Declared`."""
    return tuple(Declared(name, as_text(value), where, **by) for name, value in described(job).items())


def as_text(value: object) -> str:
    """A described value as `--declare` takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(f"{item:g}" if isinstance(item, float) else str(item) for item in value) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


# --- several sources ------------------------------------------------------------------------------------------------------

_LISTS = ("fold_positions", "fold_heights")
_FOLDS = ("fold", "fold_positions", "fold_heights", "panels")  # one thing said in several words
_ROOM = 1.0  # mm: positions that differ by less are the same


@record
class Source:
    """What one source says of a print job. Of a ticket it is worth saying where something stronger says otherwise."""

    job: Job
    told: tuple[Declared, ...] = ()
    ticket: bool = False


@record
class Known:
    """What is known of a print job from all sources together, and what people said of the document."""

    told: tuple[Declared, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    expired: tuple[Declared, ...] = ()
    said: tuple[Said, ...] = ()
    remarks: tuple[str, ...] = ()  # of a ticket


def together(sources: Sequence[Source]) -> tuple[Job, Known]:
    """All sources as one, the strongest first. A ticket that contradicts a stronger one is reported."""
    job = Job()
    known: dict[str, Declared] = {}
    contradictions = []
    for source in sources:
        if source.ticket:
            contradictions += _contradictions(job, known, source)
        before, job = job, merged(job, source.job)
        mine = {item.name: item for item in source.told}
        for key in KEYS:
            if key.name in mine and getattr(job, key.field) != getattr(before, key.field):
                known[key.name] = mine[key.name]
    ordered = tuple(known[key.name] for key in KEYS if key.name in known)
    return job, Known(ordered, tuple(contradictions))


def _contradictions(job: Job, known: dict[str, Declared], source: Source) -> list[Contradiction]:
    found = []
    for item in source.told:
        field = _BY_NAME[item.name].field
        used = known.get(item.name)
        if used is None and field in _FOLDS:
            used = known.get("fold")
            if used is not None and (used.value != "none" or getattr(source.job, field) in (None, ())):
                continue  # its places fill in what the stronger one only names
        if used is not None and _differ(getattr(job, field), getattr(source.job, field)):
            found.append(Contradiction(item.name, used, item))
    return found


def _differ(mine: Any, other: Any) -> bool:
    numbers = isinstance(mine, tuple) and isinstance(other, tuple) and len(mine) == len(other)
    if numbers and all(isinstance(value, float | int) for value in (*mine, *other)):
        return any(abs(to_mm(a) - to_mm(b)) > _ROOM for a, b in zip(mine, other, strict=True))
    return bool(mine != other)


def merged(stronger: Job, weaker: Job) -> Job:
    """Both declarations together; where both speak the stronger wins. A fold and its places are one thing said.

    Places of the weaker fill in where the stronger gives the same fold by name alone.
    """
    folds = any(getattr(stronger, name) not in (None, ()) for name in _FOLDS)
    named = stronger.fold not in (None, "none") and stronger.fold == weaker.fold
    silent_folds = not folds or (named and not any(getattr(stronger, name) for name in _FOLDS[1:]))
    values = {}
    for item in fields(Job):
        mine = getattr(stronger, item.name)
        silent = silent_folds if item.name in _FOLDS else mine is None
        values[item.name] = getattr(weaker, item.name) if silent else mine
    return Job(**values)

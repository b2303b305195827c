"""What is declared of a print job: kind, paper, folds, binding, scale and what else no file can say.

`parse` reads `key=value` pairs into a `Job`; `fold_boxes` says where the folds of a declared kind lie on a page.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from clearprint.colour import from_hex, to_hex
from clearprint.errors import BadDeclaration, nearest
from clearprint.geometry import Box
from clearprint.model import Job
from clearprint.units import from_mm, to_mm

LAST_PAGE = -1
"""In `Job.cover`: the last page, whatever its number."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be declared: `values` are the words it takes; without them `form` says what is written."""

    name: str
    field: str  # of Job
    help: str
    values: tuple[str, ...] = ()
    form: str = ""
    read: Callable[[str], Any] | None = None  # ValueError when the text is impossible
    example: str = ""

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
    Key("paper", "paper", "the paper's finish", ("gloss", "silk", "matt", "uncoated"), example="matt"),
    Key("weight", "paper_weight", "the paper's weight in grams a square metre", form="GRAMS", read=_number(20, 1000)),
    Key("paper-colour", "paper_colour", "the paper's own colour", form="#RRGGBB", read=from_hex),
    Key("both-sides", "both_sides", "whether both sides are printed", ("yes", "no"), read=_yes_no),
    Key(
        "fold",
        "fold",
        "how a sheet is folded",
        ("none", "half", "tri", "z", "gate", "double-gate", "double-parallel", "accordion", "french", "map"),
        example="none",
    ),
    Key(
        "fold-positions",
        "fold_positions",
        "where the folds of the front lie, in mm from its left edge",
        form="MM,MM",
        read=_positions,
        example="99,198",
    ),
    Key(
        "binding",
        "binding",
        "how the pages are held together",
        ("none", "staple", "saddle", "perfect", "case", "tape", "wire", "spiral", "comb", "ring"),
        example="saddle",
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
        if value is None or (key.field == "fold_positions" and not value):
            continue
        if key.field == "paper_colour":
            value = to_hex(value)
        elif key.field == "fold_positions":
            value = [round(to_mm(position), 1) for position in value]
        elif key.field == "cover":
            value = ["last" if page == LAST_PAGE else page for page in value]
        result[key.name] = value
    return result


# --- folds ----------------------------------------------------------------------------------------------------------------

# Where the folds cut the folded side, as shares of it. "accordion" and "map" need their positions declared.
_SHARES: dict[str, tuple[float, ...]] = {
    "none": (),
    "half": (1 / 2,),
    "tri": (1 / 3, 2 / 3),
    "z": (1 / 3, 2 / 3),
    "gate": (1 / 4, 3 / 4),
    "double-gate": (1 / 4, 1 / 2, 3 / 4),
    "double-parallel": (1 / 4, 1 / 2, 3 / 4),
    "french": (1 / 2,),
}
_TUCKED = {"tri", "gate", "double-gate", "double-parallel"}
_PANEL_SHAPE, _PANEL_WIDTH = (
    0.6,
    from_mm(130),
)  # an upright page this slender is one panel of a folded sheet, not the sheet


def fold_lines(job: Job, width: float, height: float, *, back: bool = False) -> list[float]:
    """Where the declared folds lie on a page, in points: x from its left edge, or y from its top when `folds_lie_across`.

    Declared positions are x of the front; on the back (`back`) they are mirrored. A named fold divides the longer side. An
    empty list when no fold is declared, its positions cannot be known, or the page is a panel that is folded already.
    """
    if job.fold == "none" or not (width > 0 and height > 0):
        return []
    if job.fold_positions:
        inside = [position for position in job.fold_positions if 0 < position < width]
        return sorted(width - position for position in inside) if back else inside
    if job.fold is None or is_panel(job, width, height):
        return []
    side = height if folds_lie_across(job, width, height) else width
    return [side * share for share in _SHARES.get(job.fold, ())]


def fold_boxes(job: Job, width: float, height: float, *, back: bool = False) -> list[Box]:
    """The folds as boxes without breadth, from edge to edge of the page. A French fold has one each way."""
    positions = fold_lines(job, width, height, back=back)
    upright = [Box(x, 0.0, x, height) for x in positions]
    across = [Box(0.0, y, width, y) for y in positions]
    if job.fold == "french" and positions and not job.fold_positions:
        return [Box(width / 2, 0.0, width / 2, height), Box(0.0, height / 2, width, height / 2)]
    return across if folds_lie_across(job, width, height) else upright


def folds_lie_across(job: Job, width: float, height: float) -> bool:
    """Whether the folds run from side to side: an upright sheet is folded across its height, as a letter is."""
    return not job.fold_positions and height > width


def is_panel(job: Job, width: float, height: float) -> bool:
    """Whether a page of that size is a panel or page of the folded sheet already, so that the folds are its edges."""
    if height <= width or job.fold_positions:
        return False
    if job.fold == "half" and job.binding not in (None, "none"):
        return True  # pages of a booklet: the sheet is folded at the spine
    return width / height < _PANEL_SHAPE and width < _PANEL_WIDTH


def fold_error(job: Job) -> float:
    """How far off a fold may be, points: a panel that is tucked in is made a little narrower than its share."""
    return from_mm(1.0) if job.fold in _TUCKED and not job.fold_positions else 0.0


def folded_size(job: Job, width: float, height: float) -> tuple[float, float]:
    """Width and height of the largest panel once folded as declared; the page's own where no fold is known."""
    folds = fold_boxes(job, width, height)
    across = sorted({box.y0 for box in folds if box.height == 0})
    upright = sorted({box.x0 for box in folds if box.width == 0})
    return _widest(upright, width), _widest(across, height)


def _widest(cuts: list[float], side: float) -> float:
    edges = [0.0, *cuts, side]
    return max(after - before for before, after in itertools.pairwise(edges))


def merged(stronger: Job, weaker: Job) -> Job:
    """Both declarations together; where both speak the stronger wins. A fold and its positions are one thing said."""
    folds = stronger.fold is not None or bool(stronger.fold_positions)
    values = {}
    for item in fields(Job):
        mine = getattr(stronger, item.name)
        silent = not folds if item.name in ("fold", "fold_positions") else mine is None
        values[item.name] = getattr(weaker, item.name) if silent else mine
    return Job(**values)

"""Job tickets of the print trade: JDF 1.x and XJDF 2.x of CIP4, as far as they say what a document cannot.

Read: the coating and weight of the paper, the printed sides, the folding catalogue and the folds, the binding, the finished
size and the kind of product. Element and attribute names are CIP4's; intents (what is wanted) and resources (how it is made)
are both understood. What a ticket says in words that are not known here becomes a remark, and is never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from clearprint import declaration
from clearprint.declaration import Source
from clearprint.errors import BadDeclaration, BadUsage
from clearprint.units import from_mm, to_mm

_LARGEST = 50_000_000  # bytes
_MOST_FOLDS = 10  # one after another; each may double the layers
_THIN = 0.01  # points: nothing so narrow is folded over

# JDF 1.x Media/@FrontCoatings and MediaIntent/FrontCoatings, XJDF @Coating. The shiniest first.
_COATINGS = {"HighGloss": "gloss", "Glossy": "gloss", "Semigloss": "silk", "Satin": "silk", "Matte": "matt", "None": "uncoated"}
_FINISHES = ("gloss", "silk", "matt", "uncoated")
_BINDINGS = {
    "SaddleStitch": "saddle",
    "CornerStitch": "staple",
    "SoftCover": "perfect",
    "PerfectBinding": "perfect",
    "EdgeGluing": "perfect",
    "HardCover": "case",
    "Tape": "tape",
    "WireComb": "wire",
    "CoilBinding": "spiral",
    "PlasticComb": "comb",
    "Ring": "ring",
    "LooseBinding": "none",
}
# What a process for binding says by being there.
_PROCESSES = {
    "WireCombBindingParams": "wire",
    "CoilBindingParams": "spiral",
    "PlasticCombBindingParams": "comb",
    "RingBindingParams": "ring",
    "CaseMakingParams": "case",
    "CasingInParams": "case",
    "CoverApplicationParams": "perfect",
}
_STITCHES = {"Saddle": "saddle", "Corner": "staple"}
# The folding catalogue's sheets of few panels (JDF 1.x, appendix on fold catalogues); others are said not to be known.
_CATALOGUE = {
    "F2-1": "none",
    "F4-1": "half",
    "F4-2": "half",
    "F6-1": "z",
    "F6-4": "tri",
    "F8-2": "double-parallel",
    "F8-7": "french",
}
_KINDS = {
    "Book": "book",
    "BookBlock": "book",
    "Booklet": "booklet",
    "Brochure": "booklet",
    "Flyer": "leaflet",
    "Leaflet": "leaflet",
    "Letter": "letter",
    "Newsletter": "newsletter",
    "Poster": "poster",
    "BusinessCard": "card",
    "PostCard": "card",
    "Postcard": "card",
    "GreetingCard": "card",
}
_ONE_SIDE = ("OneSided", "OneSidedFront", "OneSidedBack", "OneSidedBackFlipX", "OneSidedBackFlipY")


def read(path: Path) -> tuple[Source, tuple[str, ...]]:
    """What a ticket says, and remarks on what of it is not understood. BadUsage when it is no ticket."""
    root = _opened(path)
    ticket = _Ticket(root)
    pairs = list(ticket.pairs())
    remarks = [f"{path.name}: {remark}" for remark in ticket.remarks]
    good = []
    for pair in pairs:
        try:
            declaration.parse([pair])
            good.append(pair)
        except BadDeclaration as error:
            remarks.append(f"{path.name}: {error.message}")
    job = declaration.parse(good)
    return Source(job, declaration.told(job, path.name), ticket=True), tuple(remarks)


def _opened(path: Path) -> Any:
    # No entity is replaced, nothing is fetched, nesting and text lengths are bounded by libxml2 (huge_tree is off).
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        if path.stat().st_size > _LARGEST:
            raise BadUsage(f"{path}: {_LARGEST // 1_000_000} MB are the most that is read of a job ticket.")
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        raise BadUsage(f"{path}: this job ticket cannot be read ({error.strerror or error}). Check the path.") from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadUsage(f"{path}: this job ticket is not XML. Export the JDF or XJDF again.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadUsage(f"{path}: a job ticket has no document type. Export the JDF or XJDF again.")
    if _name(root) not in ("JDF", "XJDF"):
        raise BadUsage(f"{path}: this is neither a JDF nor an XJDF ticket. Give one, or leave --ticket out.")
    return root


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class _Ticket:
    """One ticket by the local names of its elements."""

    def __init__(self, root: Any) -> None:
        self.remarks: list[str] = []
        self._by_name: dict[str, list[Any]] = {}
        for element in root.iter():
            self._by_name.setdefault(_name(element), []).append(element)

    def pairs(self) -> Iterator[str]:
        """What it says, as `--declare` would be told."""
        yield from self._kind()
        yield from self._paper()
        yield from self._sides()
        binding = self._binding()
        if binding is not None:
            yield f"binding={binding}"
        if binding in (None, "none", "staple"):  # the folds of a bound book's sheets are its spine
            yield from self._folds()
        size = self._size("FinishedDimensions")
        if size is not None:
            yield f"finished-size={to_mm(size[0]):.1f}x{to_mm(size[1]):.1f}"

    def _all(self, *names: str) -> Iterator[Any]:
        for name in names:
            yield from self._by_name.get(name, ())

    def _values(self, owners: Sequence[str], *names: str) -> list[str]:
        """What elements of some names say under others: as an attribute, or as a span (JDF 1.x: Actual before Preferred)."""
        found = []
        for owner in self._all(*owners):
            for name in names:
                if owner.get(name) is not None:
                    found.append(owner.get(name))
            for child in owner:
                if _name(child) in names:
                    span = child.get("Actual") or child.get("Preferred")
                    if span is not None:
                        found.append(span)
        return [" ".join(value.split()) for value in found if value.strip()]

    def _kind(self) -> Iterator[str]:
        products = list(self._all("Product"))
        roots = [item for item in products if item.get("IsRoot") == "true"] or products[:1]
        kinds = {_KINDS[kind] for item in roots if (kind := item.get("ProductType", "")) in _KINDS}
        if len(kinds) == 1:
            yield f"kind={kinds.pop()}"

    def _paper(self) -> Iterator[str]:
        media = ["MediaIntent", *(["Media"] if not self._by_name.get("MediaIntent") else [])]
        for item in self._all("Media"):
            if item.get("MediaType", "Paper") != "Paper":
                item.attrib.clear()  # plates and foils
        coatings = self._values(media, "FrontCoatings", "BackCoatings", "Coating", "BackCoating")
        finishes = {_COATINGS[word] for word in coatings if word in _COATINGS}
        unknown = sorted({word for word in coatings if word not in _COATINGS})
        if unknown:
            self.remarks.append(f"the coating {', '.join(unknown)} does not say how much the paper shines.")
        if finishes:
            if len(finishes) > 1:
                self.remarks.append(f"several papers are used ({', '.join(sorted(finishes))}); the shiniest is judged.")
            yield f"paper={next(word for word in _FINISHES if word in finishes)}"
        weights = [weight for text in self._values(media, "Weight") if (weight := _number(text)) is not None]
        if weights:
            yield f"weight={min(weights):g}"

    def _sides(self) -> Iterator[str]:
        sides = set(self._values(["LayoutIntent"], "Sides"))
        if sides:
            yield f"both-sides={'no' if sides <= set(_ONE_SIDE) else 'yes'}"

    def _binding(self) -> str | None:
        words = self._values(["BindingIntent"], "BindingType", "Type")
        found = [_BINDINGS[word] for word in words if word in _BINDINGS]
        unknown = sorted({word for word in words if word not in _BINDINGS})
        if not words:
            found = [_PROCESSES[name] for name in _PROCESSES if self._by_name.get(name)]
            stitches = self._values(["StitchingParams"], "StitchType")
            found += [_STITCHES[word] for word in stitches if word in _STITCHES]
            unknown = sorted({word for word in stitches if word not in _STITCHES})
        if unknown and not found:
            self.remarks.append(f"the binding {', '.join(unknown)} is not known here; declare one that is like it.")
        return found[0] if found else None

    def _folds(self) -> Iterator[str]:
        owners = list(self._all("FoldingIntent", "FoldingParams"))
        catalogue = self._values(["FoldingIntent", "FoldingParams"], "FoldCatalog", "FoldingCatalog")
        names = {_CATALOGUE[word] for word in catalogue if word in _CATALOGUE}
        for owner in owners:
            folds = [child for child in owner if _name(child) == "Fold"]
            if folds:
                yield from self._places(folds, names)
                return
        if len(names) == 1:
            yield f"fold={names.pop()}"
        elif catalogue:
            words = ", ".join(sorted(set(catalogue)))
            self.remarks.append(f"the folding {words} is not known here; declare where the folds lie: fold-positions=99,198.")

    def _places(self, folds: Sequence[Any], names: set[str]) -> Iterator[str]:
        size = self._size("Dimensions") or self._size("Dimension")
        creases: dict[str, list[float]] = {"Left": [], "Front": []}
        for edge, side in (("Left", size[0] if size else None), ("Front", size[1] if size else None)):
            travels = [travel for fold in folds if fold.get("From", "Left") == edge and (travel := _travel(fold, side))]
            creases[edge] = creased(travels, side)
        if len(names) == 1:
            yield f"fold={next(iter(names))}"
        if creases["Left"]:
            yield "fold-positions=" + ",".join(f"{to_mm(x):.1f}" for x in creases["Left"])
        if creases["Front"]:
            if size is None:
                self.remarks.append("it folds across the sheet, and does not say how high the sheet is: declare fold-heights.")
            else:  # the front edge is the lower one
                yield "fold-heights=" + ",".join(f"{to_mm(size[1] - y):.1f}" for y in reversed(creases["Front"]))

    def _size(self, name: str) -> tuple[float, float] | None:
        """Width and height in points: of a layout intent, else of the paper."""
        for text in self._values(["LayoutIntent", "Media"] if name == "Dimension" else ["LayoutIntent"], name):
            numbers = [number for part in text.split() if (number := _number(part)) is not None]
            if len(numbers) >= 2 and min(numbers[:2]) > from_mm(10):
                return numbers[0], numbers[1]
        return None


def creased(travels: Sequence[float], side: float | None = None) -> list[float]:
    """Where a sheet is creased that is folded again and again, each time so far from the edge that it then has (points).

    The flap is laid over the rest, so that a later fold goes through both. `side` is the sheet's length, where it is known.
    """
    layers = [(0.0, side if side is not None else math.inf, 0.0, 1.0)]  # from, to on the sheet; origin and direction as it lies
    edge = 0.0
    creases: set[float] = set()
    for travel in travels[:_MOST_FOLDS]:
        line = edge + travel
        after = []
        for start, end, origin, way in layers:
            at = (line - origin) / way
            if not start + _THIN < at < end - _THIN:
                in_flap = max(origin + way * start, origin + way * end) <= line
                after.append((start, end, 2 * line - origin, -way) if in_flap else (start, end, origin, way))
                continue
            creases.add(round(at, 3))
            flap, rest = ((start, at), (at, end)) if way > 0 else ((at, end), (start, at))
            after += [(*flap, 2 * line - origin, -way), (*rest, origin, way)]
        layers, edge = after, line
    return sorted(creases)


def _travel(fold: Any, side: float | None) -> float | None:
    travel = _number(fold.get("Travel"))
    if travel is None and side is not None:
        relative = _number(fold.get("RelativeTravel"))
        travel = relative * side if relative is not None and 0 < relative < 1 else None
    return travel if travel is not None and travel > 0 else None


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None

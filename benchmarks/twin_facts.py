"""The facts of a DOCX against those measured on its PDF: every run of letters and every paragraph that both have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from clearprint.errors import ClearprintError
from clearprint.formats.widths import same_widths
from clearprint.model import Block, Job, Span, Style
from clearprint.readers.from_pdf import PdfSource
from clearprint.readers.from_printed import Paragraphs

SHOWN = 12
WITHIN = {"size": 0.1, "leading": 0.3, "space": 1.0, "first-indent": 1.0}  # points
COLOUR = 0.02  # of each channel
CHARACTERS = 2.0


@dataclass(slots=True)
class Compared:
    """How often each fact was compared, and where it differs."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    medians: dict[str, tuple[float, float]] = field(default_factory=dict)  # characters a line by document: estimated, real

    def hold(self, fact: str, alike: bool, where: str) -> None:
        self.seen[fact] += 1
        if not alike:
            self.wrong[fact].append(where)


def compare_all(pairs: Sequence[tuple[Path, Path]]) -> int:
    """Print how far the facts agree."""
    result = Compared()
    for path, pdf in pairs:
        try:
            compare(path, pdf, result)
        except ClearprintError as error:
            print(f"left out: {error.message}")
    for fact, count in sorted(result.seen.items()):
        wrong = result.wrong[fact]
        print(f"{fact}: {count - len(wrong)} of {count} alike ({100 * (count - len(wrong)) / count:.1f} %)")
        for line in wrong[:: max(1, len(wrong) // SHOWN)][:SHOWN]:
            print(f"    {line}")
    near = sum(abs(mine - real) <= CHARACTERS for mine, real in result.medians.values())
    print(f"characters a line, median of a document: within {CHARACTERS:g} in {near} of {len(result.medians)} documents")
    for name, (mine, real) in result.medians.items():
        if abs(mine - real) > CHARACTERS:
            print(f"    {name}: {mine:g} estimated, {real:g} on the page")
    return 0


def compare(path: Path, pdf: Path, result: Compared) -> None:
    """Compare one document with its PDF."""
    paragraphs = Paragraphs(path, Job())
    mine: list[int] = []
    real: list[int] = []
    with PdfSource(pdf, Job()) as source:
        for index in range(source.count):
            for block in source.page(index).blocks:
                other = paragraphs.of(block)
                if other is None:
                    continue
                where = f"{path.stem[:40]} page {index + 1}, {other.path}"
                _runs(block, other, where, result)
                if same_widths(other.style.face.family, block.style.face.family):
                    _paragraph(block, other, where, result)
                else:
                    result.seen["set in another face"] += 1  # whose lines stand closer or further apart
                full = [len(line.text.strip()) for line in block.lines if line.full]
                likely = [len(line.text) for line in other.estimated if line.full]
                if len(full) >= 2 and len(likely) >= 2 and not other.width_error:
                    real += full
                    mine += likely
    if real:
        result.medians[path.stem] = median(mine), median(real)


def _runs(block: Block, other: Block, where: str, result: Compared) -> None:
    """Every word of the page against the run of the document that its first letter stands in."""
    said = "".join(_letters(other.spans))
    styles = [span.style for span in other.spans for _ in _bare(span.text)]
    at = 0
    last: tuple[int, int] | None = None
    for line in block.lines:
        for word in line.words:
            bare = _bare(word.text)
            place = said.find(bare, at) if bare else -1
            if place < 0:
                continue
            at = place + len(bare)
            pair = id(word.style), id(styles[place])
            if pair == last:
                continue  # one run
            last = pair
            _style(word.style, styles[place], f"{where}: {word.text!r}", result)


def _style(page: Style, said: Style, where: str, result: Compared) -> None:
    if said.caps == "small" or said.raised:
        return  # drawn smaller by each program's own share: Word's 65 % of raised type is LibreOffice's 58 %
    result.hold("size", abs(page.size - said.size) <= WITHIN["size"], f"{where}: {said.size:g} pt said, {page.size:g} pt seen")
    if page.weight is not None and said.weight is not None:
        alike = (page.weight >= 600) == (said.weight >= 600)
        result.hold("weight", alike, f"{where}: {said.weight} said, {page.weight} seen ({said.face.name}, {page.face.name})")
    if page.colour is not None and said.colour is not None:
        alike = max(abs(one - two) for one, two in zip(page.colour, said.colour, strict=True)) <= COLOUR
        result.hold("colour", alike, f"{where}: {_hex(said)} said, {_hex(page)} seen")


def _hex(style: Style) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in style.colour or ())


def _paragraph(block: Block, other: Block, where: str, result: Compared) -> None:
    if block.alignment is not None and other.alignment is not None and len(block.lines) >= 3:
        result.hold("alignment", block.alignment == other.alignment, f"{where}: {other.alignment} said, {block.alignment} seen")
    if block.leading is not None and other.leading is not None and len(block.lines) >= 2:
        alike = abs(block.leading - other.leading) <= WITHIN["leading"]
        result.hold("leading", alike, f"{where}: {other.leading:.2f} pt said, {block.leading:.2f} pt seen")
    whole = _bare(block.text) == _bare(other.text)  # not several paragraphs of one line that read as one
    if whole and block.step is not None and other.step is not None:
        alike = abs(block.step - other.step) <= WITHIN["space"]
        result.hold("space", alike, f"{where}: {other.step:.2f} pt said, {block.step:.2f} pt seen")


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _letters(spans: Sequence[Span]) -> Iterator[str]:
    return (_bare(span.text) for span in spans)

"""Split words: what the end of each line breaks, in paragraphs of two or more lines.

Cannot see: whether an author typed a hyphen at the end of a line on purpose, unless the word stands whole elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from clearprint import lazily
from clearprint.answers import Observation, seen
from clearprint.layout.runs import likely_lines
from clearprint.model import Block, Line, Page, Survey, letters

MEASURES = {"break": "word", "hyphenation": "yes-no"}
FACTS = {"role": "role", "word": "text"}

_OUT = frozenset({"code", "contents", "logotype", "watermark", "folio"})
_BREAK = "\n"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_STREET = r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Square|Terrace|Crescent|Gardens|Way|Place|Court|Hill)\b"
# Each finds its thing with the line's end (\n) somewhere inside it.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "web-address",
        lazily.compile(r"(?:https?://|www\.)\S*(?:[/_?=&~%-]\n\S*[\w/]|\.\n[a-z0-9]\S*)|[\w.+-]+@[\w-]*(?:\.\n|\n\.?)[a-z]"),
    ),
    ("postcode", lazily.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\n\d[A-Z]{2}\b")),
    ("date", lazily.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\n{_MONTH}\b|\s{_MONTH}\n(?:1[5-9]|20)\d\d\b)")),
    ("sum", lazily.compile(r"[£$€]\n?\d[\d,.]*\n(?:million|billion|thousand|m\b|bn\b)|[£$€]\n\d")),
    ("phone", lazily.compile(r"(?<![\d£$€.,])(?:\+\d{1,3}[ -]?)?\(?0\d[\d ()-]*\n\(?\d[\d ()-]*")),
    ("address", lazily.compile(rf"\b\d{{1,4}}[A-Za-z]?\n(?:[A-Z][\w’']+ ){{1,3}}{_STREET}")),
)


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        if block.role in _OUT or not letters(block.text):
            continue
        if not page.laid_out:
            yield from _at_optional_hyphens(block)
            if block.hyphenation is not None and likely_lines(block, page) >= 2:
                yield seen("hyphenation", block.place, block.hyphenation, role=block.role)
        elif len(block.lines) >= 2:
            yield from _ends(block, survey)


def _at_optional_hyphens(block: Block) -> Iterator[Observation]:
    """Words that its lines likely break, where their widths are those of the face itself."""
    for line in block.estimated if not block.width_error else ():
        if line.split:
            yield seen("break", replace(block.place, text=line.split), "split", role=block.role, word=line.split)


def _ends(block: Block, survey: Survey) -> Iterator[Observation]:
    link = ""  # a web address that began on a line above and still goes on
    for number, line in enumerate(block.lines):
        following = block.lines[number + 1] if number + 1 < len(block.lines) else None
        if following is None and line.hyphen is None:
            continue  # the end of a paragraph
        words = line.text.split()
        link = link + words[-1] if len(words) == 1 else " ".join(words[-1:])
        kind, word = _broken(line, following, survey, link)
        place = block.place_of(line)
        if word:
            place = replace(place, text=word)
        yield seen("break", place, kind, role=block.role, word=word)


def _broken(line: Line, following: Line | None, survey: Survey, link: str) -> tuple[str, str]:
    """What the end of a line breaks, and the text on both sides. `link`: its last word with the lines of one word above."""
    last = line.text.split()[-1] if line.text.split() else ""
    first = following.text.split()[0] if following is not None and following.text.split() else ""
    if line.hyphen in ("split", "compound"):
        if _LINK.search(link):
            return "web-address", f"{last} {first}".strip()
        whole = f"{last.rstrip(_HYPHENS)}-{first}".strip(_MARKS).lower()
        known = whole in survey.hyphenated
        return ("compound" if known else line.hyphen), f"{last} {first}".strip()
    if not first:
        return "none", ""
    if not (_DIGIT.search(last) or "." in last or "@" in last or last[-1:] in "£$€" or _DIGIT.match(first)):
        return "none", ""
    left = " ".join(line.text.split()[-5:])
    text = left + _BREAK + " ".join(following.text.split()[:4] if following is not None else ())
    for kind, pattern in _KINDS:
        match = pattern.search(text)
        if match and _BREAK in match.group() and _enough(kind, match.group()):
            return kind, match.group().replace(_BREAK, " ")
    return "none", ""


_HYPHENS = "-\u00ad\u2010\u2011"
_MARKS = ".,;:!?()[]\"'“”‘’"
_DIGIT = lazily.compile(r"\d")
_LINK = lazily.compile(r"://|^\W*www\.|\w@\w|\w/\w+\S*/")


def _enough(kind: str, text: str) -> bool:
    """A phone number has nine digits or more; fewer may be anything."""
    return kind != "phone" or 9 <= sum(map(str.isdigit, text)) <= 15

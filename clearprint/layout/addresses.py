"""Addresses: where somebody is to be found, in lines broken by hand."""

from __future__ import annotations

import re

from clearprint.layout.patterns import ends_sentence, has_postcode
from clearprint.model import Block

POSTCODE_WORDS = 4  # of a last line: the code, and the town before it
_MAIL = re.compile(r"^(?:\S+ ?: ?)?(?:\{[^{}@]+\}|\S+)@[\w.-]+\.\w+$")


def is_address(block: Block) -> bool:
    """Three to eight short lines broken by hand, with a postcode or so many that nothing else fits; or each a mail address."""
    lines = block.lines or block.estimated
    if 3 <= len(block.lines) <= 8 and all(_MAIL.search(line.text) for line in block.lines):
        return True
    if not 3 <= len(lines) <= 8 or block.word_count > 5 * len(lines) or ends_sentence(block.text):
        return False
    broken = sum(line.full is False for line in lines[:-1])
    by_hand = block.forced_breaks or 2 * broken >= len(lines) - 1 or (block.lines and block.alignment == "right")
    return bool(by_hand or _in_capitals(block)) and has_postcode(block.text)


def _in_capitals(block: Block) -> bool:
    """Every line begins with a capital or a figure and the last one ends in the postcode: lines so short fill their measure by
    chance, and no sentence is broken so."""
    texts = [line.text for line in block.lines]
    opens = all(text[:1].isupper() or text[:1].isdigit() for text in texts)
    return bool(texts) and opens and has_postcode(texts[-1]) and len(texts[-1].split()) <= POSTCODE_WORDS

"""Addresses: where somebody is to be found, in lines broken by hand."""

from __future__ import annotations

import re

from clearprint.layout.patterns import ends_sentence, has_postcode
from clearprint.model import Block

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
    return bool(by_hand) and has_postcode(block.text)

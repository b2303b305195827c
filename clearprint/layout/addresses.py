"""Addresses: where somebody is to be found, in lines broken by hand."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint import lazily
from clearprint.layout.patterns import ends_sentence, has_postcode
from clearprint.model import Block

BESIDE = 2  # words beside an address: "E-mail:", "Telephone number"
NAME_WORDS = 5  # of the name over addresses
POSTCODE_WORDS = 4  # of a last line: the code, and the town before it
_MAIL = lazily.compile(r"^(?:\S+ ?: ?)?(?:\{[^{}@]+\}|\S+)@[\w.-]+\.\w+$")
_REACH = lazily.compile(r"\S+@[\w-]+\.\S+|(?:www\.|https?://)\S+|^[\w.-]+\.\w{2,6}(?:/\S*)?$|\+?\d[\d ()-]{6,}\d")
"""A mail or web address, or the number of a telephone."""


def is_address(block: Block) -> bool:
    """Three to eight short lines broken by hand, with a postcode or so many that nothing else fits; or each a mail address."""
    lines = block.lines or block.estimated
    if 2 <= len(block.lines) <= 8 and not ends_sentence(block.text) and _is_contact([line.text for line in block.lines]):
        return True
    if 3 <= len(block.lines) <= 8 and all(_MAIL.search(line.text) for line in block.lines):
        return True
    least = 2 if _in_capitals(block) else 3
    if not least <= len(lines) <= 8 or block.word_count > 5 * len(lines) or ends_sentence(block.text):
        return False
    broken = sum(line.full is False for line in lines[:-1])
    by_hand = block.forced_breaks or 2 * broken >= len(lines) - 1 or (block.lines and block.alignment == "right")
    return bool(by_hand or _in_capitals(block)) and has_postcode(block.text)


def _is_contact(texts: Sequence[str]) -> bool:
    """Lines of which all but a name at the top tell a mail or web address or a number to ring, and hardly a word beside it."""
    told = [_REACH.search(text) is not None and len(_REACH.sub("", text).split()) <= BESIDE for text in texts]
    return all(told[1:]) and (told[0] or (len(texts) > 2 and len(texts[0].split()) <= NAME_WORDS))


def _in_capitals(block: Block) -> bool:
    """Every line begins with a capital or a figure and the last one ends in the postcode: lines so short fill their measure by
    chance, and no sentence is broken so."""
    texts = [line.text for line in block.lines]
    opens = all(text[:1].isupper() or text[:1].isdigit() for text in texts)
    return bool(texts) and opens and has_postcode(texts[-1]) and len(texts[-1].split()) <= POSTCODE_WORDS

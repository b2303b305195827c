"""Two texts that stand side by side, row by row, in two languages: a translation beside its original is no column of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clearprint.layout.paras import Para

ROWS = 3  # paragraphs that begin level
SHARE = 0.7  # of the paragraphs of the text that has more
LEVEL = 0.3  # em by which first lines of one row may differ
FEWEST = 25  # words of each text: fewer tell no language
COMMON = 0.1  # of the words: two texts of one language share a fifth and more ("the", "of", "to"); of two, names and figures


def is_translated(groups: Sequence[Sequence[Para]]) -> bool:
    """Whether the second of two columns sets beside each paragraph of the first the same in another language."""
    if len(groups) != 2 or min(map(len, groups)) < ROWS:
        return False
    left, right = groups
    tops = sorted(para.strips[0].baseline for para in right)
    level = sum(any(abs(top - para.strips[0].baseline) <= LEVEL * para.size for top in tops) for para in left)
    if level < ROWS or level < SHARE * max(len(left), len(right)):
        return False
    one, other = _words(left), _words(right)
    least = min(one.total(), other.total())
    return least >= FEWEST and (one & other).total() <= COMMON * least


def _words(paras: Sequence[Para]) -> Counter[str]:
    """The words of a text in small letters, less figures and single letters, which mean something in many languages."""
    texts = (text.strip(".,;:!?()'\"“”‘’").casefold() for para in paras for strip in para.strips for text in strip.texts)
    return Counter(text for text in texts if len(text) > 1 and text.isalpha())

"""Chains of lines to blocks: where one paragraph, heading, list item or cell ends and the next begins.

A block ends at white, at a change of type, at a list mark, at a first-line indent or at the end of a hanging one, and after a
short last line. A line is short when the next line's first word would have fitted on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from clearprint.colour import look_alike
from clearprint.layout.alignment import word_gaps
from clearprint.layout.own_lines import SENTENCE, centred_apart, is_sentence, own_measures, same_middle, sentences, verses
from clearprint.layout.patterns import ends_sentence
from clearprint.layout.setting import (
    ADDRESS,
    ALIKE,
    FARTHEST_INDENT,
    GLUED,
    INDENT,
    LONELY,
    NOTED,
    STEADY,
    Setting,
    Steps,
    setting_of,
    start_key,
)
from clearprint.layout.strips import BULLET, LEAST_CAPITAL, Strip, breaks_address, has_hyphen, is_leader, word_text

ITEM_ENDS = 8.0  # em that are left over at the end of an item
ROUNDED = 0.055  # em by which steps of one leading may differ
CLOSE = 0.85  # em from line to line: closer ones do not follow one another
HALFWAY = 0.75  # of the measure: a line so long is no item or heading
SHORT_WORD = 3  # letters of a word that no line of a list ends with: of, in, the
FEWEST_SIGNS = 20  # of a full line; less may be a label over another
JUMP = 1.3  # times the pitch: more is white even where a sentence seems to go on

Divided = Callable[[Strip, Strip], bool]
"""Whether a printed line or the edge of a box stands between two strips."""


def paragraphs(
    chain: Sequence[Strip], divided: Divided, steps: Steps | None = None, ends: Mapping[tuple[int, int], float] | None = None
) -> list[list[Strip]]:
    """The blocks of one chain, from top to bottom. `steps` and `ends`: those of the whole page, for those too short to tell."""
    result: list[list[Strip]] = []
    for stretch in _stretches(chain, divided):
        if len(stretch) == 1:
            result.append(stretch)
            continue
        setting = setting_of(stretch, chain, steps or {})
        setting.measure = (ends or {}).get(start_key(stretch[0]), setting.end)
        own_measures(stretch, setting)
        poem, singles = verses(stretch, setting), sentences(stretch, setting, steps or {})
        block = [stretch[0]]
        for index in range(1, len(stretch)):
            upper, lower = stretch[index - 1], stretch[index]
            following = stretch[index + 1] if index + 1 < len(stretch) else None
            if (
                setting.apart(upper, lower)
                if index in poem and index - 1 in poem
                else index in singles or _breaks(upper, lower, block, setting, following)
            ):
                result.append(block)
                block = []
            block.append(lower)
        result.append(block)
    return result


# --- stretches of one type ------------------------------------------------------------------------------------------------


def _stretches(chain: Sequence[Strip], divided: Divided) -> list[list[Strip]]:
    """A chain cut where nothing could go on: other size, a rule between, another cell, after a leader."""
    result = [[chain[0]]]
    for upper, lower in pairwise(chain):
        large = max(upper.size, lower.size)
        if (
            (abs(upper.size - lower.size) > ALIKE * large and not _changes_inside(upper, lower))
            or upper.table != lower.table
            or lower.entry
            or (upper.leader and not _fills_in(upper, lower))
            or upper.rtl != lower.rtl
            or divided(upper, lower)
        ):
            result.append([])
        result[-1].append(lower)
    return [part for stretch in result for part in centred_apart(stretch)]


def _changes_inside(upper: Strip, lower: Strip) -> bool:
    """Whether the size changes within a line, in the middle of a sentence: the paragraph goes on all the same."""
    last, first = upper.pieces[-1].style, lower.pieces[0].style
    small, large = sorted((upper.size, lower.size))
    if (
        last.key == first.key
        and not upper.ends_sentence
        and (lower.starts_small or not upper.uniform)
        and small >= LEAST_CAPITAL * large
        and abs(lower.start - upper.start) <= INDENT * upper.size
        and lower.baseline - upper.baseline <= STEADY * 1.2 * large
    ):
        return True  # words in small capitals set most of one line, and it goes on in the type that it ends in
    alike = upper.key[0] == lower.key[0] and (upper.key[2] >= 600) == (lower.key[2] >= 600)
    return (
        lower.starts_small
        and not upper.ends_sentence
        and abs(last.size - first.size) <= ALIKE * first.size
        and (alike or (last.key == first.key and lower.uniform))
        and lower.start <= (upper.text_start if upper.marker else upper.start) + INDENT * upper.size
        and lower.baseline - upper.baseline <= LONELY * large
    )


def _fills_in(upper: Strip, lower: Strip) -> bool:
    """Whether the dots leave room to write within a sentence, which goes on below, and lead to no number or name."""
    last = upper.texts[-1]
    if not upper.text[-1].isalpha() and upper.text[-1] not in ",.":
        return False
    if is_leader(last) or any(map(str.isdigit, last)):
        return upper.text[-1] == "," and lower.starts_small
    if not last.islower() and sum(1 for text in upper.texts[-SENTENCE:] if any(map(str.isalpha, text))) < SENTENCE:
        return False  # a name, no part of a sentence
    return lower.starts_small or is_leader(lower.texts[0]) or (last.islower() and len(last) <= SHORT_WORD)


# --- between two lines ----------------------------------------------------------------------------------------------------


def _breaks(upper: Strip, lower: Strip, block: Sequence[Strip], setting: Setting, following: Strip | None) -> bool:
    short = setting.short(upper, lower)
    ended = upper.ends_sentence and not breaks_address(upper, lower) and not _joins_clauses(upper, lower, setting)
    goes_on = not ended and (lower.starts_small or not setting.well_short(upper, lower))
    step, pitch = lower.baseline - upper.baseline, setting.pitch
    if lower.bulleted or (upper.is_figure and lower.is_figure and upper.text[-1] not in "-\u2013/"):
        return True
    if lower.marker and _starts_item(upper, lower, block, short, following):
        return True
    if setting.single and not lower.starts_small and step > LONELY * upper.size:
        return True
    small = lower.starts_small and not ended
    if step > JUMP * pitch and not (small and not short and step < 1.6 * pitch):
        return True
    if step > STEADY * pitch + 0.3 and not small and not _as_before(block, step, short):
        return True
    if step < 0.8 * pitch and pitch - step > 1.5 and not (small and not short and step >= CLOSE * upper.size):
        return True
    if shows_other_type(upper, lower, short) or _runs_in(upper, lower, block, setting):
        return True
    if (short and NOTED.match(lower.text)) or (ADDRESS.match(block[0].text) and ADDRESS.match(lower.text)):
        return True
    if setting.dashed and GLUED.match(lower.text) and (short or upper.ends_sentence or GLUED.match(upper.text)):
        return True
    if (
        not setting.prose
        and short
        and (step > 1.6 * upper.size or _opens_text(upper, lower, following, setting) or _announces(upper, lower, setting))
    ):
        return True
    if len(block) == 1 and _announces(upper, lower, setting, setting.measure):
        return True
    if setting.prose and short and not goes_on and (not setting.spaced or setting.well_short(upper, lower)):
        return not (setting.spaced and (setting.rough or _stops_halfway(upper, setting)))
    if block[0].marker and len(block) > 1 and not lower.starts_small and _ends_item(upper, lower, block, setting):
        return not _between_items(upper, lower, block, following)
    if setting.centred or setting.flush_end:
        return False
    return _indents(upper, lower, block, short, goes_on, following, setting)


def _joins_clauses(upper: Strip, lower: Strip, setting: Setting) -> bool:
    """Whether a semicolon within a sentence ends a line of text whose paragraphs have white between them. Elsewhere it may
    close an item of a list."""
    return setting.prose and setting.spaced and upper.text[-1] == ";" and lower.starts_small and not lower.marker


def _stops_halfway(upper: Strip, setting: Setting) -> bool:
    """Whether a line of text whose paragraphs have white between them was broken early, in the middle of a sentence."""
    return upper.text[-1:].islower() and upper.width >= HALFWAY * (setting.end - setting.start)


def _opens_text(upper: Strip, lower: Strip, following: Strip | None, setting: Setting) -> bool:
    """Whether a full line that goes on in the next one begins below a short line that says what follows: "Category 1:"."""
    return (
        following is not None
        and upper.ends_sentence
        and not lower.starts_small
        and following.starts_small
        and not lower.ends_sentence
        and setting.short(upper, lower, ITEM_ENDS)
        and not setting.short(lower, following)
    )


def _announces(upper: Strip, lower: Strip, setting: Setting, measure: float | None = None) -> bool:
    """Whether a line below the end of a sentence says what follows: "You may ask for:". `measure`: how far the page's lines go,
    where two lines alone do not tell."""
    if not (upper.ends_sentence and lower.text[-1:] == ":" and lower.text[:1].isupper()):
        return False
    if measure is None:
        return setting.well_short(upper, lower)
    return (
        upper.room_end is None
        and is_sentence(upper, lower)
        and upper.end + lower.first_width + upper.space + 1.5 * upper.size <= measure
    )


def _ends_item(upper: Strip, lower: Strip, block: Sequence[Strip], setting: Setting) -> bool:
    """The short last line of an item whose other lines are full."""
    if upper.width > 0.4 * max(strip.width for strip in block):
        return False
    return setting.short(upper, lower, ITEM_ENDS) and not any(setting.short(*pair) for pair in pairwise(block))


def _between_items(upper: Strip, lower: Strip, block: Sequence[Strip], following: Strip | None) -> bool:
    """Whether a line that closes a sentence stands between an item, broken off in the middle of one, and the next item: no
    paragraph of its own, for the steps are those of the list."""
    if following is None or not (block[0].marker and following.marker) or lower.marker or upper.ends_sentence:
        return False
    steps = [lower.baseline - upper.baseline, following.baseline - lower.baseline]
    return (
        ends_sentence(lower.text)
        and max(steps) <= STEADY * min(steps)
        and abs(upper.start - lower.start) <= INDENT * upper.size
    )


def _as_before(block: Sequence[Strip], step: float, short: bool) -> bool:
    """The step of the lines above: a paragraph with a leading of its own. One step tells it where the line is full."""
    if len(block) < (2 if not short else 3):
        return False
    steps = [lower.baseline - upper.baseline for upper, lower in pairwise(block[-3:])]
    room = max(0.3, ROUNDED * block[0].size)  # browsers round baselines to their pixels
    return max(steps) - min(steps) <= room and abs(step - steps[-1]) <= room


def _runs_in(upper: Strip, lower: Strip, block: Sequence[Strip], setting: Setting) -> bool:
    """A paragraph that opens with a bold word or two in its first line, after the last sentence of another."""
    first = lower.pieces[0].style
    if (first.weight or 400) < 600 or lower.uniform or (upper.pieces[-1].style.weight or 400) >= 600 or not upper.ends_sentence:
        return False
    before = block[0].pieces[0].style
    alike = (before.weight or 400) >= 600 and before.face.family == first.face.family and not block[0].uniform
    white = lower.baseline - upper.baseline >= setting.pitch + 0.03 * upper.size
    return alike or (white and upper.end < setting.end - upper.size)


def _starts_item(upper: Strip, lower: Strip, block: Sequence[Strip], short: bool, following: Strip | None) -> bool:
    if BULLET.match(word_text(lower.words[0])) or short:
        return True
    inward = INDENT * lower.size
    if lower.start > upper.start + inward and upper.room_start == lower.room_start:
        if upper is not block[0]:
            return True  # a mark with an indent of its own
        if following is not None and (following.marker or following.start < lower.start - inward):
            return True  # it does not hang from the mark above: what follows does not hang there either
    if _dashed(lower) and following is not None and _dashed(following) and abs(following.start - lower.start) <= inward:
        return True
    level = abs(block[0].start - lower.start) <= 0.6 * lower.size
    if block[0].marker and level:
        return upper is block[0] or upper.start > lower.start + INDENT * lower.size or upper.ends_sentence
    if block[0].marker and upper.ends_sentence and lower.start < block[0].text_start - inward:
        return True  # it does not hang from the mark
    first = lower.words[0]
    mark_width = max(piece.box.x1 for piece in first) - min(piece.box.x0 for piece in first)
    gap = lower.text_start - lower.start - mark_width
    if not upper.ends_sentence and gap <= STEADY * max(word_gaps(lower), default=0.0):
        return False  # a number within a sentence: a word space of a stretched line follows it
    return gap > (0.45 if upper.ends_sentence else 0.6) * lower.size


def _dashed(strip: Strip) -> bool:
    """Opens with a dash that stands alone."""
    return strip.texts[0] in ("-", "\u2013", "\u2014", "*")


def shows_other_type(upper: Strip, lower: Strip, short: bool) -> bool:
    """Another weight, slant, face or colour from one line to the next: a heading and its text."""
    last, first = upper.pieces[-1].style, lower.pieces[0].style
    heavier = (upper.key[2] >= 600) != (lower.key[2] >= 600)
    if lower.starts_small and not short and not (upper.ends_sentence and heavier):
        return False
    if upper.uniform and lower.uniform and _look(upper) != _look(lower):
        # A sentence in italics may begin at the beginning of a line: the line before it is full.
        return short or heavier or upper.key[0] != lower.key[0] or len(upper.text) < FEWEST_SIGNS
    if upper.uniform and upper.key[2] >= 600 and (first.weight or 400) < 600 and lower.key[2] < 600:
        return True
    if lower.uniform and lower.key[2] >= 600 and (last.weight or 400) < 600 and upper.key[2] < 600 and short:
        return upper.ends_sentence or (upper.pieces[0].style.weight or 400) < 600  # else a line of labels and values goes on
    if not look_alike(last.colour, first.colour) and not look_alike(
        upper.pieces[0].style.colour, lower.pieces[-1].style.colour
    ):
        # Sentences of two colours are two texts, whether or not the first line is full.
        return short or (
            is_sentence(upper, lower) and len({piece.style.colour for piece in (*upper.pieces, *lower.pieces)}) == 2
        )
    if not short:
        return False
    return upper.text.isupper() and len(upper.text) > 3 and not lower.text.isupper()


def _look(strip: Strip) -> tuple[str, bool, bool]:
    """Family, bold, italic: what shows at once."""
    family, _, weight, italic = strip.key
    return family, weight >= 600, italic


def _indents(
    upper: Strip, lower: Strip, block: Sequence[Strip], short: bool, goes_on: bool, following: Strip | None, setting: Setting
) -> bool:
    """Whether the lower line's start tells of a new paragraph."""
    size, start = lower.size, setting.start  # of the lines that nothing stands beside
    inward = lower.start - upper.start
    if abs(inward) <= INDENT * size:  # straight on, whatever ends beside it, but for two paragraphs of which one is a line
        second = upper is block[0] and setting.indented and upper.start > setting.start + INDENT * size
        if not (second and upper.ends_sentence):
            return False
        back = following is not None and following.start < lower.start - INDENT * size
        return back or setting.well_short(upper, lower)
    if upper.room_start != lower.room_start:  # the text makes room for something, or no longer does
        inward -= (start if lower.room_start is None else lower.room_start) - (
            start if upper.room_start is None else upper.room_start
        )
    first = upper is block[0]
    if abs(inward) <= INDENT * size:
        return False
    if goes_on and lower.starts_small and same_middle(upper, lower):
        return False  # two centred lines among others
    if inward > 0:
        if first and upper.marker and abs(lower.start - upper.text_start) <= size:
            return False  # text hanging from its mark
        if inward > FARTHEST_INDENT * size:
            return not goes_on
        if first and not short and not (upper.ends_sentence and _returns(upper, following)):
            # Hanging without a mark, if the line after it hangs too or this is the end of it.
            return not (goes_on or (following is not None and abs(following.start - lower.start) <= 0.3 * size))
        return not goes_on or short
    if first:
        if upper.marker:
            # "(1) In general" with its mark indented and the lines after it not, as statutes are set.
            if setting.indented and not short:
                return False
            return short or not goes_on or not (setting.prose or lower.starts_small or has_hyphen(upper.text))
        return short and upper.ends_sentence  # else its own first-line indent
    return short or not goes_on


def _returns(upper: Strip, following: Strip | None) -> bool:
    return following is not None and abs(following.start - upper.start) <= 0.3 * upper.size

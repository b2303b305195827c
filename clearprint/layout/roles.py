"""What each block is: heading, body, list item, caption, page number … now that the whole document is known.

Tags and styles are believed where the page does not speak against them; where there are none, geometry decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from clearprint import lazily
from clearprint.colour import luminance
from clearprint.geometry import Box
from clearprint.layout.addresses import is_address
from clearprint.layout.captions import beside_picture, captions_in_body, keys_of
from clearprint.layout.contents import listed_lines
from clearprint.layout.dialogue import spoken
from clearprint.layout.forms import labels_of_places
from clearprint.layout.formulas import is_formula
from clearprint.layout.furniture import in_zone, is_running_head, may_be_furniture, outermost
from clearprint.layout.headings import LARGER, SOME_WORDS, STACKED, candidates, heavier, is_display, outvoted, stands_out
from clearprint.layout.hyphens import mark_hyphens, words_of
from clearprint.layout.labels import badges, labels_in_boxes, labels_in_tiles, labels_round_drawings, names_in_slots
from clearprint.layout.notes import is_note, is_raised_note, is_small
from clearprint.layout.patterns import (
    MONOSPACED,
    PARAGRAPH_INDENT,
    ends_sentence,
    is_monospaced,
    list_mark,
    opens_caption,
    strip_leader,
    titles_caption,
)
from clearprint.layout.short import MOST_WORDS, is_short
from clearprint.layout.unmarked import unmarked_items
from clearprint.layout.verse import verses
from clearprint.model import Block, Entry, Field, FolioCandidate, Page, Role, StyleKey, Survey, letters
from clearprint.records import record

_DASH = lazily.compile(r"^\s*[-–—*](?=\s)")
_CLAUSE = lazily.compile(r"[;,](?:\s+(?:and|or|a|neu|ac))?\s*$")
_GOES_ON = lazily.compile(r"\s*[“‘\"'«]*\(?\w{1,5}[.)](?:\(\w{1,5}\))*\s+[“‘\"'«]*[a-zß-öø-ÿ]")  # after its number
_INITIAL = lazily.compile(r"\s*([BD-HJ-UWYZ])\.\s+[A-ZÀ-Þ]")  # not A, nor the Roman figures
_LETTERED = lazily.compile(r"\s*\(?([A-Z])[.):]")
LONGEST_CAPTION = 8  # lines
LONGEST_TITLE = 6  # lines


@record(slots=False)
class _Sheet:
    """One page with what the survey says of it."""

    page: Page
    survey: Survey
    folios: tuple[FolioCandidate, ...]
    entries: tuple[Entry, ...]
    listed: frozenset[int]  # of the blocks that are lines of a contents list without page numbers
    headings: Mapping[int, StyleKey | None]  # with the style of the text right below
    levels: Mapping[StyleKey, int]
    captions: frozenset[int]  # of the blocks in body type that name a picture
    labels: frozenset[int]  # of the blocks that stand round a drawing or in tiles
    forms: frozenset[int]  # of those that name a place to write
    spoken: frozenset[int]  # of those that are speech, opened by a dash
    verses: frozenset[int]  # of those that are stanzas
    items: frozenset[int]  # of those that are items of a list without marks
    numbered: frozenset[int]  # where paragraphs begin that their numbers belong to, to a point
    title_size: float | None  # on a cover: the size of its title
    ends: tuple[float, float]  # top of its first line, foot of its last


def assign(page: Page, survey: Survey) -> Page:
    """The page with the role of each block, the level of each heading and the kind of each broken word."""
    cover = page.number is not None and page.number in survey.covers
    sheet = _Sheet(
        page,
        survey,
        tuple(item for item in survey.folios if item.page == page.number),
        tuple(item for item in survey.contents if page.number is not None and item.page == page.number),
        listed_lines(page, survey),
        {
            index: over
            for index, over in candidates(page).items()
            if page.blocks[index].hint == "heading" or page.blocks[index].style.key not in survey.text_styles
        },
        dict(survey.heading_styles),
        captions_in_body(page),
        labels_round_drawings(page, survey.body)
        | labels_in_tiles(page, survey.body)
        | labels_in_boxes(page)
        | names_in_slots(page)
        | badges(page)
        | keys_of(page),
        labels_of_places(page),
        spoken(page),
        verses(page),
        unmarked_items(page),
        frozenset(round(block.lines[0].box.x0) for block in page.blocks if _numbered_paragraph(block)),
        max((block.size for block in page.blocks if letters(block.text) > 1), default=None) if cover else None,
        outermost(page),
    )
    words = cache(lambda: words_of(page))
    blocks: list[Block] = []
    for index, block in enumerate(page.blocks):
        role = _role(sheet, index, block)
        level = None
        if role in ("heading", "title"):
            level = block.level if block.hint == "heading" else None
            level = level if level is not None else sheet.levels.get(block.style.key, 1 if role == "title" else None)
        blocks.append(block.in_role(role, level, mark_hyphens(block.lines, survey.hyphenated, words)))
    counted = not cover and page.number not in survey.blanks
    return replace(page, blocks=tuple(blocks), counted=counted)


def _role(sheet: _Sheet, index: int, block: Block) -> Role:
    if not letters(block.text):
        if index in sheet.forms:
            return "form"
        return block.hint if block.hint not in (None, "heading", "title", "body") else "other"
    for rule in (_furniture, _drawn, _hinted, _set):
        role = rule(sheet, index, block)
        if role is not None:
            return role
    if not sheet.survey.body_styles or block.style.key in sheet.survey.body_styles:
        return "body"
    return "other"


def _furniture(sheet: _Sheet, index: int, block: Block) -> Role | None:
    """Page numbers, running heads and feet, contents lines."""
    page = sheet.page
    if block.box is None:
        if block.hint in ("running-head", "running-foot", "folio", "contents"):
            return block.hint
        typed = "\t" in block.text.strip() and not block.in_table
        if typed and any(strip_leader(block.text).startswith(item.text) for item in sheet.survey.contents if item.text):
            return "contents"
        return None
    foot: Role = "running-foot" if block.box.centre[1] > page.height / 2 else "running-head"
    short = len(block.lines) <= 4 and may_be_furniture(block.box, page.height, sheet.ends)
    if short and any(item.box.intersection(block.box.grow(0.5)) for item in sheet.folios):
        alone = sum(map(str.isalpha, block.text)) <= 8 and len(block.lines) == 1
        return "folio" if alone else foot
    if short and block.lines and index not in sheet.forms:  # "Yes" beside its box may stand at the top of several pages
        repeated = sum(is_running_head(line.text, line.box, sheet.survey.running_heads) for line in block.lines)
        if 2 * repeated >= len(block.lines):
            return foot
    if short and block.hint in ("running-head", "running-foot", "folio"):
        return foot if block.hint == "folio" and sum(map(str.isalpha, block.text)) > 8 else block.hint
    if index in sheet.listed:
        return "contents"
    if sheet.entries and block.lines:
        listed = sum(
            any(
                item.box and item.box.y_overlap(line.box) > 0.5 * line.box.height and item.box.x_overlap(line.box) > 0
                for item in sheet.entries
            )
            for line in block.lines
        )
        if 2 * listed >= len(block.lines):
            return "contents"
    return "contents" if block.hint == "contents" and block.word_count < 40 else None


def _drawn(sheet: _Sheet, index: int, block: Block) -> Role | None:
    """Watermarks, labels in drawings, cells."""
    if block.hint == "watermark" and not sheet.page.laid_out:
        return "watermark"  # there the document itself says that it lies behind the text
    style = block.style
    body = sheet.survey.body_size or 11.0
    if style.size >= 3 * body and block.box is not None and block.word_count <= 4:
        pale = style.opacity < 0.6 or (style.colour is not None and luminance(style.colour) > 0.45)
        if pale and (abs(block.angle) > 15 or block.hint == "watermark"):
            return "watermark"
    drawn = block.in_table or block.in_picture or block.hint == "table" or index in sheet.labels
    if index in sheet.forms and drawn:
        return "form"
    if block.in_picture or index in sheet.labels:
        return "label"
    if block.in_table or block.hint == "table":
        long = len(block.lines) >= 4 and block.word_count >= 40 and not block.in_table
        heads = not block.in_table and index in sheet.headings and _stands_out(sheet, index, block)
        return None if long or heads else "table"
    return None


def _hinted(sheet: _Sheet, index: int, block: Block) -> Role | None:
    """What tags and styles say, where the page does not outvote them. A paragraph's tag says too little to be believed."""
    hint = block.hint
    body = sheet.survey.body
    if hint in ("heading", "title"):
        if outvoted(block, body) or _goes_on(sheet, index, block):
            return None
        return _title_or_heading(sheet, block) if hint == "heading" else "title"
    if hint in ("caption", "label", "form", "logotype") and block.word_count > 80:
        return None
    if hint == "list" and index in sheet.forms:
        return "form"
    if hint == "list" and index in sheet.headings and _stands_out(sheet, index, block):
        return _title_or_heading(sheet, block)
    if hint == "list" and is_small(block, body) and is_raised_note(sheet.page, block):
        return "note"
    if hint in (None, "body", "other", "table", "running-head", "running-foot", "folio", "contents", "watermark"):
        return None
    return hint


def _goes_on(sheet: _Sheet, index: int, block: Block) -> bool:
    """Whether a line that is called a heading stands right under a paragraph in its own style, called one too."""
    before = sheet.page.blocks[index - 1] if index else None
    if before is None or before.box is None or block.box is None or before.hint != block.hint:
        return False
    near = 0 <= block.box.y0 - before.box.y1 <= 0.8 * block.size and before.box.x_overlap(block.box) > 0
    return near and before.style.key == block.style.key and outvoted(before, sheet.survey.body)


def _said_before(page: Page, index: int, block: Block) -> bool:
    """Whether it stands as a next line under text of its size that ends with a colon: what that text names, in bold."""
    before = page.blocks[index - 1] if index else None
    if before is None or before.box is None or block.box is None or not before.text.rstrip().endswith(":"):
        return False
    near = 0 <= block.box.y0 - before.box.y1 <= STACKED * block.size and abs(before.box.x0 - block.box.x0) <= 1.0
    alike = abs(before.size - block.size) <= 0.06 * block.size and heavier(block.style.key, before.style.key)
    return near and alike and before.word_count >= SOME_WORDS


def _stands_out(sheet: _Sheet, index: int, block: Block) -> bool:
    return stands_out(block.style.key, sheet.survey.body, block.text, sheet.headings.get(index))


def _title_or_heading(sheet: _Sheet, block: Block) -> Role:
    if sheet.title_size is not None:
        return "title" if block.size >= sheet.title_size * 0.98 else "heading"
    return "title" if _is_title(sheet, block) else "heading"


def _is_title(sheet: _Sheet, block: Block) -> bool:
    """The one largest heading of the first page, over its text."""
    page, headings = sheet.page, sheet.survey.headings
    top = headings[0] if headings else ()
    if len(top) != 1 or top[0].place.page != 1 or top[0].place.text != block.text or block.box is None:
        return False
    body = sheet.survey.body_size or block.size
    others = [use.key[1] for group in headings[1:] for use in group]
    largest = max(other.size for other in page.blocks if letters(other.text) > 2)
    if block.size < max([1.25 * body, 0.9 * largest, *(LARGER * size for size in others)]):
        return False
    return not any(
        other.box is not None and other.box.y1 <= block.box.y0 and len(other.lines) > 1 and other.word_count >= 8
        for other in page.blocks
    )


def _is_long_title(sheet: _Sheet, block: Block) -> bool:
    """The one block in the largest type of the first page, over its text: a title of more lines than a heading has."""
    page, body, box = sheet.page, sheet.survey.body_size, block.box
    if page.number != 1 or body is None or box is None or not 3 < len(block.lines) <= LONGEST_TITLE:
        return False
    others = [other.size for other in page.blocks if other is not block and letters(other.text) > 2]
    return (
        block.size >= 1.3 * body
        and block.size > LARGER * max(others, default=0.0)
        and block.word_count <= MOST_WORDS
        and box.y1 < 0.6 * page.height
        and not ends_sentence(block.text)
        and not any(other.box and other.box.y1 <= box.y0 and len(other.lines) > 2 for other in page.blocks)
    )


def _set(sheet: _Sheet, index: int, block: Block) -> Role | None:
    """What the way it is set shows, with no tag to help."""
    body = sheet.survey.body
    size = block.style.size
    if _in_bullets(sheet.page, index, block):
        return "list"  # however large: a slide or poster may hold nothing else
    if (
        sheet.title_size is not None
        and size >= sheet.title_size * 0.98
        and size >= 1.3 * (body[1] if body else size)
        and len(block.lines) <= 5
    ):
        return "title"
    if _is_long_title(sheet, block):
        return "title"
    small = is_small(block, body)
    quiet = small or bool(block.style.italic)
    if opens_caption(block.text) and block.word_count <= 60 and (quiet or len(block.lines) <= 2):
        return "caption"
    if titles_caption(block.text) and block.word_count <= 120 and len(block.lines) <= LONGEST_CAPTION:
        return "caption"
    if index in sheet.captions and (body is None or size < body[1] * LARGER):
        return "caption"
    if (
        block.box is not None
        and quiet
        and len(block.lines) <= 5
        and block.word_count <= 50
        and beside_picture(sheet.page, block)
    ):
        return "caption"
    larger = body is not None and size >= body[1] * 1.2
    may_head = index in sheet.headings and block.hint != "heading"
    if may_head and larger:
        return _title_or_heading(sheet, block)
    if is_display(block, body) and not _said_before(sheet.page, index, block):
        return _title_or_heading(sheet, block)
    if index in sheet.forms:
        return "form"
    mark = "bullet" if block.bulleted else list_mark(block.text)
    if _stands_out(sheet, index, block) and (may_head or _ends_page(sheet, block)):
        return _title_or_heading(sheet, block)
    if small and is_note(sheet.page, block):
        return "note"
    if block.box is not None and any(_ticked(item, block.box) for item in sheet.page.fields):
        return "list"
    listed = mark is not None and block.word_count > 1 and index not in sheet.spoken
    paragraph = _numbered_paragraph(block) or _like_numbered(sheet, block)
    listed = listed and not _is_initial(sheet.page, block) and (not paragraph or _is_clause(sheet.page, index, block))
    if listed and not (_DASH.match(block.text) and not _in_list(sheet.page, index)):
        return "list"
    if is_monospaced(block.style.face) and not (body and MONOSPACED.search(body[0])):
        return "code"
    if is_formula(block.text):
        return "code"  # set by rules of its own, as a listing is
    if is_address(block):
        return "address"
    if index in sheet.items:
        return "list"
    return "verse" if index in sheet.verses else None


def _numbered_paragraph(block: Block) -> bool:
    """A paragraph that its number belongs to, as statutes and contracts set them: first line indented, the others turning back
    under the number. Those of an item hang from it."""
    indented = len(block.lines) > 1 and block.first_indent >= PARAGRAPH_INDENT * block.size
    return indented and not block.bulleted and list_mark(block.text) == "ordinal"


def _like_numbered(sheet: _Sheet, block: Block) -> bool:
    """A paragraph of one line that begins where longer ones do that their numbers belong to."""
    if len(block.lines) != 1 or block.bulleted or list_mark(block.text) != "ordinal":
        return False
    place = block.lines[0].box.x0
    return any(abs(place - other) <= 1.5 for other in sheet.numbered)


def _is_clause(page: Page, index: int, block: Block) -> bool:
    """One of the clauses of a sentence, "(1) …; (2) …; and (3) …", the last of which follows one that does not end, or that
    begins with a small letter: an item, whether it hangs from its number or not."""
    following = page.blocks[index + 1].text if index + 1 < len(page.blocks) else ""
    cut = block.text.rstrip().endswith(",") and list_mark(following) != "ordinal"  # by the foot of the page, in mid sentence
    if (_CLAUSE.search(block.text) and not cut) or _GOES_ON.match(block.text):
        return True
    before = (
        next((other for other in page.blocks[index - 1 :: -1] if list_mark(other.text) == "ordinal"), None) if index else None
    )
    return (
        before is not None
        and before.box is not None
        and block.box is not None
        and abs(before.lines[0].box.x0 - block.lines[0].box.x0) <= 1.5
        and _CLAUSE.search(before.text) is not None
    )


def _is_initial(page: Page, block: Block) -> bool:
    """`M. Dupont`: a capital and a stop, where no letter before or after it opens another text of the page."""
    match = _INITIAL.match(block.text)
    if match is None or block.bulleted:
        return False
    openings = {found[1] for other in page.blocks if (found := _LETTERED.match(other.text))}
    return not openings & {chr(ord(match[1]) - 1), chr(ord(match[1]) + 1)}


def _ends_page(sheet: _Sheet, block: Block) -> bool:
    """A line in the style of a heading with nothing below it: what it heads stands on the next page."""
    box = block.box
    if box is None or block.style.key not in sheet.levels or not is_short(block) or block.text.rstrip().endswith(":"):
        return False
    if any(item.box and item.box.y1 > box.y0 and item.box.x1 > box.x0 for item in sheet.page.fields):
        return False  # the label of a place to write
    if sum(other.text == block.text for other in sheet.page.blocks) > 1:
        return False  # no page has one heading twice
    return not any(
        other.box is not None
        and other.box.y0 >= box.y1
        and other.box.x_overlap(box) > 0
        and not in_zone(other.box, sheet.page.height)
        for other in sheet.page.blocks
    )


def _ticked(item: Field, box: Box) -> bool:
    """Whether a tick box stands before the first line of a longer text."""
    if item.kind != "tick" or item.box is None:
        return False
    return -4 <= box.x0 - item.box.x1 <= 30 and item.box.y0 - 6 <= box.y0 <= item.box.y1


def _in_bullets(page: Page, index: int, block: Block) -> bool:
    """Whether it opens with a bullet, as the block before or after it does in the same type."""
    if not _bullet(block) or block.word_count < 2:
        return False
    beside = page.blocks[max(0, index - 1) : index] + page.blocks[index + 1 : index + 2]
    return any(_bullet(other) and other.style.key == block.style.key for other in beside)


def _bullet(block: Block) -> bool:
    return block.bulleted or (list_mark(block.text) == "bullet" and not _DASH.match(block.text))


def _in_list(page: Page, index: int) -> bool:
    """Whether a neighbour opens with a list mark too, or the text before introduces a list."""
    before = page.blocks[index - 1].text if index else ""
    after = page.blocks[index + 1].text if index + 1 < len(page.blocks) else ""
    return bool(list_mark(before) or list_mark(after) or before.rstrip().endswith(":"))

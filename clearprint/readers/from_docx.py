"""Reads a DOCX: one `Page` a section, with every printed paragraph as a block and no lines.

Where lines and pages fall is not known; alignment, leading, sizes, faces, colours and grounds are, from the formatting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from clearprint import __version__
from clearprint.errors import UnreadableFile
from clearprint.formats.docx import Element, Package, R, W, is_on, on, whole
from clearprint.formats.docx_styles import Styles
from clearprint.formats.docx_theme import Fill, read_theme
from clearprint.formats.docx_tree import Paragraph, Table, Walker, Where
from clearprint.geometry import Box
from clearprint.layout.runs import LETTER
from clearprint.model import (
    Block,
    Column,
    Extent,
    Field,
    Gutter,
    Job,
    LayoutBasis,
    NotLookedAt,
    Page,
    Picture,
    Place,
    StandIn,
    Wrap,
)
from clearprint.readers.docx_blocks import Section, Set, Setter, neighbours
from clearprint.readers.docx_clearance import with_clearance
from clearprint.readers.docx_drawn_lines import in_drawn_lines
from clearprint.readers.docx_fields import in_boxes, in_paragraph, in_ruled, in_table
from clearprint.readers.docx_numbers import Kind, numbering
from clearprint.readers.docx_pages import Pages
from clearprint.readers.docx_pictures import Pictures, behind, covers, frame_wrap, loose, placed, wrap
from clearprint.readers.docx_sections import section_of
from clearprint.readers.docx_stacks import join_stacks
from clearprint.readers.docx_type import Typesetter
from clearprint.readers.docx_words import drawn_words, word_art

_SEVERAL = 6  # lines that show text to run on where no paragraph has three
_KINDS = {"default": "", "first": " of the first page", "even": " of even pages"}


class DocxSource:
    """An open DOCX. Read whole on opening, since a style can be anywhere; its pages are handed out one by one."""

    format: Literal["docx"] = "docx"
    laid_out = False
    layout: Literal["estimate"] = "estimate"

    def __init__(self, path: Path, job: Job, *, password: str | None = None) -> None:
        package = Package(path)
        try:
            reading = _Reading(package, job)
            self._pages = reading.pages()
            self._stand_ins = reading.stand_ins()
        except RecursionError as error:
            raise UnreadableFile(f"{path.name} is nested too deeply to be read. Export it to PDF and check that.") from error
        finally:
            package.close()

    profile = None
    formatting = None

    @property
    def count(self) -> int:
        return len(self._pages)

    @property
    def basis(self) -> LayoutBasis:
        """The widths that lines were broken by."""
        return LayoutBasis("clearprint", __version__, self._stand_ins)

    def page(self, index: int) -> Page:
        return self._pages[index]

    def close(self) -> None:
        """Nothing is left open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open(path: Path, job: Job, *, password: str | None = None) -> DocxSource:
    """The document at that path. UnreadableFile says why it cannot be read."""
    return DocxSource(path, job, password=password)


class _Reading:
    """One pass over one document."""

    def __init__(self, package: Package, job: Job) -> None:
        self._package = package
        self._settings = package.first_tree("settings")
        self._theme = read_theme(package.first_tree("theme"), self._settings)
        self._styles = Styles(
            package.first_tree("styles"),
            package.first_tree("numbering"),
            self._theme,
            tables_win=not self._compatible("overrideTableStyleFontSizeAndJustification"),
        )
        self._even = self._flag("evenAndOddHeaders")
        self._type = Typesetter(self._styles, self._theme, job, self._background())
        self._setter = Setter(
            self._styles,
            self._type,
            hyphenate=self._flag("autoHyphenation"),
            add_spaces=self._flag("compat/doNotUseHTMLParagraphAutoSpacing"),
        )
        self._pictures = Pictures(package, self._type.scale)
        self._walker = Walker(package, self._theme)
        self._paging = Pages(self._setter)
        self._used: list[tuple[list[Kind], dict[tuple[str, str], str]]] = []  # by section
        self._by_part: dict[str, list[Set]] = {}

    def stand_ins(self) -> tuple[StandIn, ...]:
        return self._setter.stand_ins()

    def _flag(self, name: str) -> bool:
        path = "/".join(W + part for part in name.split("/"))
        return self._settings is not None and is_on(self._settings.find(path))

    def _compatible(self, name: str) -> bool:
        """Whether a compatibility setting that Word 2010 brought ([MS-DOCX]) is on. No settings at all: a made file."""
        items = list(self._settings.iterfind(f"{W}compat/{W}compatSetting")) if self._settings is not None else []
        modern = not items or any(
            item.get(f"{W}name") == "compatibilityMode" and (whole(item.get(f"{W}val")) or 0) > 12 for item in items
        )
        return modern or any(item.get(f"{W}name") == name and on(item.get(f"{W}val", "0")) for item in items)

    def _background(self) -> Fill | None:
        """The colour of the page, where the document asks for it to show. ECMA-376-1, 17.2.1 and 17.15.1.25."""
        element = self._package.main.find(f"{W}background")
        if element is None or not self._flag("displayBackgroundShape"):
            return None
        if len(element):
            return Fill(None, "picture")
        return Fill(self._theme.word(element, plain="color"))

    def pages(self) -> list[Page]:
        body = self._package.main.find(f"{W}body")
        where = Where("body", self._package.main_name)
        paragraphs = list(self._walker.story(body, where)) if body is not None else []
        elements: list[Element | None] = list(self._walker.sections)
        last = max((paragraph.section for paragraph in paragraphs), default=0)
        while len(elements) <= last:
            elements.append(None)
        sections = [section_of(element, number) for number, element in enumerate(elements, 1)]
        by_section: list[list[Paragraph]] = [[] for _ in sections]
        for paragraph in paragraphs:
            by_section[paragraph.section].append(paragraph)
        furniture = self._furniture(sections)
        notes = self._notes(len(sections))
        pages = [
            self._page(section, by_section[index], furniture[index], notes[index]) for index, section in enumerate(sections)
        ]
        pages = [
            replace(page, numbering=numbering(section, *self._used[index], self._by_part, page.extent))
            for index, (section, page) in enumerate(zip(sections, pages, strict=True))
        ]
        pages[0] = replace(pages[0], uncounted=self._paging.uncounted())
        missed = tuple(NotLookedAt(None, None, reason) for reason in sorted(set(self._walker.skipped)))
        pages[0] = replace(pages[0], not_looked_at=missed)
        return pages

    # --- stories besides the body -----------------------------------------------------------------------------------------

    def _furniture(self, sections: list[Section]) -> list[list[Paragraph]]:
        """Headers and footers of the kinds in use; one that several sections share is read in the first of them."""
        found: list[list[Paragraph]] = []
        inherited: dict[tuple[str, str], str] = {}
        used: set[str] = set()
        for section in sections:
            element = section.element
            for item in element if element is not None else ():
                story = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}.get(str(item.tag))
                if story is not None:
                    inherited[(story, item.get(f"{W}type", "default"))] = item.get(f"{R}id", "")
            first = element is not None and is_on(element.find(f"{W}titlePg"))
            asked: dict[Kind, bool] = {"default": True, "first": first, "even": self._even}
            kinds = [kind for kind, used_ in asked.items() if used_]
            relations = self._package.relations(self._package.main_name)
            parts = {use: relations[target].target or "" for use, target in inherited.items() if target in relations}
            self._used.append((kinds, parts))
            here: list[Paragraph] = []
            for (story, kind), target in sorted(inherited.items(), key=lambda item: (item[0][0] != "header", item[0])):
                relation = relations.get(target)
                if kind not in kinds or relation is None or relation.target is None or relation.target in used:
                    continue
                used.add(relation.target)
                tree = self._package.tree(relation.target)
                if tree is not None:
                    label = story + _KINDS.get(kind, "")
                    here += self._walker.story(tree, Where(story, relation.target, label))
            found.append(here)
        return found

    def _notes(self, sections: int) -> list[list[Paragraph]]:
        """Foot- and endnotes that the text calls, in the section that calls them."""
        found: list[list[Paragraph]] = [[] for _ in range(sections)]
        called = dict(self._walker.notes)
        for kind in ("footnote", "endnote"):
            numbers = [number for name, number in called if name == kind]
            for part in self._package.related(self._package.main_name, kind + "s"):
                tree = self._package.tree(part)
                for note in tree.iterchildren(f"{W}{kind}") if tree is not None else ():
                    number = note.get(f"{W}id", "")
                    if number in numbers and note.get(f"{W}type", "normal") == "normal":
                        label = f"{kind} {numbers.index(number) + 1}"
                        index = min(called[(kind, number)], sections - 1)
                        found[index] += self._walker.story(note, Where(kind, part, label))
        return found

    # --- one section ------------------------------------------------------------------------------------------------------

    def _page(self, section: Section, body: list[Paragraph], furniture: list[Paragraph], notes: list[Paragraph]) -> Page:
        path = f"Section {section.number}"
        pictured = self._pictured(body, furniture, section)
        items = [self._setter.set(paragraph, section, id(paragraph) in pictured) for paragraph in body]
        self._setter.steps(items)
        around = [self._setter.set(paragraph, section) for paragraph in furniture]
        below = [self._setter.set(paragraph, section) for paragraph in notes]
        for item in around:
            self._by_part.setdefault(item.paragraph.where.part, []).append(item)
        body_items = items
        items = [*body_items, *around, *below]
        pictures, wraps, over_picture, words = self._drawn(items, section, pictured)
        extent = self._paging.section(section, body_items, around, below)
        for item in items:
            if item.beside and item.block is not None:
                item.block = replace(item.block, estimated=())
        join_stacks(items, self._setter)
        unprinted = self._unprinted(section, extent)
        printed = [item for item in items if item.block is not None and item.paragraph.where.label not in unprinted]
        blocks = [item.block for item in printed if item.block is not None] + words
        blocks += [item.gloss for item in printed if item.gloss is not None]
        fields = list(self._fields(items))
        columns, gutters = self._columns(section, items, path)
        scale = self._type.scale
        headed = any(item.paragraph.where.story == "header" and item.block is not None for item in items)
        footed = any(item.paragraph.where.story == "footer" and item.block is not None for item in items)
        left, top, right, bottom = section.margins
        white = (left, min(top, section.header) if headed else top, right, min(bottom, section.footer) if footed else bottom)
        return Page(
            None,
            section.width * scale,
            section.height * scale,
            tuple(neighbours(blocks, section.number)),
            columns,
            gutters,
            pictures=tuple(pictures),
            fields=tuple(fields),
            wraps=tuple(wraps),
            state="live" if blocks else "picture" if pictures else "blank",
            laid_out=False,
            margins=tuple(side * scale for side in white),  # type: ignore[arg-type]
            text_behind=tuple(over_picture),
            hyphenation=self._flag("autoHyphenation"),
            path=path,
            extent=extent,
            standing=self._paging.headings.taken(),
            loose=(*loose(body_items, section), *self._paging.overfull(body_items, section)),
        )

    def _unprinted(self, section: Section, extent: Extent) -> frozenset[str]:
        """Labels of headers and footers that a document of one page for sure has no page for."""
        if len(self._used) > 1 or extent.most != 1:
            return frozenset()
        kinds = self._used[0][0]
        unseen = [kind for kind in kinds if kind == "even" or (kind == "default" and "first" in kinds)]
        return frozenset(story + _KINDS[kind] for kind in unseen for story in ("header", "footer"))

    def _pictured(self, body: list[Paragraph], furniture: list[Paragraph], section: Section) -> set[int]:
        """Paragraphs that a picture or filled shape may lie behind, or a picture before, so that their ground is not known."""
        for paragraph in furniture:
            for drawing in paragraph.drawings:
                if behind(drawing, section, paragraph.where.story) and not drawing.words:
                    return {id(other) for other in body if other.where.shape is None}
        found: set[int] = set()
        for index, paragraph in enumerate(body):
            for drawing in paragraph.drawings:
                if not behind(drawing, section, "body") and not covers(drawing, section):
                    continue
                top = (drawing.down[1] or 0.0) if placed(drawing, section) is None else 0.0
                y = 0.0
                for other in body[index:]:
                    if y >= top + drawing.height:
                        break
                    if other.where.shape is None:
                        y += 14.0 * max(1, -(-len(other.text) // 80))
                        if y > top:
                            found.add(id(other))
        return found

    def _drawn(
        self, items: list[Set], section: Section, pictured: set[int]
    ) -> tuple[list[Picture], list[Wrap], list[Place], list[Block]]:
        pictures: list[Picture] = []
        wraps: list[Wrap] = []
        over_picture: list[Place] = []
        words: list[Block] = []
        for index, item in enumerate(items):
            where = item.paragraph.where
            if item.block is not None and item.block.drop_capital:
                wraps.append(Wrap("drop-capital", item.block.place, True))
            framed = frame_wrap(item, items[index + 1 : index + 40], section)
            wraps += [framed] if framed is not None else []
            for drawing in item.paragraph.drawings:
                path = item.path or f"Section {section.number}"
                over: list[Place] = []
                if behind(drawing, section, where.story):
                    over = _first_over(items[index:] if where.story == "body" else items, path, pictured)
                    over_picture += over
                found = self._pictures.of(drawing, where.part, path, section, where.story, bool(over))
                pictures += with_clearance(found, items, index, self._setter)
                if where.story == "body":
                    beside = wrap(drawing, item, items[index + 1 : index + 40], section)
                    wraps += [beside] if beside is not None else []
                words += word_art(drawing, self._type, path, where.story)
                labels, told = drawn_words(drawing, where.part, self._package, self._theme, self._type, path)
                words += labels
                if drawing.chart and not (told and drawing.graphics):
                    self._walker.skipped.append("Words inside a chart or diagram are not read.")
        return pictures, wraps, over_picture, words

    def _fields(self, items: list[Set]) -> Iterator[Field]:
        scale = self._type.scale
        tables: dict[Table, str] = {}
        lead = ""
        by_paragraph = {id(item.paragraph): item for item in items}
        for before, item, after in zip((None, *items), items, (*items[1:], None), strict=False):
            if item.paragraph.where.story not in ("body", "header", "footer"):
                continue
            yield from in_paragraph(item, scale, before, after)
            if item.paragraph.where.cell is not None:
                tables.setdefault(item.paragraph.where.cell.table, lead if item.paragraph.where.story == "body" else "")
            elif item.block is not None and item.paragraph.where.shape is None:
                lead = item.paragraph.text.strip()
        yield from in_boxes(items, scale)
        yield from in_ruled(items, self._setter)
        yield from in_drawn_lines(items, self._setter)
        for table, above in tables.items():
            yield from in_table(table, by_paragraph, self._styles, self._setter.paths, scale, above)

    def _columns(self, section: Section, items: list[Set], path: str) -> tuple[tuple[Column, ...], tuple[Gutter, ...]]:
        """The columns that the section's text runs in. Several need running text: short lines in rows are a table."""
        blocks = [item.block for item in items if item.block is not None and item.paragraph.where.story == "body"]
        if not blocks or (len(section.widths) > 1 and not _runs_on(blocks)):
            return (), ()
        scale = self._type.scale
        left, top, right, bottom = section.margins
        widths = section.widths or (max(1.0, section.width - left - right),)
        columns = []
        edge = left
        for index, width in enumerate(widths):
            columns.append(Column(Box(edge, top, edge + width, max(top, section.height - bottom)).scale(scale), 0))
            edge += width + (section.gaps[index] if index < len(section.gaps) else 0.0)
        sizes = sorted(block.size for block in blocks if block.hint is None) or [block.size for block in blocks]
        size = sizes[len(sizes) // 2]
        gutters = [Gutter(None, gap * scale, section.ruled, size, path) for gap in section.gaps[: max(0, len(widths) - 1)]]
        return tuple(columns), tuple(gutters)


def _runs_on(blocks: list[Block]) -> bool:
    """Whether paragraphs or lists of several lines stand among the blocks, as far as their width tells."""
    longer = 0
    for block in blocks:
        if block.in_table or block.hint in ("heading", "title", "contents", "caption") or not block.room:
            continue
        lines = len(block.text.strip()) * LETTER * block.size / block.room
        if lines > 2:
            return True
        longer += 2 if lines > 1 or block.hint == "list" else 0
    return longer >= _SEVERAL


def _first_over(items: list[Set], path: str, pictured: set[int]) -> list[Place]:
    """The first paragraph that a drawing lies behind."""
    for item in items:
        where = item.paragraph.where
        if (
            item.block is not None
            and where.story == "body"
            and where.shape is None
            and (not pictured or id(item.paragraph) in pictured)
        ):
            return [replace(item.block.place, path=item.path or path)]
    return []

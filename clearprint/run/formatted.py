"""The answers about a Word document that was laid out, where its formatting knows better than the pages.

LibreOffice sets other faces for those it lacks, and reads some formatting otherwise than Word does: what a paragraph is set
in is asked of the document itself. The pages say where it stands, and answer what rests on lines and pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clearprint import engine
from clearprint.answers import Answer, Finding
from clearprint.layout import assign, settle, summarise
from clearprint.model import Job, merge_summaries
from clearprint.readers.from_printed import Formatting
from clearprint.rulebook import Rulebook


def with_formatting(
    answers: Iterable[Answer],
    formatting: Formatting,
    book: Rulebook,
    job: Job,
    skip: frozenset[str],
    *,
    raise_crashes: bool = False,
) -> tuple[Answer, ...]:
    """The answers of the pages, those that rest on the formatting answered by it wherever it can tell."""
    answers = tuple(answers)
    resting = {rule.name for rule in book.rules if rule.rests_on == "formatting"} - skip
    left = frozenset(answer.name for answer in answers) - resting
    survey = settle(merge_summaries(summarise(page) for page in formatting.pages), job)
    seen = engine.observe(
        book, (assign(page, survey) for page in formatting.pages), survey, skip=left, raise_crashes=raise_crashes
    )
    own = {answer.name: answer for answer in engine.conclude(book, [seen], survey, skip=left, raise_crashes=raise_crashes)}
    pictured = {rule.name for rule in book.rules if rule.about == "pictures"}
    styles = {block.path: block.place.style for page in formatting.pages for block in page.blocks if block.path is not None}
    return tuple(
        _better(answer, own[answer.name], formatting, answer.name in pictured)
        if answer.name in resting
        else _styled(answer, styles)
        for answer in answers
    )


def _styled(paged: Answer, styles: Mapping[str, str]) -> Answer:
    """An answer of the pages whose places name the face that the document asks for, not the one that stands in for it."""
    faults, advice = (
        tuple(replace(one, style=styles.get(one.path or "", one.style)) if one.style else one for one in found)
        for found in (paged.faults, paged.advice)
    )
    return replace(paged, faults=faults, advice=advice)


def _better(paged: Answer, own: Answer, formatting: Formatting, pictured: bool = False) -> Answer:
    """`pictured`: it is about pictures, so that its places are those of pictures, not of the paragraphs they go with."""
    unread = any(page.not_looked_at for page in formatting.pages)
    if own.answer == "ask" or (own.answer != "no" and unread and _of_other_text(paged)):
        return paged
    return replace(
        own,
        faults=tuple(_placed(finding, formatting, pictured) for finding in own.faults),
        advice=tuple(_placed(finding, formatting, pictured) for finding in own.advice),
    )


def _of_other_text(paged: Answer) -> bool:
    """Whether all that is wrong on the pages is text that no paragraph holds: inside a chart, say."""
    return bool(paged.faults) and all(finding.path is None and finding.excerpt for finding in paged.faults)


def _placed(finding: Finding, formatting: Formatting, pictured: bool) -> Finding:
    """The finding with the page and place where its paragraph or picture stands; of a picture not found, its page alone."""
    spots = formatting.places.get(finding.path or "", ())
    picture = formatting.pictures.get(finding.path or "") if pictured else None
    if picture is not None:
        spots = (picture,)
    if finding.page is not None or not spots:
        return finding
    page, box = spots[0]
    pages = tuple(sorted({number for number, _ in spots}))
    return replace(finding, page=page, pages=pages, box=box.rounded(1) if picture or not pictured else None)

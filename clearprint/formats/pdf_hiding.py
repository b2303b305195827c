"""Words that paint lies over, painted later as far as the file tells. Whether they are hidden or tinted the pixels decide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pymupdf

from clearprint.formats.pdf_paints import Index, Log, Paint, Written, logged, painted_at
from clearprint.geometry import Box


def maybe_covered(
    page: pymupdf.Page, seqnos: Sequence[int | None], places: Sequence[Box | None], paints: Sequence[Paint], log: Log | None
) -> list[int]:
    """Inks that paint lies over, painted later as far as is known. The pixels decide then."""
    over: list[tuple[int, bool]] = []  # and whether the order is known without asking the engine
    covering = Index([paint for paint in paints if (paint.opaque or paint.veil) and paint.seqno != 0], Box(*page.rect))
    for i, place in enumerate(places):
        if place is None:
            continue
        seqno, half = seqnos[i], 0.5 * place.area
        covers = covering.near(place)
        if seqno is not None:
            covers = [paint for paint in covers if paint.seqno is None or paint.seqno > seqno]
        if not covers or sum(paint.box.shared_area(place) for paint in covers) <= half:
            continue
        if seqno is None:
            over.append((i, False))
        else:
            over.append((i, all(paint.seqno is not None for paint in covers)))
    if not over:
        return []
    later: Index[Paint] | None = None  # than the first text: what is painted before it hides nothing
    texts: Index[Written] | None = None
    found: list[int] = []
    for i, ordered in over:
        place = places[i]
        assert place is not None
        if ordered:
            found.append(i)
            continue
        if later is None or texts is None:
            log = log or logged(page)
            known = [seqno for seqno in seqnos if seqno is not None]
            first = min([*known, *(text.seqno for text in log.texts)], default=1 << 62)
            hiding = (paint for paint in chain(log.paints, paints) if paint.opaque or paint.veil)
            later = Index([paint for paint in hiding if paint.seqno is not None and paint.seqno > first], Box(*page.rect))
            texts = Index(log.texts, Box(*page.rect))
        above = later.near(place)
        if not above:
            continue
        seqno = seqnos[i]
        when = seqno if seqno is not None else painted_at(texts, place)
        if any(paint.seqno is not None and paint.seqno > when for paint in above):
            found.append(i)
    return found

"""What is on the page: the plain facts that readers measure and `layout/` understands.

Everything is frozen and holds no file. Lengths are points on paper (after text matrix, CTM, UserUnit and declared print scale),
coordinates run from the top left of the trimmed page as viewed. `None` always means "not known", never "none of it".

A PDF reader makes one `Marks` a page and `layout.understand` turns it into a `Page`. A DOCX reader, which knows paragraphs but
no lines, makes `Page`s itself, one a section, with `laid_out=False` and blocks without lines.
"""

from __future__ import annotations

from clearprint.model.page import (
    RUNNING,
    Alignment,
    Block,
    Column,
    Field,
    Gutter,
    Join,
    Line,
    Marks,
    NotLookedAt,
    Overlap,
    Page,
    PageState,
    Panel,
    Picture,
    Place,
    Role,
    Stroke,
    Tag,
    Wrap,
    place_order,
)
from clearprint.model.survey import (
    Entry,
    FaceUse,
    FolioCandidate,
    HeadingUse,
    Job,
    PageSize,
    PageSummary,
    Survey,
    merge_summaries,
)
from clearprint.model.type import (
    Digits,
    Face,
    Ground,
    Span,
    Style,
    StyleKey,
    Word,
    describe,
    letters,
)

__all__ = [
    "RUNNING",
    "Alignment",
    "Block",
    "Column",
    "Digits",
    "Entry",
    "Face",
    "FaceUse",
    "Field",
    "FolioCandidate",
    "Ground",
    "Gutter",
    "HeadingUse",
    "Job",
    "Join",
    "Line",
    "Marks",
    "NotLookedAt",
    "Overlap",
    "Page",
    "PageSize",
    "PageState",
    "PageSummary",
    "Panel",
    "Picture",
    "Place",
    "Role",
    "Span",
    "Stroke",
    "Style",
    "StyleKey",
    "Survey",
    "Tag",
    "Word",
    "Wrap",
    "describe",
    "letters",
    "merge_summaries",
    "place_order",
]

"""The output intent of a PDF: the press or display that its colours are meant for, by ICC profile (ISO 32000-1, 14.11.5).

The engine converts device colours by it with LittleCMS, but not the process colours that stand in for spot colours. Those are
given the profile here, in memory, page by page.
"""

from __future__ import annotations

from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.records import record

_DEEPEST = 12  # forms in forms
_MOST = 2_000  # objects of a page's resources that are looked at


@record
class Intent:
    """The profile of an output intent; `parts` is the number of its colours."""

    name: str
    parts: int
    profile: Any  # the engine's object of the stream


def intent_of(document: pymupdf.Document) -> Intent | None:
    """The document's output intent if it brings a profile that the engine can use."""
    try:
        whole = pymupdf._as_pdf_document(document)
        space = mupdf.pdf_document_output_intent(whole)
        if not space.m_internal:
            return None
        intents = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(mupdf.pdf_trailer(whole), "Root"), "OutputIntents")
        for at in range(min(mupdf.pdf_array_len(intents), 20)):
            intent = mupdf.pdf_array_get(intents, at)
            profile = mupdf.pdf_dict_gets(intent, "DestOutputProfile")
            if mupdf.pdf_is_stream(profile):
                return Intent(_name(intent, space), int(space.m_internal.n), profile)
    except Exception:  # a broken intent is none
        return None
    return None


def give_spots(page: pymupdf.Page, intent: Intent) -> None:
    """Has spot colours of a page that are told in DeviceCMYK be told in the output intent's CMYK."""
    if intent.parts != 4:
        return
    try:
        resources = mupdf.pdf_dict_get_inheritable(pymupdf._as_pdf_page(page).obj(), mupdf.PDF_ENUM_NAME_Resources)
        _walk(resources, intent, set(), 0)
    except Exception:  # resources that cannot be walked stay as they are
        return


def _walk(resources: Any, intent: Intent, seen: set[int], depth: int) -> None:
    if depth > _DEEPEST or len(seen) > _MOST:
        return
    spaces = mupdf.pdf_dict_gets(resources, "ColorSpace")
    for at in range(mupdf.pdf_dict_len(spaces)):
        _give(mupdf.pdf_dict_get_val(spaces, at), intent)
    for kind in ("XObject", "Shading", "Pattern"):
        objects = mupdf.pdf_dict_gets(resources, kind)
        for at in range(mupdf.pdf_dict_len(objects)):
            item = mupdf.pdf_dict_get_val(objects, at)
            number = mupdf.pdf_to_num(item)
            if number and number in seen:
                continue
            seen.add(number)
            _give(mupdf.pdf_dict_gets(item, "ColorSpace"), intent)
            _give(mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(item, "Shading"), "ColorSpace"), intent)
            inner = mupdf.pdf_dict_gets(item, "Resources")
            if mupdf.pdf_is_dict(inner):
                _walk(inner, intent, seen, depth + 1)


def _give(space: Any, intent: Intent, depth: int = 0) -> None:
    """Puts the profile in the place of DeviceCMYK in [/Separation name alternate tint], [/DeviceN …] and what rests on them."""
    if not mupdf.pdf_is_array(space) or depth > 2:
        return
    family = mupdf.pdf_to_name(mupdf.pdf_array_get(space, 0))
    if family in ("Indexed", "Pattern"):
        _give(mupdf.pdf_array_get(space, 1), intent, depth + 1)
    elif family in ("Separation", "DeviceN") and mupdf.pdf_to_name(mupdf.pdf_array_get(space, 2)) == "DeviceCMYK":
        owner = mupdf.pdf_get_bound_document(space)
        based = mupdf.pdf_new_array(owner, 2)
        mupdf.pdf_array_push_name(based, "ICCBased")
        mupdf.pdf_array_push(based, intent.profile)
        mupdf.pdf_array_put(space, 2, based)


def _name(intent: Any, space: Any) -> str:
    """What the intent is called: by its own words, else by its profile."""
    for key in ("Info", "OutputCondition", "OutputConditionIdentifier"):
        words = " ".join(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(intent, key)).split())
        if words and words.lower() != "custom":
            return words[:120]
    return str(mupdf.fz_colorspace_name(space))[:120]

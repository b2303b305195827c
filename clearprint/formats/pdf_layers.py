"""Layers of a PDF shown in the state they have in print (ISO 32000-1, 8.11), in the copy in memory.

The engine draws as for a screen, goes by the start state and the screen usage of each layer, and of memberships of several
layers knows only the plain kind. Here all that is reckoned for the printer and written down in the engine's own terms, before
it draws anything.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint import lazily

FOLD_NAME = lazily.compile(
    r"(?<![^\W_])(fold(s|ing|lines?)?|creas(e|es|ing)|falz|rill(en|ung)?|pli(age)?s?)(?![^\W\d_])", re.IGNORECASE
)
"""How layers and spot colours for folds are named: Fold, Fold_1, Falz, Pli, Creasing; not Folder or Plimsoll."""
_STEPS = ("folding", "creasing")  # ISO 19593-1
_MOST = 60_000  # objects that are looked through for memberships
_DEEPEST = 20  # of a visibility expression
_HIDDEN = "<< /Type /OCG /Name (hidden in print) /Usage << /View << /ViewState /OFF >> >> >>"
_SHOWN = "<< /Type /OCMD >>"


def show_as_printed(document: pymupdf.Document) -> None:
    """Sets every layer to its state in print. Broken layers are left as the engine sees fit."""
    with contextlib.suppress(Exception):
        root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pymupdf._as_pdf_document(document)), "Root")
        properties = mupdf.pdf_dict_gets(root, "OCProperties")
        layers = {mupdf.pdf_to_num(layer): layer for layer in _items(mupdf.pdf_dict_gets(properties, "OCGs"))}
        if not layers:
            return
        configuration = mupdf.pdf_dict_gets(properties, "D")
        printed = _printed(layers, configuration)
        _write(document, layers, configuration, printed)
        _settle_memberships(document, printed)


def fold_layers(document: pymupdf.Document) -> dict[int, Any]:
    """The layers of processing steps for folding and creasing, and those that are named for folds, by object number."""
    with contextlib.suppress(Exception):
        root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pymupdf._as_pdf_document(document)), "Root")
        layers = _items(mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(root, "OCProperties"), "OCGs"))
        return {
            mupdf.pdf_to_num(layer): layer
            for layer in layers
            if is_fold_step(layer) or FOLD_NAME.search(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(layer, "Name")))
        }
    return {}


def is_fold_step(layer: Any) -> bool:
    """Whether a layer is a processing step for folding or creasing. Early files have its keys without GTS_Metadata."""
    for place in (mupdf.pdf_dict_gets(layer, "GTS_Metadata"), layer):
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(place, "GTS_ProcStepsType")).lower() in _STEPS:
            return True
    return False


def _printed(layers: Mapping[int, Any], configuration: Any) -> dict[int, bool]:
    """Whether each layer shows in print: its start state, then what its usage says of printing."""
    base = mupdf.pdf_to_name(mupdf.pdf_dict_gets(configuration, "BaseState")) != "OFF"
    states = dict.fromkeys(layers, base)
    for key, state in (("ON", True), ("OFF", False)):
        states |= {
            number: state
            for layer in _items(mupdf.pdf_dict_gets(configuration, key))
            if (number := mupdf.pdf_to_num(layer)) in layers
        }
    followed = {
        mupdf.pdf_to_num(layer)
        for entry in _items(mupdf.pdf_dict_gets(configuration, "AS"))
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "Event")) == "Print"
        for layer in _items(mupdf.pdf_dict_gets(entry, "OCGs"))
    }
    for number, layer in layers.items():
        usage = mupdf.pdf_to_name(_below(layer, "Usage", "Print", "PrintState"))
        if usage == "OFF" or (usage == "ON" and number in followed):
            states[number] = usage == "ON"
        if is_fold_step(layer):
            states[number] = False  # for the finisher, and never ink
    return states


def _write(document: pymupdf.Document, layers: Mapping[int, Any], configuration: Any, printed: Mapping[int, bool]) -> None:
    pdf = pymupdf._as_pdf_document(document)
    for key, state in (("ON", True), ("OFF", False)):
        numbers = [number for number, shown in printed.items() if shown is state]
        array = mupdf.pdf_new_array(pdf, len(numbers))
        for number in numbers:
            mupdf.pdf_array_push(array, mupdf.pdf_new_indirect(pdf, number, 0))
        mupdf.pdf_dict_puts(configuration, key, array)
    mupdf.pdf_dict_puts(configuration, "BaseState", mupdf.pdf_new_name("ON"))
    for number, layer in layers.items():
        view = _below(layer, "Usage", "View")
        if mupdf.pdf_is_dict(view):
            mupdf.pdf_dict_puts(view, "ViewState", mupdf.pdf_new_name("ON" if printed[number] else "OFF"))


def _settle_memberships(document: pymupdf.Document, printed: Mapping[int, bool]) -> None:
    """Memberships with a policy or an expression become plainly shown or hidden."""
    pdf = pymupdf._as_pdf_document(document)
    for xref in range(1, min(document.xref_length(), _MOST)):
        with contextlib.suppress(Exception):  # one broken object says nothing of the others
            membership = mupdf.pdf_load_object(pdf, xref)
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(membership, "Type")) != "OCMD":
                continue
            expression = mupdf.pdf_dict_gets(membership, "VE")
            policy = mupdf.pdf_to_name(mupdf.pdf_dict_gets(membership, "P"))
            if mupdf.pdf_is_array(expression):
                shown = _holds(expression, printed, 0)
            elif policy in ("AllOn", "AnyOff", "AllOff"):
                one = mupdf.pdf_dict_gets(membership, "OCGs")
                members = [one] if mupdf.pdf_is_dict(one) else list(_items(one))
                states = [printed.get(mupdf.pdf_to_num(member), True) for member in members]
                if not states:
                    continue
                shown = {"AllOn": all(states), "AnyOff": not all(states), "AllOff": not any(states)}[policy]
            else:
                continue
            document.update_object(xref, _SHOWN if shown else _HIDDEN)


def _holds(expression: Any, printed: Mapping[int, bool], depth: int) -> bool:
    """A visibility expression: a layer, or an operator and what it joins."""
    if not mupdf.pdf_is_array(expression) or depth > _DEEPEST:
        return printed.get(mupdf.pdf_to_num(expression), True)
    operator, *operands = _items(expression)
    values = [_holds(operand, printed, depth + 1) for operand in operands]
    match mupdf.pdf_to_name(operator):
        case "Not":
            return not values[0] if values else True
        case "Or":
            return any(values)
    return all(values)


def _items(array: Any) -> Iterator[Any]:
    return (mupdf.pdf_array_get(array, at) for at in range(mupdf.pdf_array_len(array)))


def _below(found: Any, *keys: str) -> Any:
    for key in keys:
        found = mupdf.pdf_dict_gets(found, key)
    return found

"""Content streams taken apart and put together again in other ways that paint the same (ISO 32000-1, 7.8 and 9)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Matrix = tuple[float, float, float, float, float, float]
Widths = Callable[[int], float]  # advance of a code in thousandths of the size

_TOKEN = re.compile(
    rb"\s+|%[^\r\n]*|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<other><<|>>|\[|\]|/[^\s<>\[\]()/%{}]*|[^\s<>\[\]()/%{}]+|[{}>)])"
)


class Unbalanced(ValueError):
    """A damaged stream: what a program makes of it is its own guess, and rewriting it would be another."""


@dataclass(frozen=True)
class Operation:
    """An operator and what stands before it, as written."""

    operator: bytes
    operands: tuple[bytes, ...] = ()

    def written(self) -> bytes:
        return b" ".join((*self.operands, self.operator))


@dataclass(frozen=True)
class Font:
    """What it takes to follow a text: bytes to a code, and advances. Vertical fonts are not followed."""

    width: Widths
    code: int = 1
    spaces: frozenset[int] = frozenset({32})


def operations(content: bytes) -> list[Operation]:
    """The stream as operations. Inline images stay whole."""
    result: list[Operation] = []
    operands: list[bytes] = []
    depth: list[bytes] = []
    for token in _tokens(content):
        if token in (b"[", b"<<"):
            depth.append(token)
            operands.append(token)
        elif token in (b"]", b">>"):
            inner = [operands.pop()]
            while operands and inner[-1] not in (b"[", b"<<"):
                inner.append(operands.pop())
            depth[-1:] = []
            operands.append(b" ".join([*reversed(inner), token]))
        elif token.startswith(b"BI"):
            result.append(Operation(token))
            operands = []
        elif depth or token[:1] in b"/(<" or re.fullmatch(rb"[-+.\d]+", token) or token in (b"true", b"false", b"null"):
            operands.append(token)
        else:
            result.append(Operation(token, tuple(operands)))
            operands = []
    return result


def _tokens(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        if content[at : at + 1] == b"(":
            end = _string_end(content, at)
            yield content[at:end]
            at = end
            continue
        if re.match(rb"BI\s", content[at : at + 3]):
            start = content.index(b"ID", at)
            found = re.compile(rb"\sEI(?=\s|$)").search(content, start + 3)
            end = found.end() if found else len(content)
            yield content[at:end]
            at = end
            continue
        found = _TOKEN.match(content, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        token = found.group("hex") or found.group("other")
        if token:
            yield token


def _string_end(content: bytes, at: int) -> int:
    depth = 0
    while at < len(content):
        char = content[at : at + 1]
        if char == b"\\":
            at += 1
        elif char == b"(":
            depth += 1
        elif char == b")":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return at


_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def codes(text: bytes) -> bytes:
    """The bytes that a string stands for."""
    if text.startswith(b"<"):
        digits = re.sub(rb"\s", b"", text[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())

    def plain(found: re.Match[bytes]) -> bytes:
        escaped = found.group(1)
        if escaped[:1].isdigit():
            return bytes([int(escaped, 8) & 255])
        return b"" if escaped in (b"\r\n", b"\n", b"\r") else _ESCAPES.get(escaped, escaped)

    return re.sub(rb"\\([0-7]{1,3}|\r\n|.)", plain, text[1:-1], flags=re.DOTALL)


def shown(code: bytes) -> bytes:
    """A string that stands for these bytes."""
    return b"<" + code.hex().encode() + b">"


# --- following a text -----------------------------------------------------------------------------------------------------


@dataclass
class _State:
    """What text is shown with."""

    font: bytes = b""
    size: float = 0.0
    numbers: dict[bytes, float] = field(default_factory=lambda: {b"Tc": 0.0, b"Tw": 0.0, b"Tz": 100.0, b"TL": 0.0, b"Ts": 0.0})


def multiplied(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


@dataclass(frozen=True)
class Piece:
    """Codes shown from one place: where its line of text stands, and which font shows it."""

    matrix: Matrix
    code: bytes
    end: Matrix  # where the next code would stand
    unit: float  # what a thousand units of TJ move by: size and stretch


class Placed:
    """Shows each word, or each glyph, from a text matrix of its own; spaces may be left out.

    `order` shuffles the pieces of one text object; `join` shows all that stand on one baseline by one operator, across the
    gaps of cells and columns too. Text in a font that cannot be followed stays as it is.
    """

    def __init__(
        self,
        fonts: dict[bytes, Font],
        *,
        by: str = "word",
        spaces: bool = True,
        order: random.Random | None = None,
        join: bool = False,
    ):
        self._join = join
        self._fonts = fonts
        self._by = by
        self._spaces = spaces
        self._order = order
        self.all = True  # that was met could be followed

    def rewritten(self, content: bytes) -> bytes:
        out: list[bytes] = []
        state, stack = _State(), []
        inside: list[Operation] | None = None
        for item in operations(content):
            if item.operator == b"BT":
                inside = []
            elif item.operator == b"ET" and inside is not None:
                out.append(self._object(inside, state))
                inside = None
            elif inside is not None:
                inside.append(item)
            elif item.operator == b"ET":
                raise Unbalanced("the end of a text that never began")
            else:
                if item.operator == b"q":
                    stack.append(_State(state.font, state.size, dict(state.numbers)))
                elif item.operator == b"Q" and stack:
                    state = stack.pop()
                else:
                    self._set(item, state)
                out.append(item.written())
        if inside is not None:
            raise Unbalanced("a text without an end")
        return b"\n".join(out)

    @staticmethod
    def _set(item: Operation, state: _State) -> bool:
        if item.operator == b"Tf" and len(item.operands) == 2:
            state.font, state.size = item.operands[0], float(item.operands[1])
        elif item.operator in state.numbers and item.operands:
            state.numbers[item.operator] = float(item.operands[0])
        else:
            return False
        return True

    def _object(self, inside: Sequence[Operation], state: _State) -> bytes:
        """One text object. What it sets holds after it, too, so that only the showing is rewritten."""
        before = _State(state.font, state.size, dict(state.numbers))
        out = [b"BT"]
        groups: list[tuple[list[Piece], bytes]] = []  # pieces, and what is set after them
        pieces: list[Piece] = []
        line = matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        followed = True
        for item in inside:
            name, given = item.operator, item.operands
            if name == b"Tm":
                line = matrix = tuple(map(float, given))  # type: ignore[assignment]
            elif name in (b"Td", b"TD"):
                if name == b"TD":
                    state.numbers[b"TL"] = -float(given[1])
                line = matrix = multiplied((1, 0, 0, 1, float(given[0]), float(given[1])), line)
            elif name == b"T*":
                line = matrix = multiplied((1, 0, 0, 1, 0, -state.numbers[b"TL"]), line)
            elif name in (b"Tj", b"TJ", b"'", b'"'):
                if name == b'"':
                    state.numbers[b"Tw"], state.numbers[b"Tc"] = float(given[0]), float(given[1])
                if name in (b"'", b'"'):
                    line = matrix = multiplied((1, 0, 0, 1, 0, -state.numbers[b"TL"]), line)
                font = self._fonts.get(state.font)
                if font is None:
                    followed = False
                    break
                parts = [given[-1]] if name != b"TJ" else [token for token in _tokens(given[0]) if token not in (b"[", b"]")]
                found, matrix = self._pieces(parts, font, state, matrix)
                pieces += found
            else:
                self._set(item, state)
                groups.append((pieces, item.written()))
                pieces = []
        if not followed:
            self.all = False
            state.font, state.size, state.numbers = before.font, before.size, before.numbers
            for item in inside:
                self._set(item, state)
            return b"\n".join([b"BT", *(item.written() for item in inside), b"ET"])
        for shows, setting in [*groups, (pieces, b"")]:
            if self._order is not None:
                self._order.shuffle(shows)
            out += [_shown_as_one(run) for run in (_runs(shows) if self._join else [[piece] for piece in shows])]
            out += [setting] if setting else []
        return b"\n".join([*out, b"ET"])

    def _pieces(self, parts: Sequence[bytes], font: Font, state: _State, matrix: Matrix) -> tuple[list[Piece], Matrix]:
        result: list[Piece] = []
        along = state.numbers[b"Tz"] / 100
        run, start, end = b"", matrix, matrix
        unit = state.size * along
        broken = False
        for part in parts:
            if part[:1] not in b"(<":
                kern = float(part)
                matrix = multiplied((1, 0, 0, 1, -kern / 1000 * state.size * along, 0), matrix)
                broken = True
                continue
            text = codes(part)
            for at in range(0, len(text), font.code):
                code = text[at : at + font.code]
                number = int.from_bytes(code, "big")
                space = number in font.spaces
                if run and (broken or self._by == "glyph" or space):
                    result.append(Piece(start, run, end, unit))
                    run = b""
                broken = False
                advance = font.width(number) / 1000 * state.size + state.numbers[b"Tc"]
                if code == b" ":
                    advance += state.numbers[b"Tw"]
                if not run:
                    start = matrix
                run += code
                matrix = end = multiplied((1, 0, 0, 1, advance * along, 0), matrix)
                if space:
                    if self._spaces:
                        result.append(Piece(start, run, end, unit))
                    run = b""
        if run:
            result.append(Piece(start, run, end, unit))
        return result, matrix


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces in a row that stand on one baseline, in one size."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last is not None and last.unit == piece.unit and piece.matrix[:4] == last.matrix[:4]:
            along, off = _from_end(last, piece)
            if abs(off) < 1e-4 and abs(along) < 1e4:
                runs[-1].append(piece)
                continue
        runs.append([piece])
    return runs


def _from_end(last: Piece, piece: Piece) -> tuple[float, float]:
    """How far a piece stands from the end of another, along the line and across it, in the space of text."""
    a, b, c, d, x, y = last.end
    dx, dy, whole = piece.matrix[4] - x, piece.matrix[5] - y, a * d - b * c
    return ((dx * d - dy * c) / whole, (dy * a - dx * b) / whole) if whole else (1e9, 1e9)


def _shown_as_one(run: Sequence[Piece]) -> bytes:
    place = b" ".join(b"%.5f" % value for value in run[0].matrix) + b" Tm "
    if len(run) == 1:
        return place + shown(run[0].code) + b" Tj"
    parts = [shown(run[0].code)]
    for last, piece in pairwise(run):
        parts += [b"%.3f" % (-1000 * _from_end(last, piece)[0] / piece.unit), shown(piece.code)]
    return place + b"[" + b" ".join(parts) + b"] TJ"


def split(content: bytes, fonts: dict[bytes, Font]) -> bytes:
    """Each glyph by an operator of its own, one after the other."""
    out: list[bytes] = []
    font: Font | None = None
    for item in operations(content):
        if item.operator == b"Tf" and item.operands:
            font = fonts.get(item.operands[0])
        if font is None or item.operator not in (b"Tj", b"TJ"):
            out.append(item.written())
            continue
        parts = [item.operands[0]] if item.operator == b"Tj" else list(_tokens(item.operands[0]))
        for part in parts:
            if part in (b"[", b"]"):
                continue
            if part[:1] in b"(<":
                text = codes(part)
                out += [shown(text[at : at + font.code]) + b" Tj" for at in range(0, len(text), font.code)]
            else:
                out.append(b"[" + part + b"] TJ")
    return b"\n".join(out)


def sized_by_matrix(content: bytes) -> bytes:
    """Fonts of size 1, the size in the text matrix. Only for text that `Placed` has rewritten: each piece has a matrix."""
    out: list[bytes] = []
    size, spaces = 1.0, {b"Tc": 0.0, b"Tw": 0.0, b"Ts": 0.0}
    stack: list[tuple[float, dict[bytes, float]]] = []
    for item in operations(content):
        name = item.operator
        if name == b"q":
            stack.append((size, dict(spaces)))
        elif name == b"Q" and stack:
            size, spaces = stack.pop()
        if name == b"Tf" and float(item.operands[1]):
            size = float(item.operands[1])
            out.append(item.operands[0] + b" 1 Tf")
            out += [b"%.6f %s" % (value / size, key) for key, value in spaces.items()]
        elif name in spaces:
            spaces[name] = float(item.operands[0])
            out.append(b"%.6f %s" % (spaces[name] / size, name))
        elif name == b"Tm":
            a, b, c, d, e, f = map(float, item.operands)
            out.append(b"%.5f %.5f %.5f %.5f %.5f %.5f Tm" % (a * size, b * size, c * size, d * size, e, f))
        else:
            out.append(item.written())
    return b"\n".join(out)

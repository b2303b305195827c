"""What can be done to any bytes: cut, flipped, moved. And numbers that nobody expects."""

from __future__ import annotations

import random

GIANTS = (
    b"0", b"-1", b"1", b"-0.0", b"1e-30", b"0.000001", b"-32769", b"65536", b"2147483647", b"-2147483648", b"4294967296",
    b"99999999999999999999", b"1e38", b"-1e38", b"1" + b"0" * 400, b"0.5", b"1000000", b"-1000000", b"12345678", b"1e308",
)  # fmt: skip


def cut(data: bytes, choose: random.Random) -> bytes:
    """The start only, the end only, or a piece missing in the middle."""
    if not data:
        return data
    at = choose.randrange(len(data))
    kind = choose.randrange(4)
    if kind == 0:
        return data[at:]
    if kind == 1:
        return data[:at] + data[at + choose.choice((1, 7, 100, 5_000)) :]
    return data[:at]


def flip(data: bytes, choose: random.Random) -> bytes:
    """Some bytes changed."""
    made = bytearray(data)
    for _ in range(choose.choice((1, 1, 3, 10, 60)) if made else 0):
        at = choose.randrange(len(made))
        made[at] = choose.choice((made[at] ^ 1 << choose.randrange(8), choose.randrange(256), 0, 255, 32, 10))
    return bytes(made)


def move(data: bytes, choose: random.Random) -> bytes:
    """A piece copied to another place, over what is there or between it."""
    if not data:
        return data
    at, to = choose.randrange(len(data)), choose.randrange(len(data))
    piece = data[at : at + choose.choice((4, 40, 400, 4_000))]
    return data[:to] + piece + data[to + choose.choice((0, len(piece))) :]

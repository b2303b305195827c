"""What workers and the pool say to each other. Parts, surveys and tallies pass through the pool as bytes, unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clearprint.run.work import Checked, Task

Span = tuple[int, int]
"""Index of the first page, and of the page after the last."""
Kind = Literal["part", "survey", "tallies"]


@dataclass(frozen=True, slots=True)
class Help:
    """To a worker: read these pages of a document that another has begun."""

    task: Task
    span: Span


@dataclass(frozen=True, slots=True)
class Share:
    """To a worker that reads: give away pages to this many others."""

    others: int


@dataclass(frozen=True, slots=True)
class Given:
    """From the worker that was asked to share: the pages it gives away, if any."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class At:
    """From a worker: pages it has delivered, and pages of the document."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Read:
    """From a worker: its pages are read, and none can be shared any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """From a worker: it can do nothing until it is sent a packet."""


@dataclass(frozen=True, slots=True)
class Packet:
    """Pickled: a helper's part or tallies for the first worker, or its survey for the helpers."""

    kind: Kind
    data: bytes


Order = Task | Help | Share | Packet | None
"""To a worker; None ends it."""
News = Checked | At | Given | Read | Waiting | Packet
"""From a worker. Checked: the document is done, or could not be."""

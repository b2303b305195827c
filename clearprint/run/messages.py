"""What workers and the pool say to each other. Parts, surveys and tallies pass through the pool as bytes, unread."""

from __future__ import annotations

from typing import Literal

from clearprint.records import record
from clearprint.run.work import Checked, Task

Span = tuple[int, int]
"""Index of the first page, and of the page after the last."""
Kind = Literal["part", "survey", "tallies"]


@record
class Help:
    """To a worker: read these pages of a document that another has begun."""

    task: Task
    span: Span


@record
class Share:
    """To a worker that reads: give away pages to this many others."""

    others: int


@record
class Given:
    """From the worker that was asked to share: the pages it gives away, if any."""

    spans: tuple[Span, ...]


@record
class At:
    """From a worker: pages it has delivered, and pages of the document."""

    done: int
    of: int


@record
class Read:
    """From a worker: its pages are read, and none can be shared any more."""


@record
class Waiting:
    """From a worker: it can do nothing until it is sent a packet."""


@record
class Packet:
    """Pickled: a helper's part or tallies for the first worker, or its survey for the helpers."""

    kind: Kind
    data: bytes


Order = Task | Help | Share | Packet | None
"""To a worker; None ends it."""
News = Checked | At | Given | Read | Waiting | Packet
"""From a worker. Checked: the document is done, or could not be."""

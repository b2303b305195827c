"""What stands right above and right below a block."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.model import Block


def neighbours(blocks: Sequence[Block], wanted: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    """For each wanted block the nearest one above and below it that shares its width."""
    order = sorted((i for i, block in enumerate(blocks) if block.box), key=lambda i: blocks[i].box.y0)  # type: ignore[union-attr]
    rank = {index: position for position, index in enumerate(order)}
    result: dict[int, tuple[int | None, int | None]] = {}
    for index in wanted:
        box = blocks[index].box
        if box is None:
            continue
        pair: list[int | None] = []
        for steps in (range(rank[index] - 1, -1, -1), range(rank[index] + 1, len(order))):
            best: tuple[float, int] | None = None
            for count, position in enumerate(steps):
                other = blocks[order[position]].box
                if other is None or count > 400:
                    break
                gap = box.y0 - other.y1 if position < rank[index] else other.y0 - box.y1
                if best is not None and (gap > best[0] + 200 or count > 40):
                    break
                if box.x_overlap(other) > 0 and gap > -0.5 * box.height and (best is None or gap < best[0]):
                    best = gap, order[position]
            pair.append(best[1] if best else None)
        result[index] = (pair[0], pair[1])
    return result

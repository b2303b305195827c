"""Tables and label-value forms: ruled ones from their grid, bare ones from short cells that stand in rows.

Cells are no columns and no paragraphs of running text. A strip in a table gets the table's number, and `entry` when it begins
a cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median_low

from clearprint.geometry import Box, hull
from clearprint.layout.ruled import MEETING, is_closed, places, ruled
from clearprint.layout.sideheads import are_side_heads
from clearprint.layout.strips import Strip, spaceless

LONGEST_HEAD = 60  # characters of a line that may stand in a cell as wide as the table
FEWEST_LETTERS = 15  # a line of the narrowest column of text
MOST_BY_CHANCE = 8  # rows that two columns of text share with no design
PAST = 6  # lines above and below that are looked at
HEAD = 2.0  # em from the head of a table to its first row
TIGHT = 1.7  # em from line to line
DISPLAY = 1.5  # times the usual type of a table: type so large over it is its title, no cell
NOTE_LINES = 2  # lines across the whole of a grid: fewer head it, these are a paragraph over or under it
FIGURES_IN_ROW = 3  # cells of a row that are compared
APART = 8.0  # points of white between boxes with texts of their own
SENTENCES = 0.45  # share of the lines of running text that are full at least, paragraphs of two lines being the least
ENTRIES = 0.85  # share of a column's lines that stand level with those of another one, where each is an entry
EQUAL = 0.1  # em that the edges of one column differ by


def mark_tables(strips: Sequence[Strip], level: Sequence[Box], upright: Sequence[Box], panels: Sequence[Box] = ()) -> int:
    """Number the tables among the strips. Returns how many there are."""
    count = 0
    for box, uprights, rows in ruled(level, upright):
        inside = [
            strip for strip in strips if strip.table is None and box.contains(strip.box, 2.0) and _in_cell(strip, uprights)
        ]
        inside = _without_rests(inside, [strip for strip in strips if box.contains(strip.box, 2.0)], level, uprights)
        inside = _without_notes(_without_title(inside), box, uprights)
        if len(inside) < 2 or (not is_closed(box, level, uprights) and _is_running(inside, 12)):
            continue
        if rows == 1 and _long_cells(inside, uprights) < 2:
            continue
        for strip in inside:
            strip.table = count
        _number_figures(inside)
        count += 1
    free = [strip for strip in strips if strip.table is None]
    runs = _runs(free)
    flowing = {id(strip) for run in runs for column in run.columns for strip in _runs_past(column, run.columns, free)}
    if flowing:
        runs = _runs(free, flowing)
    for index, run in enumerate(runs):
        cells = _cells(run, level)
        if cells and not _in_boxes_apart(cells, panels):
            _number(run, count, {id(strip) for column in cells for strip in column})
            _number_heads(run, runs[:index], count)
            count += 1
    return count


# --- ruled ----------------------------------------------------------------------------------------------------------------


def _number_figures(strips: Sequence[Strip]) -> None:
    """Rows of figures in a grid that are as close as lines each begin cells, though several stand between two of its rules."""
    rows: dict[int, list[Strip]] = {}
    for strip in strips:
        rows.setdefault(strip.row, []).append(strip)
    counted = [row for row in rows.values() if _is_counted(row)]
    for upper, lower in pairwise(counted):
        if _goes_on(upper[0], lower[0]):
            for strip in (*upper, *lower):
                strip.entry = True


def _is_counted(row: Sequence[Strip]) -> bool:
    """Whether figures stand in most cells of a row: each begins one."""
    return len(row) >= FIGURES_IN_ROW and 2 * sum(strip.is_figure for strip in row) > len(row)


def _long_cells(strips: Sequence[Strip], uprights: Sequence[Box]) -> int:
    """How many columns between uprights hold three lines or more."""
    edges = places(line.x0 for line in uprights)
    held = [bisect_right(edges, (strip.x0 + strip.x1) / 2) for strip in strips]
    return sum(1 for place in set(held) if held.count(place) > 2)


def _in_cell(strip: Strip, uprights: Sequence[Box]) -> bool:
    """Whether the grid has cells where the strip stands; short text may also head the whole of it."""
    return len(strip.text) <= LONGEST_HEAD or _is_cut(strip, uprights)


def _is_cut(strip: Strip, uprights: Sequence[Box]) -> bool:
    """Whether uprights part the height at which a strip stands into cells."""
    middle = (strip.top + strip.bottom) / 2
    return len(places(line.x0 for line in uprights if line.y0 < middle < line.y1)) >= 3


def _without_title(strips: list[Strip]) -> list[Strip]:
    """Without the lines at the top set so much larger than the rest: the title of a poster that is ruled into fields."""
    if not strips:
        return strips
    usual = median_low(strip.size for strip in strips)
    first = min((strip.top for strip in strips if strip.size < DISPLAY * usual), default=0.0)
    return [strip for strip in strips if strip.bottom > first]


def _without_notes(strips: list[Strip], box: Box, uprights: Sequence[Box]) -> list[Strip]:
    """Without a paragraph that runs across the whole of the grid, where nothing parts it into cells."""
    across = [strip for strip in strips if not _is_cut(strip, uprights)]
    outside = {id(strip) for strip in across}
    long = [strip for strip in across if strip.width >= 0.5 * box.width]
    return [strip for strip in strips if id(strip) not in outside] if len(long) >= NOTE_LINES else strips


def _without_rests(cells: list[Strip], strips: Sequence[Strip], level: Sequence[Box], uprights: Sequence[Box]) -> list[Strip]:
    """Without the short last lines of texts too long for a cell as wide as the grid. `strips`: all that stand in it."""
    known = {id(strip) for strip in cells}
    rests = {
        id(strip)
        for other in strips
        if id(other) not in known
        for strip in cells
        if strip.baseline > other.baseline
        and _goes_on(other, strip)
        and abs(strip.start - other.start) <= EQUAL * strip.size
        and not _is_cut(strip, uprights)
        and not any(other.baseline < line.y0 < strip.baseline and line.x_overlap(strip.box) > 0 for line in level)
    }
    return [strip for strip in cells if id(strip) not in rests] if rests else cells


# --- bare -----------------------------------------------------------------------------------------------------------------


class _Run:
    """Consecutive rows whose strips stand above one another."""

    def __init__(self) -> None:
        self.rows: list[list[Strip]] = []
        self.columns: list[list[Strip]] = []
        self.bounds: list[tuple[float, float]] = []
        self.passed = False  # lines of running text beside it came in between
        self.begun: frozenset[int] = frozenset()  # ids of what begins a row, where the first column tells

    def takes(self, row: list[Strip]) -> bool:
        """Add the row if it goes on with the run."""
        if self.rows:
            last = self.rows[-1][0]
            large, little = max(last.size, row[0].size), min(last.size, row[0].size)
            if row[0].baseline - last.baseline > (TIGHT if self.passed else 4.0) * large or large > 1.4 * little:
                return False
        homes: list[int | None] = []
        for strip in row:
            over = [
                index for index, (x0, x1) in enumerate(self.bounds) if min(x1, strip.x1) - max(x0, strip.x0) > 0.1 * strip.size
            ]
            if len(over) > 1:
                return False
            homes.append(over[0] if over else None)
        if self.rows and (len(row) == 1 and homes[0] is None):
            return False
        known = [home for home in homes if home is not None]
        if len(set(known)) < len(known) or (self.rows and not known):
            return False
        for strip, home in zip(row, homes, strict=True):
            if home is None:
                self.columns.append([strip])
                self.bounds.append((strip.x0, strip.x1))
            else:
                x0, x1 = self.bounds[home]
                self.columns[home].append(strip)
                self.bounds[home] = min(x0, strip.x0), max(x1, strip.x1)
        self.rows.append(row)
        self.passed = False
        return True


def _runs(strips: Sequence[Strip], flowing: Collection[int] = ()) -> list[_Run]:
    """Runs of rows; `flowing`: ids of strips that are known to be running text."""
    rows: list[list[Strip]] = []
    for strip in strips:
        if rows and rows[-1][0].row == strip.row:
            rows[-1].append(strip)
        else:
            rows.append([strip])
    runs: list[_Run] = []
    current: _Run | None = None
    for every in rows:
        row = [strip for strip in every if id(strip) not in flowing] if flowing else every
        if not row:
            if current is not None:
                current.passed = True
            continue
        if current is not None and current.takes(row):
            continue
        current = None
        if len(row) > 1:
            current = _Run()
            current.takes(row)
            runs.append(current)
    return runs


def _cells(run: _Run, level: Sequence[Box] = ()) -> list[list[Strip]]:
    """The columns of a run that are a table's; none when it is no table. Running text beside a table is not in it."""
    _end_at_other_type(run)
    while run.rows and len(run.rows[-1]) == 1 and not _goes_on(run.rows[-2][0], run.rows[-1][0]):
        dropped = run.rows.pop()[0]
        for column in run.columns:
            if column[-1] is dropped:
                column.pop()
    columns = [column for column in run.columns if column]
    if len(columns) > 1 and (all(map(_is_verse, columns)) or all(map(_is_list, columns))):
        return []
    several = [row for row in run.rows if len(row) > 1]
    running = [column for column in columns if _is_running(column, 4) and not _are_entries(column, several)]
    if not running:
        return columns if len(several) > 2 or (len(several) == 2 and len(columns) > 2) else []
    others = [column for column in columns if not any(column is one for one in running)]
    if len(others) == len(running) == 1 and are_side_heads(others[0], running[0], level):
        return []
    if _starts_rows(running, several) and (len(running) == 1 or len(others) >= len(running)):
        return columns
    if len(columns) > 2 and (begun := _keyed(columns, running, run.rows)):
        run.begun = begun
        return columns
    inside = {id(strip) for column in others for strip in column}
    together = sum(1 for row in run.rows if sum(1 for strip in row if id(strip) in inside) > 1)
    return others if together > 2 else []


def _end_at_other_type(run: _Run) -> None:
    """Take out the lines after the last row of several entries, from the first on that is set in another face than its column:
    text under a listing with numbered lines."""
    last = max((index for index, row in enumerate(run.rows) if len(row) > 1), default=0)
    for index in range(last + 1, len(run.rows)):
        strip = run.rows[index][0]
        above = next((column[column.index(strip) - 1] for column in run.columns if strip in column[1:]), None)
        if above is not None and strip.key[0] != above.key[0] and len(strip.text) >= FEWEST_LETTERS:
            dropped = {id(row[0]) for row in run.rows[index:]}
            run.rows = run.rows[:index]
            run.columns = [[one for one in column if id(one) not in dropped] for column in run.columns]
            return


def _in_boxes_apart(columns: Sequence[Sequence[Strip]], panels: Sequence[Box]) -> bool:
    """Whether every column stands in a box of its own and white parts the boxes: texts side by side, no cells of one table."""
    if len(panels) < len(columns):
        return False
    homes = []
    for column in columns:
        whole = hull(strip.box for strip in column)
        round_it = [panel for panel in panels if panel.contains(whole, MEETING)]
        if not round_it:
            return False
        homes.append(min(round_it, key=lambda panel: panel.area))
    homes.sort(key=lambda box: box.x0)
    return all(right.x0 - left.x1 >= APART for left, right in pairwise(homes))


def _runs_past(column: Sequence[Strip], columns: Sequence[Sequence[Strip]], strips: Sequence[Strip]) -> list[Strip]:
    """A column's lines with those of the text above and below that they belong to, where they share their baselines with what
    stands beside them by chance; none where it is a table's. `strips`: those of the page, from top to bottom."""
    if len(column) > MOST_BY_CHANCE or any(len(strip.text) < FEWEST_LETTERS for strip in column[:-1]):
        return []
    if not all(_goes_on(upper, lower) for upper, lower in pairwise(column)):
        return []
    whole = list(column)
    for ends, step in ((column[0], -1), (column[-1], 1)):
        last, index, added = ends, bisect_left(strips, ends.baseline, key=_baseline), 0
        while 0 <= index < len(strips) and abs(strips[index].baseline - last.baseline) <= TIGHT * last.size and added < PAST:
            other = strips[index]
            index += step
            if (
                (other.baseline - last.baseline) * step > 0.5 * last.size
                and abs(other.size - last.size) <= 0.06 * last.size
                and abs(other.start - column[0].start) <= 2.0 * last.size
                and not any(
                    min(other.x1, strip.x1) > max(other.x0, strip.x0)
                    for cells in columns
                    if cells is not column
                    for strip in cells
                )
            ):
                whole.append(other)
                last, added = other, added + 1
    return whole if len(whole) > len(column) + 1 and _is_running(whole, 4) else []


def _baseline(strip: Strip) -> float:
    return strip.baseline


def _goes_on(upper: Strip, lower: Strip) -> bool:
    return lower.baseline - upper.baseline <= TIGHT * lower.size


def _starts_rows(columns: list[list[Strip]], several: list[list[Strip]]) -> bool:
    """Whether running text begins afresh wherever something stands beside it: label and value."""
    inside = {id(strip) for column in columns for strip in column}
    beside = [strip for row in several for strip in row if id(strip) in inside]
    total = sum(len(column) for column in columns)
    fresh = sum(1 for strip in beside if not strip.starts_small)
    return len(beside) > 2 and fresh >= 0.85 * len(beside) and len(beside) <= 0.7 * total


def _keyed(columns: Sequence[list[Strip]], running: Sequence[list[Strip]], rows: Sequence[Sequence[Strip]]) -> frozenset[int]:
    """Ids of the entries of the first column, if these, with white between, each begin the texts beside them afresh."""
    key = min(columns, key=lambda column: min(strip.x0 for strip in column))
    if any(key is column for column in running):
        return frozenset()
    keys, inside = {id(strip) for strip in key}, {id(strip) for column in running for strip in column}
    beside: list[Strip] = []
    begun: set[int] = set()
    last: Strip | None = None
    for row in rows:
        entry = next((strip for strip in row if id(strip) in keys), None)
        if entry is None:
            continue
        if last is None or not _goes_on(last, entry):
            beside += [strip for strip in row if id(strip) in inside]
            begun.add(id(entry))
        last = entry
    fresh = sum(1 for strip in beside if not strip.starts_small)
    told = len(beside) > 2 and fresh >= 0.85 * len(beside) and len(beside) <= 0.7 * len(inside)
    return frozenset(begun) if told else frozenset()


def _is_running(column: Sequence[Strip], least: int) -> bool:
    """Whether strips, one below the other, read as lines of running text."""
    if len(column) < least:
        return False
    count = len(column)
    widest = max(strip.width for strip in column)
    fill = sum(strip.width for strip in column) / (count * widest) if widest else 0.0
    if sum(1 for strip in column if spaceless(strip.text)) * 2 > count:
        return fill >= 0.7
    letters = sum(len(strip.text) for strip in column) / count
    small = sum(1 for strip in column if strip.starts_small) / count
    cased = sum(1 for strip in column if strip.text[:1].lower() != strip.text[:1].upper()) / count
    if cased < 0.2 and sum(1 for strip in column if strip.text[:1].isalpha()) > 0.5 * count:
        return letters >= FEWEST_LETTERS and fill >= 0.75  # no capitals in this script
    return letters >= FEWEST_LETTERS and small >= 0.3 and fill >= 0.5


def _are_entries(column: Sequence[Strip], several: Sequence[Sequence[Strip]]) -> bool:
    """Whether nearly every line stands level with another column's and few are full: entries, not sentences that run on."""
    inside = {id(strip) for strip in column}
    level = sum(1 for row in several for strip in row if id(strip) in inside)
    if level < ENTRIES * len(column):
        return False
    end = max(strip.end for strip in column)
    filled = [pair for pair in pairwise(column) if len(pair[0].words) > 1]
    full = sum(1 for upper, lower in filled if upper.end + upper.space + lower.first_width > end)
    return full < SENTENCES * (len(column) - 1)


def _is_verse(column: Sequence[Strip]) -> bool:
    """Verses one below the other: as close as lines of text and all of several words, as cells of a bare table seldom are."""
    if len(column) < 4 or sum(1 for strip in column if len(strip.words) < 3) > 0.15 * len(column):
        return False
    close = sum(1 for upper, lower in pairwise(column) if lower.baseline - upper.baseline <= 1.4 * lower.size)
    return close >= 0.6 * len(column) and sum(len(strip.words) for strip in column) >= 5 * len(column)


def _is_list(column: Sequence[Strip]) -> bool:
    """Items of a list one below the other: a mark that is no number or letter, and lines that hang from it."""
    first = column[0]
    marks = [strip for strip in column if strip.bulleted or (strip.marker and not strip.text[0].isalnum())]
    hanging = [strip for strip in column if not any(strip is mark for mark in marks)]
    if len(marks) < 2 or first is not marks[0]:
        return False
    return all(strip.start >= first.start + 0.3 * first.size for strip in hanging)


def _number(run: _Run, table: int, cells: set[int]) -> None:
    run.rows = [row for row in ([strip for strip in row if id(strip) in cells] for row in run.rows) if row]
    steps = [lower[0].baseline - upper[0].baseline for upper, lower in pairwise(run.rows)]
    tightest = min(steps)
    loose = sum(1 for step in steps if step > 1.25 * tightest)
    two_pitches = 4 * loose >= len(steps) and loose < len(steps)
    for index, row in enumerate(run.rows):
        step = steps[index - 1] if index else 1e9
        begins = step > 1.12 * tightest if two_pitches or len(row) == 1 or run.begun else True
        begins = begins or any(id(strip) in run.begun for strip in row) or _is_counted(row)
        begins = begins or (index > 0 and _says_again(run.rows[index - 1], row))
        for strip in row:
            strip.table = table
            strip.entry = begins


def _says_again(upper: Sequence[Strip], lower: Sequence[Strip]) -> bool:
    """Whether two rows begin with one and the same label, as the sections of a statute do: no cell runs on into the second."""
    first, again = upper[0], lower[0]
    if len(upper) < 2 or len(lower) < 2:
        return False
    return first.text == again.text and abs(first.start - again.start) <= EQUAL * again.size


def _number_heads(run: _Run, before: Sequence[_Run], table: int) -> None:
    """Rows right above a table's first that stand over several of its columns at once are its head."""
    left, right = min(x0 for x0, _ in run.bounds), max(x1 for _, x1 in run.bounds)
    first = run.rows[0][0]
    for other in reversed(before):
        row = other.rows[-1]
        room = first.size
        if (
            len(other.rows) > 1
            or row[0].table is not None
            or not 0.0 < first.baseline - row[0].baseline <= HEAD * first.size
            or any(
                strip.x0 < left - room or strip.x1 > right + room or abs(strip.size - first.size) > room / 4 for strip in row
            )
            or not any(sum(1 for x0, x1 in run.bounds if min(x1, strip.x1) > max(x0, strip.x0)) > 1 for strip in row)
        ):
            return
        for strip in row:
            strip.table, strip.entry = table, True
        first = row[0]

"""On which line a key of a TOML file stands, so that an error can say so.

`tomllib` gives values without places. This walks text that tomllib has accepted, so it need not judge, only skip: strings,
arrays and inline tables. It runs only when there is an error to report.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from contextlib import suppress

from clearprint import lazily

Keys = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and numbers of list items from 0."""

_BARE = lazily.compile(r"[A-Za-z0-9_-]+")
_PLAIN = lazily.compile(r"[^,\]}#\n]+")
_BLANK = lazily.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACES = lazily.compile(r"[ \t]*")
_BASIC = lazily.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = lazily.compile(r"'[^']*'")
_LONG_BASIC = lazily.compile(r'"""(?:\\.|[^\\])*?"""(?:"{0,2})', re.DOTALL)
_LONG_LITERAL = lazily.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL)


def lines_of(text: str) -> dict[Keys, int]:
    """The line, counted from 1, where each key, table and list item of valid TOML begins."""
    scanner = _Scanner(text)
    with suppress(_LostError, ValueError, RecursionError):  # a line less in a message, never a crash in place of one
        scanner.document()
    return scanner.lines


class _LostError(Exception):
    pass


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Keys, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts: dict[Keys, int] = {}  # of the tables in each [[array of tables]]

    def document(self) -> None:
        table: Keys = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            start = self.at
            if self._take("[["):
                *outer, last = self._names()
                array = (*self._standing(tuple(outer)), last)
                self._counts[array] = self._counts.get(array, 0) + 1
                table = (*array, self._counts[array] - 1)
                self._expect("]]")
            elif self._take("["):
                table = self._standing(self._names())
                self._expect("]")
            else:
                self._pair(table)
                self._skip(_BLANK)
                continue
            self._note(table, start)
            self._skip(_BLANK)

    def _pair(self, table: Keys) -> None:
        start = self.at
        keys = (*table, *self._names())
        self._note(keys, start)
        self._expect("=")
        self._skip(_SPACES)
        self._value(keys)

    def _value(self, keys: Keys) -> None:
        if self._take("["):
            number = 0
            while not self._closed("]"):
                self._note((*keys, number), self.at)
                self._value((*keys, number))
                number += 1
        elif self._take("{"):
            while not self._closed("}"):
                self._pair(keys)
        else:
            for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _PLAIN):
                match = pattern.match(self.text, self.at)
                if match is not None:
                    self.at = match.end()
                    return
            raise _LostError

    def _closed(self, bracket: str) -> bool:
        self._skip(_BLANK)
        if self._take(","):
            self._skip(_BLANK)
        return self._take(bracket)

    def _names(self) -> tuple[str, ...]:
        names = []
        while True:
            self._skip(_SPACES)
            match = next((found for p in (_BARE, _BASIC, _LITERAL) if (found := p.match(self.text, self.at))), None)
            if match is None:
                raise _LostError
            raw = match.group()
            names.append(str(tomllib.loads(f"key = {raw}")["key"]) if raw[0] in "\"'" else raw)
            self.at = match.end()
            self._skip(_SPACES)
            if not self._take("."):
                return tuple(names)

    def _standing(self, names: Keys) -> Keys:
        """The table that a header names: within an array of tables, its last one."""
        keys: Keys = ()
        for name in names:
            keys = (*keys, name)
            if keys in self._counts:
                keys = (*keys, self._counts[keys] - 1)
        return keys

    def _note(self, keys: Keys, start: int) -> None:
        line = bisect_right(self._starts, start)
        for length in range(1, len(keys) + 1):
            self.lines.setdefault(keys[:length], line)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def _take(self, word: str) -> bool:
        if not self.text.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def _expect(self, word: str) -> None:
        self._skip(_SPACES)
        if not self._take(word):
            raise _LostError

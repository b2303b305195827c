"""Paths as build servers want them: from the root of the repository, with forward slashes, as URIs percent-encoded."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from clearprint.records import record


@record
class Tree:
    """Where the run stands. Without a root, paths are taken as they were given."""

    root: str = ""  # absolute: the folder of the repository
    here: str = ""  # absolute: the current folder

    @staticmethod
    def around(folder: Path) -> Tree:
        """The repository that holds this folder: the nearest one up with a `.git`; the folder itself when there is none."""
        for candidate in (folder, *folder.parents):
            if (candidate / ".git").exists():
                return Tree(str(candidate), str(folder))
        return Tree(str(folder), str(folder))

    def within(self, path: str) -> str:
        """The path from the root; where it leads out of the repository, as it was given."""
        whole = os.path.normpath(os.path.join(self.here, path))
        if self.root:
            try:
                whole = os.path.relpath(whole, self.root)
            except ValueError:  # another drive
                return _slashed(path)
            if whole == os.pardir or whole.startswith(os.pardir + os.sep):
                return _slashed(path)
        return _slashed(whole)

    def uri(self, path: str) -> str:
        """The same as a relative URI reference; a `file:` URI for an absolute path that leads out of the repository."""
        inside = self.within(path)
        try:
            encoded = quote(inside.encode("utf-8", "surrogateescape"), safe="/")  # a POSIX name is bytes
        except UnicodeEncodeError:
            encoded = quote(inside.encode("utf-8", "replace"), safe="/")
        if inside.startswith("//"):
            return f"file:{encoded}"
        if inside.startswith("/"):
            return f"file://{encoded}"
        if os.path.isabs(inside):  # C:/…
            return f"file:///{encoded}"
        return encoded


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")

"""Which settings hold for each document: those of the nearest file above it, unless one was named.

As with other linters: a `clearprint.toml`, else a `pyproject.toml` with a table [tool.clearprint], in the document's own folder
or the nearest folder above it, up to the root of the disk. Only one file is used; it names what else holds with `extends`.
"""

from __future__ import annotations

import os
from pathlib import Path

from clearprint.settings import patterns
from clearprint.settings.model import Settings, SettingsFile
from clearprint.settings.reader import OWN_NAME, SHARED_NAME, read, read_if_meant


class Finder:
    """Settings for one document after another; each file is read once.

    `config` is a file named by the user, whose patterns begin in the current folder. `search=False` looks for none.
    """

    def __init__(self, config: Path | None = None, *, search: bool = True) -> None:
        self._fixed = read(config) if config is not None else None if search else SettingsFile()
        self._by_folder: dict[Path, SettingsFile | None] = {}

    def of(self, document: Path) -> Settings:
        """The settings that hold for a document. BadSettings when its file is wrong."""
        if self._fixed is not None:
            return self._fixed.of(document)
        found = self._nearest(patterns.absolute(document).parent)
        return Settings() if found is None else found.of(document)

    def _nearest(self, folder: Path) -> SettingsFile | None:
        passed = []
        found = None
        for above in (folder, *folder.parents):
            if above in self._by_folder:
                found = self._by_folder[above]
                break
            passed.append(above)
            found = self._in(above)
            if found is not None:
                break
        self._by_folder.update(dict.fromkeys(passed, found))
        return found

    @staticmethod
    def _in(folder: Path) -> SettingsFile | None:
        for name in (OWN_NAME, SHARED_NAME):
            path = folder / name
            if os.path.isfile(path):
                found = read_if_meant(path)
                if found is not None:
                    return found
        return None

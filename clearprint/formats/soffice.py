"""Drives LibreOffice without a window: text documents in, PDFs out.

It runs in a profile of its own that is thrown away, executes no macro, follows no link, and reaches no network.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from clearprint.errors import BadUsage

NAMES = ("soffice", "libreoffice")
PACKAGE = "libreoffice-writer-nogui"
"""The smallest Debian package that lays out text documents (204 MB installed)."""
_START = 30.0
"""Seconds that a first start, with a profile to be made, may take over a document's own time."""
_LOOK = 0.1  # seconds from look to look at what is done
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ReduceImageResolution":{"type":"boolean","value":"false"},'
    '"UseLosslessCompression":{"type":"boolean","value":"true"}}'
)
_NOWHERE = "127.0.0.1"  # with port 9, discard (RFC 863): a proxy that answers nothing
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Office.Writer/Content/Update", "Field", "true"),
    ("Office.Common/Save/Document", "AutoSave", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Update/Update", "Enabled", "false"),
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", 9),
    ("Inet/Settings", "ooInetFTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetFTPProxyPort", 9),
    ("Inet/Settings", "ooInetNoProxy", ""),
)

Lost = Mapping[Path, str]
"""Of each document that could not be laid out, why: one of the words `timeout`, `died`, `refused`."""


def find(named: str | None = None) -> str:
    """The program, as named or found on PATH. BadUsage says how to get it when there is none."""
    if named:
        path = shutil.which(named)
        if path is None:
            raise BadUsage(f"{named} is no program that can be run. Name LibreOffice's soffice, or leave --soffice out.")
        return path
    for name in NAMES:
        path = shutil.which(name)
        if path is not None:
            return path
    raise BadUsage(
        "--layout libreoffice needs LibreOffice, and there is no soffice on PATH. Install it (Debian and Ubuntu: "
        f"apt install {PACKAGE}), or name the program with --soffice or in CLEARPRINT_SOFFICE."
    )


def convert(
    program: str,
    sources: Sequence[Path],
    folder: Path,
    seconds: Callable[[Path], float],
    on_done: Callable[[Path], None] = lambda source: None,
) -> tuple[dict[Path, Path], Lost]:
    """The PDF of each document, into `folder`; of those that have none, why.

    Many files in one call are as fast as a warm server: starting takes a second, a file a fifth. A file that takes more than
    its seconds, or takes LibreOffice down, is given up, and the rest goes on with a fresh start. File names must differ.
    """
    made: dict[Path, Path] = {}
    lost: dict[Path, str] = {}
    waiting = list(sources)
    profile = folder / "profile"
    try:
        while waiting:
            _write_profile(profile)
            ended = _run(program, waiting, folder, profile, seconds, made, on_done)
            # It takes them in turn: those before the last that it finished it refused, and it fell over the next.
            reached = max((place for place, source in enumerate(waiting) if source in made), default=-1)
            reached = len(waiting) if ended == "refused" else reached + 1
            lost |= dict.fromkeys((source for source in waiting[:reached] if source not in made), "refused")
            lost |= dict.fromkeys(waiting[reached : reached + 1], ended)
            waiting = waiting[reached + 1 :]
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    return made, lost


def _run(
    program: str,
    sources: Sequence[Path],
    folder: Path,
    profile: Path,
    seconds: Callable[[Path], float],
    made: dict[Path, Path],
    on_done: Callable[[Path], None],
) -> str:
    """One call for all of them; what is done is put into `made` as it comes. How it ended: refused, timeout, died."""
    command = [
        *_alone(),
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--nologo",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,  # so that it ends with all that it started
    )
    waiting = list(sources)
    since, start = time.monotonic(), _START
    try:
        while True:
            ended = process.poll()
            for source in [source for source in waiting if _is_whole(_pdf(source, folder))]:
                made[source] = _pdf(source, folder)
                waiting.remove(source)
                since, start = time.monotonic(), 0.0
                on_done(source)
            if ended is not None:
                return "refused" if ended == 0 else "died"
            if time.monotonic() - since > start + (seconds(waiting[0]) if waiting else 0.0):
                return "timeout"
            time.sleep(_LOOK)
    finally:
        _end(process)


def _pdf(source: Path, folder: Path) -> Path:
    return folder / f"{source.stem}.pdf"


def _is_whole(pdf: Path) -> bool:
    """Whether a PDF is there to its end: its last line is %%EOF (ISO 32000-1, 7.5.5)."""
    try:
        with pdf.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 64))
            return b"%%EOF" in file.read()
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)


def _write_profile(profile: Path) -> None:
    shutil.rmtree(profile, ignore_errors=True)
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    nowhere = f"http://{_NOWHERE}:9"
    kept |= {"http_proxy": nowhere, "https_proxy": nowhere, "ftp_proxy": nowhere, "no_proxy": ""}
    return kept | {"TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@cache
def _alone() -> tuple[str, ...]:
    """What to put before a command so that it has no network at all, where the system lets a user do that (Linux)."""
    unshare = shutil.which("unshare") if sys.platform.startswith("linux") else None
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net")
    try:
        tried = subprocess.run([*command, "true"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if tried.returncode == 0 else ()

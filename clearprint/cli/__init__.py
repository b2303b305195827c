"""The command line. One file a command; each is loaded only when it is called, so that `--version` starts at once."""

from __future__ import annotations

import gc
import importlib
import io
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from clearprint import __version__
from clearprint.errors import ClearprintError

COMMANDS = {
    "check": "Answer the checklist's questions about PDF and DOCX files.",
    "explain": "Say what one question asks, how it is measured, and what to do about it.",
    "rules": "List the questions of a checklist.",
    "show": "Draw what was understood of a page: lines, blocks, columns, pictures.",
    "declare": "Say what the file cannot: paper, folds, binding, and answers that people give.",
    "baseline": "Write down the faults there are, for check --baseline.",
    "init": "Write a settings file to start from.",
    "schema": "Print the JSON Schema of settings or of the JSON report.",
}

INTERRUPTED = 130


def offered(kind: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """For `shell_complete=`: what cli/complete.py offers of that kind, loaded when a shell asks."""

    def those(context: click.Context, parameter: click.Parameter, start: str) -> list[Any]:
        found = getattr(importlib.import_module("clearprint.cli.complete"), kind)(start)
        assert isinstance(found, list)
        return found

    return those


class Commands(click.Group):
    """Commands loaded from clearprint/cli/<name>.py when they are wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"clearprint.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 nothing fails, 1 something does, 2 the job could not be done, 3 a bug, 130 interrupted.",
)
@click.version_option(__version__, prog_name="clearprint")
def cli() -> None:
    """Will people with sight problems be able to read the page? Ask before ink touches paper.

    \b
    Examples:
      clearprint check leaflet.pdf
      clearprint check drafts/ -o report.html
      clearprint init
      clearprint explain leading
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line and leave with its exit code; errors a user can cause are one sentence on standard error."""
    gc.set_threshold(200_000, 20, 20)  # loading modules makes few cycles: looking for them costs a tenth of a short run
    _hold_streams()
    _end_well()
    _speak_plainly()
    code: Any
    try:
        code = cli.main(args=arguments, prog_name="clearprint", standalone_mode=False)
        sys.stdout.flush()
    except ClearprintError as error:
        from clearprint.reports.words import safe

        _tell(safe(error.message))
        code = error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        _tell("interrupted.")
        code = INTERRUPTED
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:  # click's own exit code 1 would read as "faults found"
        context = getattr(error, "ctx", None)
        hint = f" Try '{context.command_path} --help'." if context is not None else ""
        _tell(error.format_message() + hint)
        code = 2
    except BrokenPipeError:
        # The reader of our output went away (`| head`). Nothing is wrong here; keep Python quiet when it flushes at exit.
        sys.stdout = None
        code = 0
    except OSError as error:
        sys.stdout = None
        _tell(f"{error.filename or 'Standard output'}: {error.strerror or error}.")
        code = 2
    except Exception as error:
        if os.environ.get("CLEARPRINT_RAISE"):
            raise
        _tell(f"clearprint itself failed ({_where(error)}). Please report this.")
        code = 3
    gc.freeze()  # all of it ends with the process: looking for cycles once more costs as much again
    raise SystemExit(code if isinstance(code, int) else 0)


def _tell(sentence: str) -> None:
    with suppress(OSError):  # nobody listens, or the log's disk is full: the exit code says it too
        click.echo(f"clearprint: {sentence}", err=True)


def _where(error: Exception) -> str:
    """What went wrong and in which line, for whoever will mend it."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    line = f" at {os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place is not None else ""
    return " ".join(f"{type(error).__name__}: {error}".split()).rstrip(":") + line


def _hold_streams() -> None:
    """Open what a caller closed of the three standard streams: else the first file opened would take its place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", closefd=False)


def _end_well() -> None:
    """When we are told to end, do it as after an error: workers ended, files whole."""

    def end(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        with suppress(ValueError):  # not in the main thread: it is somebody else's program
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)


def _speak_plainly() -> None:
    """Write UTF-8 to files and pipes, and to a terminal what it knows: a name or a sign is never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")

"""`python -m clearprint` is the command itself."""

from __future__ import annotations


def main() -> None:
    """The command. Ctrl-C while it is loading ends it as quietly as later."""
    try:
        from clearprint.cli import main as command
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()

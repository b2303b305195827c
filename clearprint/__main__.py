"""`python -m clearprint` is the command itself."""

from clearprint.cli import main

if __name__ == "__main__":
    main()

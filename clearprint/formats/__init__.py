"""The only code that opens a file format."""

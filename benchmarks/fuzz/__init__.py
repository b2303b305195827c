"""A fuzzer that anyone can rerun: `python -m benchmarks.fuzz` makes real files wrong and has the real workers check them."""

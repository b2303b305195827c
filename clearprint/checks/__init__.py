"""One question each: a module of the question's name that observes and never judges."""

"""What the HTML report shows, made ready for its templates: groups of faults, windows onto pages, marks, bars, words."""

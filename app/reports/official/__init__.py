"""The official forms: layout as data, figures counted from the cases, sums checked each time."""

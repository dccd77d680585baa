"""The official forms: their layout is data, their figures are counted from the cases, their sums are checked each time."""

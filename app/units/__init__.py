"""The levels of government: the tree of units, its calendar and the categories they answer for."""

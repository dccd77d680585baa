"""Cells: the facts behind the figures, packed by unit and month, counted in one sweep whatever is asked of them.

`keep` writes them, `table` reads and remembers them, `pack` is how a fact lies in one, `measures` are the formulas over
whole columns. They may be dropped: `flask --app wsgi statistics rebuild` makes them anew, `statistics verify` proves
them.
"""

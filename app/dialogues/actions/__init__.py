"""All verbs that change reception days, bookings, sessions and commitments, by whom each moves; the caller commits.

Each asks the rules first, changes rows, and remembers an event about the thing (`booking:12`, `session:3`); refusals
are raised before anything changes.
"""

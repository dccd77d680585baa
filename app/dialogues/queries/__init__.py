"""Questions to reception days, bookings, sessions and commitments, by the part that asks; nothing here writes."""

"""Faults on purpose: the real server killed, starved of room and locked out, and whether anything acknowledged is lost."""

"""Faults on purpose: the real server killed, starved of room, locked out; and whether anything acknowledged is lost."""

"""Measures speed and memory on a large invented government: `make bench`. Nothing here is collected by pytest."""

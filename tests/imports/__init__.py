"""Tests of the import: what the mapping may say, what becomes of each row, and the figures that come of it."""

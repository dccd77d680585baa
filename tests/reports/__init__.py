"""Tests of the figures, their pages, exports and the journal."""

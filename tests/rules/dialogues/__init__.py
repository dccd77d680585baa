"""Tests of the rules of being heard."""

"""Backups: everything the town would miss, as of one moment, in one file that only an offline key opens."""

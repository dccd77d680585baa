"""Which numbered check of the security list is held by which test, and how it stands; for the table in README."""

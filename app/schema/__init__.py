"""The schema of the database: which one it has, refusing one newer than this program, bringing it up to date."""

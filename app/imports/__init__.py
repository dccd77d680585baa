"""Cases from another system: a table of rows, a mapping that says what its columns mean, and the journal in between."""

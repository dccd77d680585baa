"""Official papers and receipts: filled, numbered, signed, frozen, rendered to PDF."""

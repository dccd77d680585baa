"""Files residents and officials add: taken in, cleaned, kept, handed out."""

"""What the outbox owes by mail: written in the resident's language, sent after the commit, tried again, never lost."""

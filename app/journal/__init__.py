"""Everything that happened: the event chain and the outbox of notices; record() is their only writer."""

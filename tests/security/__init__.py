"""What somebody who means harm may try, and what must not come of it."""

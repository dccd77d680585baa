"""How long things are kept, what residents ask of their own data, and the erasing of what is over."""

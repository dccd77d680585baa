"""A believable province to try things on: written situations, made people, months of work through the real verbs."""

"""The official's day: the queue, the case page with its verbs, the counter, the search."""

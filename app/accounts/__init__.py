"""Officials, their posts and their door; residents need no account."""

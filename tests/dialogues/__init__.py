"""Being heard: requests, reception, sessions, promises."""

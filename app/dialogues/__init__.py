"""Being heard: reception days and their bookings, dialogue sessions with their minutes, and what was promised there."""

"""Questions to reception, sessions and commitments; each asks for sight before it hands anything out."""

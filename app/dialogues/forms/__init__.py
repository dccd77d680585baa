"""What people type about receptions, sessions and commitments, by the page they type it on."""

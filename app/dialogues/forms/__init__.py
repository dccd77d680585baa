"""What people type into the pages of being heard."""

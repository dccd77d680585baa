"""Load on a real server: `python -m tests.load` (checks 80 to 82), text for docs/soak/load.txt."""

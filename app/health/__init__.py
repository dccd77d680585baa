"""How the house itself is: healthz and readyz for whoever keeps it running, the worker's sign of life, metrics."""

"""Health, metrics, logs, overload, stopping, and what stands in deploy/."""

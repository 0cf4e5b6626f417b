"""Programs that measure. They are run by hand, `python -m benchmarks.NAME`, and assert nothing about time."""

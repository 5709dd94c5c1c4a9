"""presscheck measured beside its peers and beside what its work costs at least. ``python -m benchmarks`` says how."""

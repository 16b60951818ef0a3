"""What the benchmarks share: servers to measure, a PostgreSQL that keeps its promises, and how figures are told."""

"""The simulator: seeded worlds of phones, networks, clocks and crashes that break, heal and keep their promises."""

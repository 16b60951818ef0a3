"""What people who run Kith type: `kith serve`, `kith user add` and so on, one file a family of commands."""

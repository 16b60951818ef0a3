"""The demonstration: a made-up county in a programme of its own, with sign-ins to try everything."""

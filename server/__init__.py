"""The Kith server: sync, matching and the phone app over HTTP."""

"""The matcher: features, models and the workbench that trains them."""

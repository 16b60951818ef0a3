"""HTTP: thin views that decode, call once and encode; one file a resource."""

"""Golden vectors of the ranker: what Python answers, written down for every other engine to agree with."""

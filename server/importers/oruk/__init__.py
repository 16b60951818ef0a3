"""Open Referral UK feeds: fetched whole, read in either shape, made into the directory's records."""

"""The page on a version that a person wants to look at: one file of HTML with its pictures inside."""

"""Importers of open data: each turns rows of a source into documents, and says what it took, repaired and refused."""

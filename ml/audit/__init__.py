"""What is asked of a version besides quality: fairness, drift, a shadow run, and whole files.

Protected characteristics are read here and nowhere else; no trainer and no data set may import this package.
"""

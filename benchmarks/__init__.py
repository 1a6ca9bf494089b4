"""Measurements of speed and of correctness against other tools. `make bench` runs them; they are not installed."""

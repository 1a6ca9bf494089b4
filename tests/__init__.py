"""The tests. They run from a checkout and are not part of what is installed."""

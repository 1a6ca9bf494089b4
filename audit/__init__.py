"""One module for each check: records in, issues out. It knows nothing of how the records were found."""

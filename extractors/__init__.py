"""One module for each kind of record, from a `Paper` to figures, targets, deadlines and what Ofsted said. The spaCy
pipeline is put together in one place. It knows nothing of files and databases.
"""

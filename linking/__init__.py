"""What belongs together across papers: figures to metrics, mentions to events, papers to twins, promises to promises.
Pure functions over records, which know nothing of files and databases.
"""

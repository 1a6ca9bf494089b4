"""One reader a format: a file becomes a `Paper` with pages, blocks, tables and a masthead. Exactly one reader claims a
file, by its bytes and not by its name. It knows nothing of what a figure is.
"""

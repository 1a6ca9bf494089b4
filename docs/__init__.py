"""The documents for people, and what keeps them true: the tour, the reference and the table of accuracy are made."""

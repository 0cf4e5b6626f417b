"""The page on which methods train a network."""

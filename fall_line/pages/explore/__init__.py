"""The page on which optimizers descend a surface."""

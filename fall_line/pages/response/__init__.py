"""The page on which optimizers answer a gradient signal."""

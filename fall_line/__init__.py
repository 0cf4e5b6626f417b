"""Fall Line: watch optimizers descend a loss surface."""

"""Fall Line: watch optimizers descend a loss surface."""

__version__ = "0.1.0"

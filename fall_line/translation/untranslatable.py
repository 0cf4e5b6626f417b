"""What the translator doesn't know."""


class UntranslatableError(Exception):
    """A jaxpr has an operation, or a use of one, that there is no JavaScript for; the sentence names it."""

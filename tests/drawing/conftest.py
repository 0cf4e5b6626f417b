"""What holds for all tests of drawing: how long one example takes says nothing."""

from hypothesis import settings

settings.register_profile("drawing", deadline=None)
settings.load_profile("drawing")

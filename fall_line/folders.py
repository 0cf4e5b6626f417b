"""Where the program's own files lie, in a checkout and where it is installed."""

from pathlib import Path

# Of the packages fall_line, landscapes, networks and optimizers: the checkout, or site-packages.
ROOT = Path(__file__).parents[1]
# A wheel carries them inside the package.
INSTALLED = Path(__file__).with_name("assets")
ASSETS = INSTALLED if INSTALLED.is_dir() else ROOT / "assets"

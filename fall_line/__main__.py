"""The command `fall-line`, which is also `python -m fall_line` and, in a checkout, `python app.py`."""

import sys

from fall_line import command_line
from fall_line.serving import serve


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    return command_line.main(sys.argv[1:], serve)


if __name__ == "__main__":
    sys.exit(main())

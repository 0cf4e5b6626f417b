"""Fall Line: watch optimizers descend a loss surface.

python app.py                     serve the page on this machine
python app.py list                what there is
python app.py export NAME FILE    write an experiment to a file
python app.py --plugins FOLDER    with surfaces, optimizers and tasks of your own, with each command
gunicorn app:server               serve it elsewhere; never with --preload, for JAX doesn't survive a fork

Where the package is installed, the same program is called fall-line.
"""

import sys

if __name__ == "__main__":
    from fall_line.__main__ import main

    sys.exit(main())
else:
    from fall_line.wsgi import server  # noqa: F401

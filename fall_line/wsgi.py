"""The page for a WSGI server: gunicorn fall_line.wsgi:server; never with --preload, for JAX doesn't survive a fork."""

from fall_line.pages.site import create_app
from fall_line.plugins import load_chosen
from fall_line.settings import settings

load_chosen(settings())
server = create_app().server

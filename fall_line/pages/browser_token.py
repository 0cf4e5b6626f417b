"""A cookie that tells one browser's jobs from another's, and nothing else of whose it is."""

import re
import secrets

from flask import Response, request

COOKIE = "fall_line_browser"
YEAR = 31_536_000
TOKEN = re.compile(r"[\w-]{20,64}", re.ASCII)


def browser_token() -> str:
    """Return what the request's browser is known by, or what it will be known by from now on."""
    token = request.cookies.get(COOKIE, "")
    return token if TOKEN.fullmatch(token) else secrets.token_urlsafe(24)


def remembered(response: Response, token: str) -> Response:
    """Let the browser keep its `token`."""
    response.set_cookie(COOKIE, token, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return response

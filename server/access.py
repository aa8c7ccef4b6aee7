"""Who may write: the bearer of the token that the operator set, and nobody where there is none."""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus

from starlette.requests import Request

from server.problem import Problem
from server.settings import Settings

_SCHEME = "bearer"


class WriteAccess:
    """Lets writes pass, or answers 403 (writes are off) and 401 (no or a wrong token)."""

    def __init__(self, settings: Settings) -> None:
        self._expected = _expected(settings)

    @property
    def possible(self) -> bool:
        """Whether anyone may write."""
        return bool(self._expected)

    def check(self, request: Request) -> None:
        """A :class:`Problem` unless this request may write."""
        if not self._expected:
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "Writing is off",
                "This service answers queries only; its operator has set no token for writing.",
            )
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        shown = _digest(token.strip())
        # Digests, compared in constant time: the answer's delay tells nothing of the token.
        if scheme.lower() != _SCHEME or not hmac.compare_digest(shown, self._expected):
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                HTTPStatus.UNAUTHORIZED.phrase,
                "Writing takes the token of this service: Authorization: Bearer TOKEN.",
                headers={"WWW-Authenticate": 'Bearer realm="samenhang"'},
            )


def _expected(settings: Settings) -> str:
    if settings.update_token is not None and settings.update_token.get_secret_value():
        return _digest(settings.update_token.get_secret_value())
    return (settings.update_token_sha256 or "").lower()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

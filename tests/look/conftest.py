"""The same little district as behind the pages."""

from tests.web.conftest import district, sign_in

__all__ = ["district", "sign_in"]

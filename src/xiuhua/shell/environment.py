"""What the process is told from outside, read once into one frozen object.

A bad value stops the start with its name and value; the secret's value is never repeated.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SECRET_LENGTH = 32  # ours: below this many characters a secret can be guessed
SQLITE_BUSY_SECONDS = 20  # ours: how long a second writer waits for the first

# WAL lets readers go on while one writes. FULL: an answered notice survives a power cut.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-65536;"
    "PRAGMA wal_autocheckpoint=4000;"
)

# docs/run/settings.md is made from this.
VARIABLES = {
    "XIUHUA_HOME": ("`var`", "folder of all data: database file, photos, seals, secret"),
    "XIUHUA_DATABASE": ("SQLite under the home", "`postgresql://user:password@host:port/name`, `sqlite:///folder/file`"),
    "XIUHUA_SECRET": ("made at the first start", f"signs sessions and forms; at least {SECRET_LENGTH} characters"),
    "XIUHUA_URL": ("`http://127.0.0.1:PORT`", "the address people type; with `https` the cookies are secure"),
    "XIUHUA_LISTEN": ("`127.0.0.1`", "the network address to listen on; `0.0.0.0` for all"),
    "PORT": ("`8000`", "the port to listen on"),
}


class BadSetting(Exception):  # noqa: N818 - reads as a sentence: raise BadSetting(...)
    """A variable whose value cannot be used."""

    def __init__(self, name: str, value: str, why: str) -> None:
        super().__init__(f"{name}={value}: {why}")


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables, understood."""

    home: Path
    database: dict[str, Any]
    secret: str
    url: str
    listen: str
    port: int

    @property
    def https(self) -> bool:
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def read(given: Mapping[str, str]) -> Environment:
    home = Path(given.get("XIUHUA_HOME") or "var").resolve()
    port = _port(given.get("PORT") or "8000")
    return Environment(
        home=home,
        database=_database(given.get("XIUHUA_DATABASE") or f"sqlite://{home / 'xiuhua.sqlite3'}"),
        secret=_secret(given.get("XIUHUA_SECRET") or "", home),
        url=_url(given.get("XIUHUA_URL") or f"http://127.0.0.1:{port}"),
        listen=given.get("XIUHUA_LISTEN") or "127.0.0.1",
        port=port,
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise BadSetting("PORT", text, "a number from 1 to 65535 is needed")
    return int(text)


def _split(name: str, text: str) -> SplitResult:
    """Brackets without their other half, and ports that are none, are found only where they are asked for."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as wrong:
        raise BadSetting(name, _without_password(text), f"this is no address: {wrong}") from None
    return parts


def _url(text: str) -> str:
    parts = _split("XIUHUA_URL", text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise BadSetting("XIUHUA_URL", text, "the public address is needed, as in https://city.example")
    return f"{parts.scheme}://{parts.netloc}"


def _database(text: str) -> dict[str, Any]:
    parts = _split("XIUHUA_DATABASE", text)
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.startswith("/"):
        return _sqlite(Path("/" + unquote(parts.path).lstrip("/")))
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return _postgresql(text)
    why = "sqlite:///folder/file or postgresql://user:password@host:port/name is needed"
    raise BadSetting("XIUHUA_DATABASE", _without_password(text), why)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads first and then writes would fail when another wrote in between.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(text: str) -> dict[str, Any]:
    parts = urlsplit(text)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _without_password(text: str) -> str:
    """By hand: what is no address has to be said too."""
    before, at, after = text.rpartition("@")
    scheme, slashes, login = before.partition("://")
    user, colon, _ = login.partition(":")
    return f"{scheme}{slashes}{user}{colon}***{at}{after}" if colon else text


def _secret(given: str, home: Path) -> str:
    """The given one, or the one kept in `home/secret`, which the first start makes."""
    file = home / "secret"
    secret = given or (file.read_text(errors="replace").strip() if file.exists() else _kept(file))
    if len(secret) < SECRET_LENGTH or "\ufffd" in secret:
        where = "XIUHUA_SECRET" if given else str(file)
        raise BadSetting(where, "***", f"at least {SECRET_LENGTH} characters of text are needed")
    return secret


def _kept(file: Path) -> str:
    """Two processes may start at once: the file appears whole or not at all, and the first one wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"secret.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text().strip()

"""What the process is told from outside is understood, or stops the start with its name and value."""

import stat
from pathlib import Path

import pytest

from xiuhua.shell.environment import BadSetting, read

SECRET = "s" * 40


def given(home: Path, **more: str) -> dict[str, str]:
    return {"XIUHUA_HOME": str(home), "XIUHUA_SECRET": SECRET, **more}


def test_nothing_given_is_a_sqlite_file_under_the_home(tmp_path: Path) -> None:
    environment = read(given(tmp_path))
    assert environment.database["NAME"] == str(tmp_path / "xiuhua.sqlite3")
    assert environment.port == 8000
    assert environment.url == "http://127.0.0.1:8000"
    assert not environment.https


def test_sqlite_is_durable_and_takes_its_write_lock_at_once(tmp_path: Path) -> None:
    options = read(given(tmp_path)).database["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    address = "postgresql://centre:p%40ss@db.example:5433/city?sslmode=require"
    database = read(given(tmp_path, XIUHUA_DATABASE=address)).database
    assert (database["USER"], database["PASSWORD"], database["PORT"]) == ("centre", "p@ss", "5433")
    assert (database["HOST"], database["NAME"]) == ("db.example", "city")
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("PORT", "abc", id="a port that is no number"),
        pytest.param("PORT", "70000", id="a port above the last"),
        pytest.param("XIUHUA_DATABASE", "mysql://somewhere/city", id="a database we do not know"),
        pytest.param("XIUHUA_DATABASE", "postgresql://host", id="a server without a database"),
        pytest.param("XIUHUA_DATABASE", "postgresql://host:port/city", id="a database port that is no number"),
        pytest.param("XIUHUA_DATABASE", "sqlite://city.db", id="a relative file"),
        pytest.param("XIUHUA_DATABASE", "postgresql://[host/city", id="a database address that cannot be read"),
        pytest.param("XIUHUA_URL", "city.example", id="an address without http"),
        pytest.param("XIUHUA_URL", "http://[::1", id="an address that cannot be read"),
        pytest.param("XIUHUA_URL", "http://city.example:99999", id="an address with a port above the last"),
        pytest.param("XIUHUA_URL", "https://city.example/app", id="an address below a path"),
    ],
)
def test_a_bad_value_stops_the_start_with_its_name_and_value(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=name) as caught:
        read(given(tmp_path, **{name: value}))
    assert value in str(caught.value)


def test_a_password_is_never_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        read(given(tmp_path, XIUHUA_DATABASE="oracle://centre:hush@host/city"))
    assert "hush" not in str(caught.value)


def test_a_short_secret_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="XIUHUA_SECRET") as caught:
        read({"XIUHUA_HOME": str(tmp_path), "XIUHUA_SECRET": "short"})
    assert "short" not in str(caught.value)


def test_a_kept_secret_that_is_no_text_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xbf" * 40)
    with pytest.raises(BadSetting, match="secret"):
        read({"XIUHUA_HOME": str(tmp_path)})


def test_the_first_start_makes_a_secret_and_the_second_finds_it(tmp_path: Path) -> None:
    home = tmp_path / "new"
    first = read({"XIUHUA_HOME": str(home)}).secret
    assert read({"XIUHUA_HOME": str(home)}).secret == first
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == ["secret"]


def test_cookies_are_secure_where_the_address_is(tmp_path: Path) -> None:
    environment = read(given(tmp_path, XIUHUA_URL="https://city.example"))
    assert environment.https
    assert environment.host == "city.example"

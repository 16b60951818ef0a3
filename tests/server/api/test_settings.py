import stat

import pytest

from server.settings import SettingError, settings_from, signing_keys


def test_settings_have_defaults_that_stay_on_this_machine(tmp_path):
    settings = settings_from({"KITH_HOME": str(tmp_path)})
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database_url == f"sqlite:///{tmp_path / 'kith.db'}"
    assert settings.models == tmp_path / "models"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("KITH_WORKERS", "0"),
        ("KITH_LOG_LEVEL", "loud"),
        ("KITH_SQLITE_SYNCHRONOUS", "off"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingError, match=name):
        settings_from({name: value})


def test_the_key_is_made_once_for_the_owner_alone(tmp_path):
    path = tmp_path / "home" / "secret.key"
    keys = signing_keys(path)
    assert len(keys[0]) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing_keys(path) == keys
    assert [one.name for one in path.parent.iterdir()] == ["secret.key"]


def test_an_older_key_below_the_new_one_still_counts(tmp_path):
    path = tmp_path / "secret.key"
    path.write_text(f"{'aa' * 32}\n{'bb' * 32}\n")
    assert signing_keys(path) == (b"\xaa" * 32, b"\xbb" * 32)


@pytest.mark.parametrize("text", ["", "abcd\n"])
def test_a_damaged_key_file_is_named(tmp_path, text):
    path = tmp_path / "secret.key"
    path.write_text(text)
    with pytest.raises(SettingError, match="Put it back from the copy"):
        signing_keys(path)

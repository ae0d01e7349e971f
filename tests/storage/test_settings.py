import pytest

from ptimer.storage import database, settings


def test_what_was_never_set_is_none(connection):
    assert settings.get(connection, "place-of-service") is None


@pytest.mark.parametrize("value", ["11", "", "Łódź", 1800, -1, True, None, ["97112", 4]])
def test_a_setting_comes_back_as_it_was_put(connection, folder, value):
    with database.transaction(connection):
        settings.put(connection, "key", value)

    again = database.open_for_reading(folder)
    assert settings.get(again, "key") == value
    again.close()


def test_the_last_value_of_a_key_counts_and_other_keys_stay(connection):
    with database.transaction(connection):
        settings.put(connection, "place-of-service", "11")
        settings.put(connection, "place-of-service", "12")
        settings.put(connection, "colours", "dark")

    assert settings.get(connection, "place-of-service") == "12"
    assert settings.get(connection, "colours") == "dark"


@pytest.mark.parametrize("written", ["", "nope", "{", "[" * 100_000, "\x92", '"\\ud800"'])
def test_what_somebody_wrote_around_the_program_and_is_no_json_is_nothing(connection, written):
    with database.transaction(connection):
        connection.execute("insert into settings (key, value) values ('key', ?)", (written,))

    assert settings.get(connection, "key") is None

import socket
import sys

import pytest
from display import X11_TCP_PORT, why_no_display

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="X and Wayland sockets")


@pytest.fixture
def listen():
    """Open a socket that answers at a path, and close it at the end."""
    servers = []

    def at(address, family=socket.AF_UNIX):
        server = socket.socket(family, socket.SOCK_STREAM)
        servers.append(server)
        server.bind(address)
        server.listen()
        return server

    yield at
    for server in servers:
        server.close()


@pytest.fixture
def ask(tmp_path):
    def ask(platform="linux", **environ):
        return why_no_display(environ, platform=platform, x11_sockets=tmp_path)

    return ask


@pytest.mark.parametrize("display", [":7", ":7.0", "unix:7"])
def test_an_x_server_that_answers_is_a_display(ask, listen, tmp_path, display):
    listen(str(tmp_path / "X7"))

    assert ask(DISPLAY=display) is None


@pytest.mark.skipif(sys.platform != "linux", reason="abstract sockets are Linux's")
def test_an_x_server_may_answer_at_an_abstract_socket_alone(ask, listen, tmp_path):
    listen(f"\0{tmp_path / 'X8'}")

    assert ask(DISPLAY=":8") is None


def test_an_x_server_may_answer_on_another_machine(ask, listen):
    server = listen(("127.0.0.1", 0), socket.AF_INET)
    number = server.getsockname()[1] - X11_TCP_PORT

    assert ask(DISPLAY=f"127.0.0.1:{number}.0") is None


def test_a_socket_that_a_dead_server_left_behind_is_no_display(ask, listen, tmp_path):
    listen(str(tmp_path / "X7")).close()

    assert (tmp_path / "X7").exists()
    assert "DISPLAY=:7 does not answer" in ask(DISPLAY=":7")


@pytest.mark.parametrize(
    "display", [":9", "nonsense", ":", "127.0.0.1:99999", f"127.0.0.1:{2**70}"]
)
def test_a_display_that_nobody_answers_is_named(ask, display):
    assert f"DISPLAY={display} does not answer" in ask(DISPLAY=display)


def test_a_wayland_socket_is_a_display(ask, listen, tmp_path):
    listen(str(tmp_path / "wayland-1"))

    assert ask(WAYLAND_DISPLAY="wayland-1", XDG_RUNTIME_DIR=str(tmp_path)) is None
    assert ask(WAYLAND_DISPLAY=str(tmp_path / "wayland-1")) is None


def test_a_wayland_name_without_its_folder_is_no_display(ask, listen, tmp_path, monkeypatch):
    listen(str(tmp_path / "wayland-1"))
    monkeypatch.chdir(tmp_path)

    assert "WAYLAND_DISPLAY=wayland-1 does not answer" in ask(WAYLAND_DISPLAY="wayland-1")


def test_with_nothing_set_both_names_are_told(ask):
    reason = ask()

    assert "DISPLAY is not set" in reason
    assert "WAYLAND_DISPLAY is not set" in reason


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_person_who_chose_offscreen_gets_no_window(ask, listen, tmp_path, platform):
    listen(str(tmp_path / "X7"))

    assert "offscreen" in ask(platform, DISPLAY=":7", QT_QPA_PLATFORM="offscreen")


def test_a_platform_that_needs_no_server_is_the_persons_choice(ask):
    assert ask(QT_QPA_PLATFORM="vnc:size=800x600") is None


def test_only_the_chosen_servers_answer_counts(ask, listen, tmp_path):
    listen(str(tmp_path / "X7"))

    wayland = listen(str(tmp_path / "wayland-1")).getsockname()

    assert ask(DISPLAY=":7", QT_QPA_PLATFORM="xcb") is None
    assert ask(DISPLAY=":7", QT_QPA_PLATFORM="wayland") is not None
    assert ask(DISPLAY=":7", QT_QPA_PLATFORM="wayland;xcb") is None
    assert ask(WAYLAND_DISPLAY=wayland, QT_QPA_PLATFORM="wayland;xcb") is None
    assert ask(WAYLAND_DISPLAY=wayland, QT_QPA_PLATFORM="xcb") is not None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_have_a_display(ask, platform):
    assert ask(platform) is None

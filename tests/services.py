"""Real servers for tests, each in a folder and on a port of its own: PostgreSQL and `chroma run`."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import httpx
import psycopg
import pytest

_STARTUP_SECONDS = 30


def absent(what: str) -> NoReturn:
    """Skip the test; fail it where CI is set, since there nothing may be left out."""
    if os.environ.get("CI"):
        pytest.fail(f"CI is set and {what}")
    pytest.skip(what)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of the server's socket, without a database's name: `url.format(database)` gives one."""
    binaries = _postgresql_binaries()
    # Not under pytest's folder, which the server's own user may not enter.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        user = _unprivileged_user(folder)
        setup = ["-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N"]
        initdb = [binaries / "initdb", *setup]
        done = subprocess.run(initdb, capture_output=True, text=True, check=False, cwd=folder, **user)
        if done.returncode:
            absent(f"PostgreSQL cannot be set up here: {done.stderr.strip()}")
        quick = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        place = ["-D", f"{folder}/data", "-k", name, "-p", str(port), "-c", "listen_addresses="]
        with _running([str(binaries / "postgres"), *place, *quick], folder, **user) as server:
            url = f"postgresql://postgres@/{{}}?host={name}&port={port}"
            _wait_until(lambda: psycopg.connect(url.format("postgres")).close(), psycopg.Error, server)
            yield url


@contextmanager
def chroma(folder: Path) -> Iterator[str]:
    """The address of a Chroma server that keeps its data in `folder`."""
    port = free_port()
    script = Path(sys.executable).with_name("chroma")
    command = [str(script), "run", "--path", str(folder / "chroma"), "--host", "127.0.0.1"]
    with _running([*command, "--port", str(port)], folder) as server:
        url = f"http://127.0.0.1:{port}"
        heartbeat = f"{url}/api/v2/heartbeat"
        _wait_until(lambda: httpx.get(heartbeat).raise_for_status(), httpx.HTTPError, server)
        yield url


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgresql_binaries() -> Path:
    found = [Path(where) for where in [shutil.which("initdb")] if where]
    installed = [*found, *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)]
    for initdb in installed:
        if (initdb.resolve().parent / "postgres").exists():
            return initdb.resolve().parent
    absent("PostgreSQL is not installed: no initdb on the path or under /usr/lib/postgresql")


def _unprivileged_user(folder: Path) -> dict[str, Any]:
    """Arguments that start a process as the user that the server may run as: never root."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        absent("PostgreSQL does not run as root, and there is no user postgres")
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def _running(command: list[str], folder: Path, **user: Any) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **user)
        try:
            yield server
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_until(
    answers: Callable[[], object], fault: type[Exception], server: subprocess.Popen[bytes]
) -> None:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while True:
        try:
            answers()
        except fault as error:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not start: {error}")
            time.sleep(0.05)
        else:
            return

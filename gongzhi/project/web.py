"""The web server and the worker as programs: how each is started, on which port, and when it answers."""

import http.client
import os
import socket
import sys
from contextlib import closing

from gongzhi.project.supervise import Ended, Program

WORKERS, THREADS = 2, 4


def address() -> tuple[str, int]:
    """Return HOST and PORT from the environment, and refuse a port that something else uses."""
    host, given = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Ended(f"PORT={given} is not a port. Choose a number from 1024 to 65535, as in: PORT=8001")
    port = int(given)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Ended(
                f"Port {port} of {host} cannot be used ({error.strerror}). Choose another, as in: PORT={port + 1}"
            ) from error
    return host, port


def web_server(host: str, port: int) -> Program:
    """Describe the web server: a few processes with a few threads, each answering one request at a time."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", os.environ.get("WEB_WORKERS", str(WORKERS)), "--blocking-threads", str(THREADS)]
    command += ["--no-ws", "--respawn-failed-workers", "--log-level", "warning"]
    return Program("web", [*command, "gongzhi.project.wsgi:application"])


def worker() -> Program:
    """Describe the worker, which hands on facts, sends messages and turns the clocks."""
    return Program("worker", [sys.executable, "-m", "gongzhi", "worker"])


def check_answers(host: str, port: int, page: str = "/") -> None:
    """Return when the web server answers a request without a fault of its own, else raise TimeoutError."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", page, headers={"Host": "localhost"})
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException) as error:
        raise TimeoutError from error
    finally:
        connection.close()
    if response.status >= http.client.INTERNAL_SERVER_ERROR:
        raise TimeoutError(f"{page} answers {response.status}")

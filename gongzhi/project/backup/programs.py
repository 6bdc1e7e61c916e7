"""Run pg_dump and pg_restore, which come with the PostgreSQL this platform starts."""

import os
import subprocess

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gongzhi.project.backup.refusal import Refused
from gongzhi.project.postgres_binaries import find_programs


def run_program(name: str, url: str, *words: str) -> None:
    """Run a program of PostgreSQL against the database at *url*; what it complains of is the refusal.

    The password travels in the environment, since everybody on a machine reads the words of a command.
    """
    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    more = {"PGPASSWORD": str(password)} if password else {}
    command = [str(find_programs() / name), f"--dbname={make_conninfo('', **parts)}", *words]
    done = subprocess.run(command, env=os.environ | more, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"{name} could not do it:\n{done.stderr.strip()}")

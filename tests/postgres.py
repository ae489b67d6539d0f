"""A PostgreSQL of the tests' own: a private cluster, and a fresh database for each test."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name: str) -> str | None:
    """Return where one of PostgreSQL's server programs is; None if it is not installed."""
    own = [str(folder / name) for folder in FOLDERS if (folder / name).exists()]
    return shutil.which(name) or next(iter(own), None)


MISSING = [name for name in ("initdb", "pg_ctl", "psql") if program(name) is None]


@dataclass(frozen=True)
class Cluster:
    """A running server that listens on a socket in `folder` and nowhere else."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://danvan@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """Make an empty database and return its address."""
        name = f"t{uuid4().hex}"
        self.run("psql", "-q", "-h", str(self.folder), "-U", "danvan", "-d", "postgres", "-c",
                 f"CREATE DATABASE {name}")  # fmt: skip
        return self.url(name)

    def run(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the user who owns the cluster."""
        found = program(name)
        assert found is not None
        done = subprocess.run(
            [*as_owner(), found, *arguments], capture_output=True, text=True, check=False, cwd="/"
        )
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def as_owner() -> list[str]:
    """Return what runs a command as somebody other than root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a cluster for as long as the block lasts; durable as in earnest, but small."""
    folder = Path(mkdtemp(prefix="danvan-pg-"))
    held = Cluster(folder)
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        for path in (folder, data):
            os.chown(path, 65534, 65534)
    folder.chmod(0o755)
    data.chmod(0o700)
    try:
        access = ["-U", "danvan", "-A", "trust"]
        held.run("initdb", "-D", str(data), *access, "-E", "UTF8", "--locale=C", "--no-sync")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} -c shared_buffers=32MB"
        )
        log = str(folder / "data" / "log")
        held.run("pg_ctl", "-D", str(data), "-l", log, "-w", "-o", options, "start")
        try:
            yield held
        finally:
            held.run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

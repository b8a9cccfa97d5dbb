#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of the test's own, in a directory of its own, for as long as a command runs.

usage: server.py PROGRAM [ARGUMENT ...]

The program finds its way by MT940_POSTGRES (a Unix socket that only this user may use) and
MT940_POSTGRES_TCP (a free port of 127.0.0.1, with TLS off; the password stands in PGPASSFILE).
MT940_POSTGRES_DIRECTORY says where the server's directory is made. Whoever writes a byte into the first of the two
handles in MT940_POSTGRES_CUT has the server stopped as by a power cut and started again; then the byte comes back from the
second. Exits as the program does, 77 (skipped) where the server is not installed.
"""
import contextlib
import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

SKIPPED = 77


def find_programs():
    """The directory of the newest server's programs, or None."""
    found = [path for path in glob.glob("/usr/lib/postgresql/*/bin") if os.path.exists(path + "/postgres")]
    if found:
        return max(found, key=lambda path: int(path.split("/")[4]))
    alone = shutil.which("postgres")
    return os.path.dirname(os.path.realpath(alone)) if alone else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One cluster; start() and stop() as often as wanted."""

    def __init__(self, directory, settings=()):
        self.programs = find_programs()
        self.directory = directory
        self.data = directory + "/data"
        self.port = free_port()
        self.settings = list(settings)
        self.process = None
        # The server refuses to run as root; Debian's package brings a user for it.
        self.account = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        if self.account:
            os.chown(directory, self.account.pw_uid, self.account.pw_gid)

    def environment(self):
        password = self.directory + "/pgpass"
        return {
            **os.environ,
            "LC_ALL": "C",
            "PGPASSFILE": password,
            "MT940_POSTGRES": f"host={self.directory} port={self.port} user=tester dbname=postgres",
            "MT940_POSTGRES_TCP": f"postgresql://tester@127.0.0.1:{self.port}/postgres",
        }

    def run(self, program, *arguments):
        user = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        return subprocess.Popen([self.programs + "/" + program, *arguments], cwd=self.directory,
                                stdout=subprocess.DEVNULL, stderr=open(self.directory + "/log", "a"), **user)

    def make(self):
        word = secrets.token_hex(16)
        with open(self.directory + "/word", "w") as out:
            out.write(word + "\n")
        with open(os.open(self.directory + "/pgpass", os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
            out.write(f"127.0.0.1:{self.port}:*:tester:{word}\n")
        made = self.run("initdb", "-D", self.data, "-U", "tester", "-E", "UTF8", "--locale=C", "--no-sync",
                        "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile", self.directory + "/word")
        if made.wait() != 0:
            raise RuntimeError(open(self.directory + "/log").read())

    def start(self):
        settings = ["listen_addresses=127.0.0.1", "unix_socket_permissions=0700", "ssl=off", *self.settings]
        arguments = [word for setting in settings for word in ("-c", setting)]
        self.process = self.run("postgres", "-D", self.data, "-p", str(self.port), "-k", self.directory, *arguments)
        for _ in range(600):
            if self.run("pg_isready", "-q", "-h", self.directory, "-p", str(self.port)).wait() == 0:
                return
            if self.process.poll() is not None:
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
        raise RuntimeError(open(self.directory + "/log").read())

    def stop(self, how=signal.SIGINT):
        """SIGINT: fast. SIGQUIT: at once, as after a power cut; the next start recovers."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None


def roomy_place():
    """Memory, where a sync costs nothing, if there is room; what is tested are processes, not disks."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage("/dev/shm").free > 1 << 30:
            return "/dev/shm"
    return None


@contextlib.contextmanager
def running(settings=()):
    """A server that runs; None where none is installed."""
    if find_programs() is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="mt940connect-pg-", dir=os.environ.get("MT940_POSTGRES_DIRECTORY") or roomy_place()) as directory:
        server = Server(directory, settings)
        try:
            server.make()
            server.start()
            yield server
        finally:
            server.stop(signal.SIGQUIT)


def cut_when_asked(server, asked, done):
    """Until the other end is closed."""
    while os.read(asked, 1):
        server.stop(signal.SIGQUIT)
        server.start()
        os.write(done, b"\n")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with running() as server:
        if server is None:
            print("1..0 # SKIP the PostgreSQL server is not installed (Debian: postgresql)")
            return SKIPPED
        (asked, ask), (done, tell) = os.pipe(), os.pipe()
        threading.Thread(target=cut_when_asked, args=(server, asked, tell), daemon=True).start()
        environment = {**server.environment(), "MT940_POSTGRES_CUT": f"{ask},{done}"}
        return subprocess.run(sys.argv[1:], env=environment, pass_fds=(ask, done)).returncode


if __name__ == "__main__":
    sys.exit(main())

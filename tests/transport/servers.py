# SPDX-License-Identifier: Apache-2.0
"""Real servers of Debian on free ports of 127.0.0.1, each with a folder of its own: vsftpd and OpenSSH's sshd.

A server is a context: it is started on entry and ended on leaving. Missing() says which package is not there.
"""
import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path


class Missing(Exception):
    pass


def program(name, package):
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin")
    if not found:
        raise Missing(f"{name} is not there (package {package})")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder, name, host="127.0.0.1"):
    """A self-signed certificate for an address; (certificate, key)."""
    pem, key = folder / f"{name}.pem", folder / f"{name}.key"
    openssl = program("openssl", "openssl")
    subprocess.run([openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=IP:{host}", "-keyout", str(key),
                    "-out", str(pem)], check=True, capture_output=True)
    return pem, key


class Server:
    """A program that listens on self.port; subclasses write its settings."""

    def __init__(self, home):
        self.home = Path(home)
        self.files = self.home / "files"
        self.files.mkdir(parents=True)
        self.files.chmod(0o755)
        self.port, self.process = free_port(), None

    def command(self):
        raise NotImplementedError

    def put(self, name, content):
        path = self.files / name
        path.write_bytes(content)
        path.chmod(0o644)

    def __enter__(self):
        with open(self.home / "log", "wb") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.__exit__()
        raise RuntimeError(f"{self.command()[0]} does not start: {(self.home / 'log').read_text(errors='replace')}")

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()


class Vsftpd(Server):
    """Anonymous logins that need the password in the list: a real password without an account of the machine."""

    def __init__(self, home, password, tls=None, host="127.0.0.1"):
        """`tls` is None, "explicit" or "implicit"; `host` is whom the certificate is for."""
        super().__init__(home)
        self.tls, self.host, self.password = tls, host, password
        self.binary = program("vsftpd", "vsftpd")

    def command(self):
        home = self.home
        (home / "empty").mkdir(exist_ok=True)
        (home / "passwords").write_text(self.password + "\n")
        lines = {
            "listen": "YES", "listen_address": "127.0.0.1", "listen_port": self.port, "background": "NO",
            "run_as_launching_user": "YES", "ftp_username": pwd.getpwuid(os.geteuid()).pw_name,
            "anonymous_enable": "YES", "local_enable": "NO", "write_enable": "NO", "anon_root": self.files,
            "anon_world_readable_only": "NO", "allow_writeable_chroot": "YES", "no_anon_password": "NO",
            "secure_email_list_enable": "YES", "email_password_file": home / "passwords",
            "secure_chroot_dir": home / "empty", "seccomp_sandbox": "NO", "xferlog_enable": "NO",
            "pasv_enable": "YES", "port_enable": "NO", "connect_from_port_20": "NO", "delay_failed_login": 0,
        }
        if self.tls:
            pem, key = certificate(home, "server", self.host)
            self.certificate = pem
            lines.update(ssl_enable="YES", allow_anon_ssl="YES", force_anon_logins_ssl="YES",
                         force_anon_data_ssl="YES", rsa_cert_file=pem, rsa_private_key_file=key,
                         require_ssl_reuse="YES", implicit_ssl="YES" if self.tls == "implicit" else "NO")
        conf = home / "vsftpd.conf"
        conf.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
        return [self.binary, str(conf)]

    def address(self):
        return f"{'ftps' if self.tls == 'implicit' else 'ftp'}://anonymous@127.0.0.1:{self.port}/"


class Sshd(Server):
    """sshd with a host key and a user's key of its own; whoever runs the test logs in."""

    def __init__(self, home, passphrase):
        super().__init__(home)
        self.binary = program("sshd", "openssh-server")
        self.keygen = program("ssh-keygen", "openssh-client")
        self.login = pwd.getpwuid(os.geteuid()).pw_name
        self.host_key = self.make_key("host", "")
        self.user_key = self.make_key("user", "")
        self.locked_key = self.make_key("locked", passphrase)
        self.known_hosts = self.home / "known_hosts"
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {self.host_key.with_suffix('.pub').read_text()}")

    def make_key(self, name, passphrase):
        key = self.home / name
        subprocess.run([self.keygen, "-q", "-t", "ed25519", "-a", "1", "-N", passphrase, "-C", name, "-f", str(key)],
                       check=True)
        return key

    def fingerprint(self, key):
        out = subprocess.run([self.keygen, "-l", "-E", "sha256", "-f", str(key)], check=True, capture_output=True,
                             text=True).stdout
        return out.split()[1]

    def command(self):
        home = self.home
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        (home / "authorized").write_text("".join(self.home.joinpath(name + ".pub").read_text()
                                                 for name in ("user", "locked")))
        conf = home / "sshd_config"
        conf.write_text(f"""ListenAddress 127.0.0.1
Port {self.port}
HostKey {self.host_key}
AuthorizedKeysFile {home / 'authorized'}
PidFile {home / 'pid'}
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
AllowTcpForwarding no
Subsystem sftp internal-sftp
LogLevel VERBOSE
""")
        return [self.binary, "-D", "-e", "-f", str(conf), *self.without_penalties(conf)]

    def without_penalties(self, conf):
        """Since 9.8 sshd hangs up on an address that failed to log in; older ones do not know the word."""
        option = ["-o", "PerSourcePenalties=no"]
        known = subprocess.run([self.binary, "-t", "-f", str(conf), *option], capture_output=True).returncode == 0
        return option if known else []

    def address(self, path=None):
        return f"sftp://{self.login}@127.0.0.1:{self.port}{path or self.files}/"

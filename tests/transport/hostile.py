# SPDX-License-Identifier: Apache-2.0
"""An FTP server that lies: what a test sets is what it does. It keeps every command it was sent.

Hostile(files={b"a.sta": b"…"}, mlsd=True) behaves; the settings below make it misbehave.
"""
import socket
import ssl
import threading
import time


class Hostile:
    def __init__(self, files=None, **settings):
        self.files = files or {}
        self.commands = []         # every line a client sent, without its end
        self.transfers = 0         # RETR seen
        self.strangers = 0         # connections to the address in a false PASV answer
        self.banner = b"220 ready"
        self.mlsd = True
        self.listing = None        # bytes, or a function giving pieces; the answer to any listing command
        self.sizes = {}            # SIZE as claimed; None = the command is not known
        self.cut = 0               # how many transfers are cut
        self.cut_reply = b"426 cut"
        self.body = None           # function giving pieces instead of a file's bytes
        self.elsewhere = None      # address for PASV, with EPSV refused
        self.echo = False          # repeats the password in its answers
        self.refuse_login = False
        self.tls = None            # (certificate, key): AUTH TLS is known
        self.data_tls = True       # PROT P is known
        self.end = b"226 done"
        for name, value in settings.items():
            if not hasattr(self, name):
                raise AttributeError(name)
            setattr(self, name, value)

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.stopping = False
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes accept(), which would take one more
        self.listener.close()

    def address(self, scheme="ftp"):
        return f"{scheme}://me@127.0.0.1:{self.port}/"

    def accept(self):
        while not self.stopping:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            Dialogue(self, client).run()
        except (OSError, ValueError):
            pass
        finally:
            client.close()


class Dialogue:
    def __init__(self, server, client):
        self.server, self.client, self.data, self.secure = server, client, None, False

    def say(self, line):
        self.client.sendall(line + b"\r\n")

    def run(self):
        if self.server.banner is None:
            time.sleep(60)
            return
        self.say(self.server.banner)
        lines = b""
        while True:
            got = self.client.recv(4096)
            if not got:
                return
            lines += got
            while b"\n" in lines:
                line, lines = lines.split(b"\n", 1)
                line = line.rstrip(b"\r")
                self.server.commands.append(line)
                verb, _, rest = line.partition(b" ")
                getattr(self, "do_" + verb.decode("ascii").lower(), self.unknown)(rest)

    def unknown(self, _):
        self.say(b"500 what?")

    def do_auth(self, _):
        if not self.server.tls:
            self.say(b"500 no TLS here")
            return
        self.say(b"234 go on")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*map(str, self.server.tls))
        self.client = self.context.wrap_socket(self.client, server_side=True)

    def do_pbsz(self, _):
        self.say(b"200 ok")

    def do_prot(self, _):
        self.secure = self.server.data_tls
        self.say(b"200 ok" if self.secure else b"534 not here")

    def do_user(self, _):
        self.say(b"331 password?")

    def do_pass(self, rest):
        word = b" " + rest if self.server.echo else b""
        self.say((b"530 wrong" if self.server.refuse_login else b"230 welcome") + word)

    def do_pwd(self, _):
        self.say(b'257 "/"')

    def do_cwd(self, _):
        self.say(b"250 ok")

    def do_type(self, _):
        self.say(b"200 ok")

    def do_rest(self, _):
        self.say(b"350 ok")

    def do_quit(self, _):
        self.say(b"221 bye")

    def listen(self):
        self.data = socket.create_server(("127.0.0.1", 0))
        self.data.settimeout(10)
        return self.data.getsockname()[1]

    def do_epsv(self, _):
        if self.server.elsewhere:
            self.say(b"500 what?")
            return
        self.say(b"229 here (|||%d|)" % self.listen())

    def do_pasv(self, _):
        port = self.listen()
        address = (self.server.elsewhere or "127.0.0.1").replace(".", ",")
        self.say(f"227 here ({address},{port >> 8},{port & 255})".encode())

    def send(self, pieces):
        """Sends over the data connection; False when the client hung up."""
        channel, _ = self.data.accept()
        self.data.close()
        if self.secure:
            channel = self.context.wrap_socket(channel, server_side=True)
        try:
            for piece in pieces:
                channel.sendall(piece)
            if self.secure:
                channel.unwrap()
            return True
        except OSError:
            return False
        finally:
            channel.close()

    def show(self, text):
        listing = self.server.listing
        pieces = [text] if listing is None else listing() if callable(listing) else [listing]
        self.say(b"150 here it comes")
        self.send(pieces)
        self.say(b"226 done")

    def do_mlsd(self, _):
        if not self.server.mlsd:
            self.unknown(None)
            return
        self.show(b"".join(b"type=file;size=%d; %s\r\n" % (len(content), name)
                           for name, content in self.server.files.items()))

    def do_list(self, _):
        self.show(b"".join(b"-rw-r--r-- 1 me me %d Jul 15 10:20 %s\r\n" % (len(content), name)
                           for name, content in self.server.files.items()))

    def do_nlst(self, _):
        self.show(b"".join(name + b"\r\n" for name in self.server.files))

    def do_size(self, name):
        if self.server.sizes is None:
            self.unknown(None)
        elif name in self.server.files:
            self.say(b"213 %d" % self.server.sizes.get(name, len(self.server.files[name])))
        else:
            self.say(b"550 no such file")

    def do_retr(self, name):
        server = self.server
        server.transfers += 1
        content = server.files.get(name)
        if content is None:
            self.say(b"550 no such file")
            return
        self.say(b"150 here it comes")
        if server.transfers <= server.cut:
            self.send([content[:len(content) // 2]])
            if server.cut_reply is None:
                self.client.close()
                raise OSError
            self.say(server.cut_reply)
            return
        self.send(server.body() if server.body else [content])
        self.say(server.end)

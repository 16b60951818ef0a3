"""A wire as a phone has it on the internet, TLS and HTTP/2, on which every byte is counted."""

import datetime
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.system.server import Server

PROGRAM = Path(__file__).with_suffix(".mjs")
#: The certificate is of no authority that a browser knows.
FLAGS = ("--ignore-certificate-errors",)


@dataclass(frozen=True, slots=True)
class Wire:
    """A running wire. url : where the server is found behind it."""

    url: str
    process: "subprocess.Popen[str]"

    def count(self) -> tuple[int, int]:
        """Give the bytes that phones have sent and received so far."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        sent, received = self.process.stdout.readline().split()
        return int(sent), int(received)


@contextmanager
def wire(server: Server, folder: Path) -> Iterator[Wire]:
    """Put a wire before a server."""
    key, certificate = _certificate(folder)
    command = ["node", str(PROGRAM), str(key), str(certificate), str(server.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Wire(f"https://127.0.0.1:{int(process.stdout.readline())}", process)
        finally:
            process.terminate()


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    paths = folder / "wire.key", folder / "wire.crt"
    encoding = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    paths[0].write_bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain))
    paths[1].write_bytes(made.public_bytes(encoding))
    return paths

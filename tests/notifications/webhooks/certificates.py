"""A certificate authority of one test, and a server certified by it."""

import datetime as dt
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """An authority, its certificate also in a file."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    file: Path


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(issuer))
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    return made.not_valid_before(now - _DAY).not_valid_after(now + _DAY)


def authority(folder: Path) -> Authority:
    """A new authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _builder("Test authority", "Test authority", key)
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(usage, critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    certificate = made.sign(key, hashes.SHA256())
    file = folder / "authority.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(certificate, key, file)


def certified(by: Authority, host: str, folder: Path) -> ssl.SSLContext:
    """What a server of this name needs."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _builder(host, "Test authority", key)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
    certificate = made.add_extension(issuer, critical=False).sign(by.key, hashes.SHA256())
    file = folder / f"{host}.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context

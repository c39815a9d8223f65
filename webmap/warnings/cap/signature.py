"""Enveloped XML signatures: who sent a message, and that nobody changed it since.

A receiver trusts certificates that it was given beforehand, never the one that comes with a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from webmap.settings import CapSettings
from webmap.warnings.cap.vocabulary import CAP_NAMESPACE, SIGNATURE_NAMESPACE
from webmap.warnings.cap.xml import parse_xml

KEY_SETTING = "CAP_SIGNING_KEY"
CERTIFICATE_SETTING = "CAP_SIGNING_CERTIFICATE"
TRUST_SETTING = "CAP_TRUSTED_CERTIFICATES"
#: No SHA-1, and nothing with a shared secret.
_METHODS = frozenset(
    item
    for item in SignatureMethod
    if item.name.startswith(("RSA_SHA", "ECDSA_SHA")) and not item.name.endswith("SHA1")
)
#: Shorter RSA keys are no protection any more.
_LEAST_RSA_BITS = 2048


class UnusableKey(ValueError):
    """A key or certificate cannot be used; `setting` names the environment variable, `code` the reason."""

    def __init__(self, setting: str, code: str, detail: str = "") -> None:
        self.setting = setting
        self.code = code
        self.detail = detail
        super().__init__(f"{setting}: {code} {detail}".rstrip())


class Unverified(ValueError):
    """A message does not prove where it comes from; `code` says why: unsigned, untrusted or expired."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class SigningKey:
    """A private key with the certificate that goes out with every signature."""

    key: RSAPrivateKey | EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def from_files(cls, settings: CapSettings) -> SigningKey | None:
        """Read the PEM files of key and certificate that the settings name; None if they name neither.

        Raises `UnusableKey` if they name one alone, a file cannot be read, or the two do not belong together.
        """
        names = {KEY_SETTING: settings.signing_key, CERTIFICATE_SETTING: settings.signing_certificate}
        if not any(names.values()):
            return None
        for name, path in names.items():
            if not path:
                raise UnusableKey(name, "missing")
        key = _private_key(_read(KEY_SETTING, settings.signing_key))
        certificates = _certificates(CERTIFICATE_SETTING, settings.signing_certificate)
        if certificates[0].public_key() != key.public_key():
            raise UnusableKey(CERTIFICATE_SETTING, "other_key")
        return cls(key, certificates[0])


def trusted_certificates(settings: CapSettings) -> tuple[x509.Certificate, ...]:
    """Return the certificates that are believed: those the settings name, else our own; none if they name none.

    Raises `UnusableKey`.
    """
    if settings.trusted_certificates:
        return _certificates(TRUST_SETTING, settings.trusted_certificates)
    if settings.signing_certificate:
        return _certificates(CERTIFICATE_SETTING, settings.signing_certificate)
    return ()


def sign_alert(content: bytes, signing: SigningKey) -> bytes:
    """Return a message with an enveloped signature as its last element; an earlier signature is replaced.

    Blanks between elements are dropped, because many receivers drop them before they verify. Raises `UnsafeXml`.
    """
    root = parse_xml(content)
    for earlier in root.findall(f"{{{SIGNATURE_NAMESPACE}}}Signature"):
        root.remove(earlier)
    _drop_blanks(root)
    method = SignatureMethod.RSA_SHA256
    if isinstance(signing.key, EllipticCurvePrivateKey):
        method = SignatureMethod.ECDSA_SHA256
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=method,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    certificate = signing.certificate.public_bytes(Encoding.PEM).decode("ascii")
    signed = signer.sign(root, key=signing.key, cert=certificate)
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


def verify_alert(
    content: bytes, trusted: Sequence[x509.Certificate], moment: datetime
) -> tuple[bytes, x509.Certificate]:
    """Return what was signed, without the signature, and the trusted certificate that it was signed with.

    Use what is returned, not the document that came: only that is proven. Raises `UnsafeXml`, and `Unverified` for a
    message without signature, one that no trusted certificate fits or that was changed, and one whose certificate is
    not valid at `moment`.
    """
    root = parse_xml(content)
    if root.find(f"{{{SIGNATURE_NAMESPACE}}}Signature") is None:
        raise Unverified("unsigned")
    for certificate in trusted:
        signed = _verified(content, certificate)
        if signed is None:
            continue
        if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
            raise Unverified("expired")
        return signed, certificate
    raise Unverified("untrusted")


def _verified(content: bytes, certificate: x509.Certificate) -> bytes | None:
    """Return what a certificate's key signed, None where it did not sign this."""
    root = parse_xml(content)
    # The signature must be the message's own child; whether the certificate is valid at the moment is asked elsewhere.
    expected = SignatureConfiguration(
        location="./", signature_methods=_METHODS, verification_time=certificate.not_valid_before_utc
    )
    try:
        result = XMLVerifier().verify(root, x509_cert=certificate, expect_config=expected)
    except (SignXMLException, ValueError, etree.LxmlError):
        return None
    found = result[0] if isinstance(result, list) else result
    # A signature over a part of the document proves nothing of the rest.
    if found.signed_xml is None or found.signed_xml.tag != f"{{{CAP_NAMESPACE}}}alert":
        return None
    proven: bytes = etree.tostring(found.signed_xml, xml_declaration=True, encoding="UTF-8")
    return proven


def _drop_blanks(root: etree._Element) -> None:
    for node in root.iter(etree.Element):
        if len(node) and not (node.text or "").strip():
            node.text = None
        if not (node.tail or "").strip():
            node.tail = None


def _read(setting: str, path: str) -> bytes:
    try:
        return Path(path).expanduser().read_bytes()
    except OSError as error:
        raise UnusableKey(setting, "unreadable", f"{path}: {error.strerror}") from None


def _private_key(content: bytes) -> RSAPrivateKey | EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UnusableKey(KEY_SETTING, "no_key") from None
    if isinstance(key, RSAPrivateKey) and key.key_size < _LEAST_RSA_BITS:
        raise UnusableKey(KEY_SETTING, "weak_key", str(key.key_size))
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise UnusableKey(KEY_SETTING, "no_key")
    return key


def _certificates(setting: str, path: str) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(_read(setting, path)))
    except ValueError:
        raise UnusableKey(setting, "no_certificate", path) from None

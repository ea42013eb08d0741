"""A passkey, as a phone makes it."""

from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


def made_by_a_phone() -> dict[str, Any]:
    """What the phone answers when it is asked to make one."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(bytes(16), b"phone", key)
    data = AuthenticatorData.create(sha256(b"testserver").digest(), FLAG.UP | FLAG.UV | FLAG.AT, 1, made)
    about = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"challenge", "http://testserver")
    told = {
        "clientDataJSON": websafe_encode(about),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    name = websafe_encode(made.credential_id)
    return {"id": name, "rawId": name, "type": "public-key", "response": told, "clientExtensionResults": {}}

// <li-passkey>: makes or uses a passkey around a form of ours, then sends the form with what the device answered.
// data: an address to ask for options (signing in), or options with `creation_options` or `request_options`.
// Without scripts, or where the browser knows no passkeys, the fallback stays: the form is hidden.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

export function forCreating({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
      // A passkey is enough by itself: it lives on the device, and the device knows its owner.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  };
}

export function forUsing({ publicKey }) {
  return {
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) },
  };
}

export function packed(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    answer.attestationObject = text(response.attestationObject);
    answer.transports = response.getTransports?.() ?? [];
  } else {
    answer.authenticatorData = text(response.authenticatorData);
    answer.signature = text(response.signature);
    answer.userHandle = response.userHandle ? text(response.userHandle) : null;
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
}

async function optionsAt(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

// A passkey belongs to a name; a bare number like 127.0.0.1 has none.
export const canHere = ({ hostname }) =>
  Boolean(window.PublicKeyCredential) && !/^[\d.]+$/.test(hostname) && !hostname.startsWith("[");

export default class Passkey extends HTMLElement {
  connectedCallback() {
    if (!canHere(window.location)) return;
    const form = this.querySelector("form");
    for (const other of this.children) other.hidden = other !== form;
    form.addEventListener("submit", (event) => this.ask(event, form));
  }

  async ask(event, form) {
    event.preventDefault();
    const failed = form.querySelector("[role=alert]");
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(packed(await this.credential()));
      form.submit();
    } catch {
      failed.hidden = false; // the person stopped, or the device knows no passkey
    }
  }

  async credential() {
    const data = JSON.parse(this.dataset.li);
    const options = typeof data === "string" ? await optionsAt(data) : data;
    return options.creation_options
      ? navigator.credentials.create(forCreating(options.creation_options))
      : navigator.credentials.get(forUsing(options.request_options));
  }
}

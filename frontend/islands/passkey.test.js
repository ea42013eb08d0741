import { expect, test } from "vitest";
import { canHere, forCreating, forUsing, packed } from "./passkey.js";

const buffer = (...numbers) => new Uint8Array(numbers).buffer;

test("options become bytes, and a new passkey must know its owner", () => {
  const made = forCreating({
    publicKey: { challenge: "-_8", user: { id: "AQ", name: "a" }, excludeCredentials: [{ id: "Ag", type: "public-key" }] },
  }).publicKey;
  expect([...made.challenge]).toEqual([251, 255]);
  expect([...made.user.id]).toEqual([1]);
  expect([...made.excludeCredentials[0].id]).toEqual([2]);
  expect(made.authenticatorSelection.userVerification).toBe("required");
  expect(made.authenticatorSelection.residentKey).toBe("required");
});

test("using one needs no list of known passkeys", () => {
  expect(forUsing({ publicKey: { challenge: "AQ" } }).publicKey.allowCredentials).toEqual([]);
});

test("what the device answers becomes text without padding", () => {
  const said = packed({
    id: "x",
    rawId: buffer(251, 255),
    type: "public-key",
    getClientExtensionResults: () => ({}),
    response: { clientDataJSON: buffer(1), authenticatorData: buffer(2), signature: buffer(3), userHandle: null },
  });
  expect(said.rawId).toBe("-_8");
  expect(said.response.signature).toBe("Aw");
  expect(said.response.userHandle).toBe(null);
});

test("a bare internet address has no passkeys", () => {
  window.PublicKeyCredential = class {};
  expect(canHere({ hostname: "127.0.0.1" })).toBe(false);
  expect(canHere({ hostname: "[::1]" })).toBe(false);
  expect(canHere({ hostname: "localhost" })).toBe(true);
  expect(canHere({ hostname: "learnin.example.org" })).toBe(true);
});

import { accounts } from "../api/accounts";
import type { Me, Passkey } from "../api/types";
import { deviceName } from "../settings/device";
import { t } from "../text/text";

// Passkeys (WebAuthn level 3): the questions come from the server as JSON and the answers go back as JSON.

/** Whether this browser can, here: passkeys belong to a host name, and need https or this machine. */
export const canPasskey = () =>
  isSecureContext &&
  typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === "function" &&
  !/^[\d.]+$|^\[/.test(location.hostname);

/** The person put the question away, or it timed out: not worth an error. */
export const turnedDown = (error: unknown) =>
  error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");

/** The key is on this device already. */
export const alreadyHere = (error: unknown) =>
  error instanceof DOMException && error.name === "InvalidStateError";

export function thisDevice() {
  const found = deviceName(navigator.userAgent);
  if (!found) return t("device.unknown");
  return found.system ? t("device.on", { browser: found.browser, system: found.system }) : found.browser;
}

export async function makePasskey(name = thisDevice()): Promise<Passkey> {
  const { options } = await accounts.beginPasskey();
  return accounts.addPasskey(name, await create(options));
}

/** Opens the account of a recovery link with a new passkey. */
export async function recoverWithPasskey(token: string) {
  const { options } = await accounts.beginRecoveryPasskey(token);
  await accounts.recover(token, { name: thisDevice(), credential: await create(options) });
}

async function create(options: unknown) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  return made.toJSON();
}

/** Shows once more, by a passkey, that it is me. */
export async function proveByPasskey(): Promise<unknown> {
  const { options } = await accounts.beginSignIn();
  return get(options);
}

async function get(options: unknown, more: Omit<CredentialRequestOptions, "publicKey"> = {}) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  const found = (await navigator.credentials.get({ publicKey, ...more })) as PublicKeyCredential;
  return found.toJSON();
}

/** Signs in with a passkey; `quiet` offers it in the browser's list of the mail field and waits. */
export async function signInWithPasskey(signal: AbortSignal, quiet = false): Promise<Me> {
  const { options, state } = await accounts.beginSignIn();
  signal.throwIfAborted();
  const credential = await get(options, { signal, mediation: quiet ? "conditional" : undefined });
  return (await accounts.signInWithPasskey({ credential, state })).me;
}

export const canOfferQuietly = async () =>
  canPasskey() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);

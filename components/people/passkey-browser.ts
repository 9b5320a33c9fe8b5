/** Whether this browser can use a passkey of this name here; browsers refuse addresses that are bare numbers. */
export function knowsPasskeys(relyingParty: string): boolean {
  return "PublicKeyCredential" in window && window.location.hostname === relyingParty;
}

type CreationOptions = Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0];
type RequestOptions = Parameters<typeof PublicKeyCredential.parseRequestOptionsFromJSON>[0];

/** Makes a passkey on this device; null when its owner thought better of it. */
export async function makePasskey(options: CreationOptions): Promise<object | null> {
  const publicKey =
    "parseCreationOptionsFromJSON" in PublicKeyCredential
      ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
      : creationOf(options);
  return asked(() => navigator.credentials.create({ publicKey }));
}

/** Signs with a passkey of this device; null when none was chosen. */
export async function signWithPasskey(options: RequestOptions): Promise<object | null> {
  const publicKey =
    "parseRequestOptionsFromJSON" in PublicKeyCredential
      ? PublicKeyCredential.parseRequestOptionsFromJSON(options)
      : requestOf(options);
  return asked(() => navigator.credentials.get({ publicKey }));
}

async function asked(ask: () => Promise<Credential | null>): Promise<object | null> {
  let made: Credential | null;
  try {
    made = await ask();
  } catch (error) {
    // Refused, timed out, or this device has one already: whoever sits there has seen why.
    if (error instanceof DOMException) return null;
    throw error;
  }
  if (!(made instanceof PublicKeyCredential)) return null;
  return "toJSON" in made ? made.toJSON() : jsonOf(made);
}

// Browsers before 2025 know neither of the three; the same shapes by hand.

function creationOf(options: CreationOptions): PublicKeyCredentialCreationOptions {
  const { user, excludeCredentials = [] } = options;
  return {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: excludeCredentials.map(descriptorOf),
  } as PublicKeyCredentialCreationOptions;
}

function requestOf(options: RequestOptions): PublicKeyCredentialRequestOptions {
  return {
    ...options,
    challenge: bytesOf(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(descriptorOf),
  } as PublicKeyCredentialRequestOptions;
}

function descriptorOf({ id, ...rest }: PublicKeyCredentialDescriptorJSON): PublicKeyCredentialDescriptor {
  return { ...rest, id: bytesOf(id) } as PublicKeyCredentialDescriptor;
}

function jsonOf(credential: PublicKeyCredential): object {
  const { id, type, response } = credential;
  const clientDataJSON = textOf(response.clientDataJSON);
  const told =
    response instanceof AuthenticatorAttestationResponse
      ? { clientDataJSON, attestationObject: textOf(response.attestationObject) }
      : proofOf(response as AuthenticatorAssertionResponse, clientDataJSON);
  return { id, rawId: id, type, response: told, clientExtensionResults: {} };
}

function proofOf(response: AuthenticatorAssertionResponse, clientDataJSON: string): object {
  const { authenticatorData, signature, userHandle } = response;
  return {
    clientDataJSON,
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    ...(userHandle === null ? {} : { userHandle: textOf(userHandle) }),
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0) ?? 0);
}

function textOf(bytes: ArrayBuffer): string {
  const plain = String.fromCodePoint(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

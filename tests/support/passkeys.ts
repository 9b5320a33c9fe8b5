import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const ORIGIN = "http://localhost:3000";
const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_KEY = 0x40;

interface Asked {
  challenge: string;
}

/** A security key of our own: makes and uses passkeys as CTAP and WebAuthn say, and lies when it is told to. */
export class TestKey {
  readonly id = randomBytes(16);
  counter = 0;
  private readonly keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });

  register(asked: Asked, lie: { origin?: string; flags?: number } = {}) {
    const flags = lie.flags ?? PRESENT | VERIFIED | HAS_KEY;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.coseKey()]);
    const authData = Buffer.concat([this.head(flags), credential]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      text("fmt"),
      text("none"),
      text("attStmt"),
      Buffer.from([0xa0]),
      text("authData"),
      bytes(authData),
    ]);
    return {
      ...this.named(),
      response: {
        clientDataJSON: clientData("webauthn.create", asked, lie.origin),
        attestationObject: attestation.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  prove(asked: Asked, lie: { origin?: string; flags?: number; by?: TestKey } = {}) {
    this.counter += 1;
    const authData = this.head(lie.flags ?? PRESENT | VERIFIED);
    const clientDataJSON = clientData("webauthn.get", asked, lie.origin);
    const hashed = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const { privateKey } = (lie.by ?? this).keys;
    const signature = sign("sha256", Buffer.concat([authData, hashed]), privateKey).toString("base64url");
    return {
      ...this.named(),
      response: { clientDataJSON, authenticatorData: authData.toString("base64url"), signature },
    };
  }

  private named() {
    const id = this.id.toString("base64url");
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} };
  }

  private head(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([createHash("sha256").update("localhost").digest(), Buffer.from([flags]), counter]);
  }

  /** RFC 9053: kty 2, alg −7, crv 1, x, y. */
  private coseKey(): Buffer {
    const { x = "", y = "" } = this.keys.publicKey.export({ format: "jwk" });
    const [left, right] = [Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(left),
      Buffer.from([0x22]),
      bytes(right),
    ]);
  }
}

function clientData(type: string, { challenge }: Asked, origin = ORIGIN): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString("base64url");
}

function text(word: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
}

function bytes(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, data.length]), data]);
}

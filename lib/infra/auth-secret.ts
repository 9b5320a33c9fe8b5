import "server-only";
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One secret of the deployment, and a key of its own for each use. */
function keyFor(use: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().AUTH_SECRET, "", `valvia ${use}`, 32));
}

/** Encrypts what must be read again: nonce, AES-256-GCM, tag. Opens only for the owner it was sealed for. */
export function sealFor(owner: string, secret: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor("authenticator"), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, sealed, cipher.getAuthTag()]));
}

/** Throws when it was sealed for somebody else, under another AUTH_SECRET, or changed since. */
export function openFor(owner: string, sealed: Uint8Array): Uint8Array {
  const whole = Buffer.from(sealed);
  const nonce = whole.subarray(0, NONCE_BYTES);
  const tag = whole.subarray(whole.length - TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", keyFor("authenticator"), nonce)
    .setAAD(Buffer.from(owner))
    .setAuthTag(tag);
  return Buffer.concat([
    decipher.update(whole.subarray(NONCE_BYTES, whole.length - TAG_BYTES)),
    decipher.final(),
  ]);
}

/** HMAC-SHA-256 in hex of something short: whoever has the database alone cannot try all of them. */
export function keyedHash(owner: string, code: string): string {
  return createHmac("sha256", keyFor("recovery")).update(`${owner}\n${code}`).digest("hex");
}

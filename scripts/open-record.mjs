#!/usr/bin/env node
// Opens one stored record without the product: plain Node, nothing else. docs/records.md tells the format and how to
// get the facts. Usage: node open-record.mjs <facts.json> <body file, or folder of group-<n> files> <file to write>
import { createDecipheriv, createHash } from "node:crypto";
import {
  closeSync,
  createWriteStream,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { once } from "node:events";
import { join } from "node:path";

const NONCE = 12;
const TAG = 16;
const SEAL = NONCE + TAG;
const GROUP = 8;
const MIDDLE = 0;
const LAST = 1;

class Refusal extends Error {}

function factsIn(file) {
  const facts = JSON.parse(readFileSync(file, "utf8"));
  const { recordId, sizeBytes, chunkBytes, wrappedKey, masterKey, sha256 } = facts;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(recordId))
    throw new Refusal("recordId is not an id.");
  for (const [name, count] of Object.entries({ sizeBytes, chunkBytes }))
    if (!Number.isSafeInteger(count) || count < 0) throw new Refusal(`${name} is not a whole number.`);
  const [wrapped, master] = [Buffer.from(wrappedKey ?? "", "hex"), Buffer.from(masterKey ?? "", "base64")];
  if (wrapped.length !== SEAL + 32)
    throw new Refusal("wrappedKey is not 60 bytes in hex: was the record erased?");
  if (master.length !== 32) throw new Refusal("masterKey is not 32 bytes in base64.");
  return { recordId, sizeBytes, chunkBytes, wrapped, master, sha256 };
}

/** Throws when a bit of it, its key or its place is not what it was. */
function open(key, aad, sealed) {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE));
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
}

function fileKey({ recordId, wrapped, master }) {
  try {
    return open(master, Buffer.from(recordId), wrapped);
  } catch {
    const version = createHash("sha256").update(master).digest().readUInt32BE(0) >>> 1;
    throw new Refusal(
      `The master key does not open this record's key. Its version is ${version}; compare "keyVersion".`,
    );
  }
}

function placeOf(recordId, index, kind) {
  const aad = Buffer.alloc(21);
  aad.write(recordId.replaceAll("-", ""), "hex");
  aad.writeUInt32BE(index, 16);
  aad.writeUInt8(kind, 20);
  return aad;
}

/** The sealed chunks in their order, out of one file or out of groups of eight. */
function* sealedChunks(from, { sizeBytes, chunkBytes }) {
  const chunks = Math.max(1, Math.ceil(sizeBytes / chunkBytes));
  const inGroups = statSync(from).isDirectory() && !existsSync(join(from, "body"));
  const perFile = inGroups ? GROUP : chunks;
  for (let first = 0; first < chunks; first += perFile) {
    const name = inGroups ? join(from, `group-${first / GROUP}`) : bodyIn(from);
    const count = Math.min(perFile, chunks - first);
    const end = Math.min((first + count) * chunkBytes, sizeBytes);
    yield* chunksIn(name, count, chunkBytes, end - first * chunkBytes);
  }
}

const bodyIn = (from) => (statSync(from).isDirectory() ? join(from, "body") : from);

function* chunksIn(name, count, chunkBytes, plainBytes) {
  if (!existsSync(name)) throw new Refusal(`${name} is missing.`);
  const handle = openSync(name, "r");
  try {
    const expected = plainBytes + count * SEAL;
    const { size } = fstatSync(handle);
    if (size !== expected) throw new Refusal(`${name} has ${size} bytes and should have ${expected}.`);
    for (let at = 0; at < count; at += 1) {
      const sealed = Buffer.alloc(Math.min(chunkBytes, plainBytes - at * chunkBytes) + SEAL);
      readSync(handle, sealed, 0, sealed.length, at * (chunkBytes + SEAL));
      yield sealed;
    }
  } finally {
    closeSync(handle);
  }
}

async function openRecord(factsFile, from, to) {
  const facts = factsIn(factsFile);
  const { recordId, sizeBytes, chunkBytes } = facts;
  const key = fileKey(facts);
  const last = Math.max(1, Math.ceil(sizeBytes / chunkBytes)) - 1;
  const hash = createHash("sha256");
  const out = createWriteStream(to, { flags: "wx", mode: 0o600 });
  await once(out, "open");
  let index = 0;
  try {
    for (const sealed of sealedChunks(from, facts)) {
      const plain = openAt(key, recordId, index, index === last, sealed);
      hash.update(plain);
      if (!out.write(plain)) await once(out, "drain");
      index += 1;
    }
    const found = hash.digest("hex");
    if (facts.sha256 && found !== facts.sha256)
      throw new Refusal(`The SHA-256 is ${found}, not ${facts.sha256}.`);
    out.end();
    await once(out, "close");
    return `${to}: ${sizeBytes} bytes, SHA-256 ${found}${facts.sha256 ? ", as it was sent" : ""}.`;
  } catch (failure) {
    // Half a file must not be taken for a whole one.
    out.destroy();
    rmSync(to, { force: true });
    throw failure;
  }
}

function openAt(key, recordId, index, isLast, sealed) {
  try {
    return open(key, placeOf(recordId, index, isLast ? LAST : MIDDLE), sealed);
  } catch {
    throw new Refusal(`Chunk ${index} does not open: it was changed, moved, or belongs to another file.`);
  }
}

const [factsFile, from, to] = process.argv.slice(2);
try {
  if (!factsFile || !from || !to)
    throw new Refusal("Usage: node open-record.mjs <facts.json> <body file or folder> <file to write>");
  console.log(await openRecord(factsFile, from, to));
} catch (failure) {
  if (!(failure instanceof Refusal) && !failure.code && !(failure instanceof SyntaxError)) throw failure;
  console.error(failure.message);
  process.exitCode = 1;
}

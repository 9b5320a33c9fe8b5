import "server-only";

/**
 * The program of a sealing thread. It is kept as text, so that one bundle, the web server's build and the tests start
 * it alike, without a file of its own to be found. It knows nothing but bytes: it runs the hash of each upload,
 * seals chunks and writes them. How far a running hash got tells by itself whether it still fits the offset an upload goes on from.
 * A piece is hashed and sealed while it lies in the core's own cache.
 */
export const PROGRAM = `
  const { createCipheriv, createHash } = require("node:crypto");
  const { closeSync, constants, fdatasyncSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } = require("node:fs");
  const { dirname, join } = require("node:path");
  const { parentPort } = require("node:worker_threads");
  const HASHES_KEPT = 200;
  const TAG_BYTES = 16;
  // Small enough to stay in the core's own cache from the seal to the write.
  const PIECE = 65_536;
  // What a disk takes past the page cache: whole blocks, from memory that begins on a page.
  const BLOCK = 4_096;
  const page = new Uint8Array(new WebAssembly.Memory({ initial: 18 }).buffer);
  const running = new Map();
  // By upload: the sealed bytes after the last whole block, and where the next chunk goes on.
  const rests = new Map();
  const writeAll = (fd, bytes, position) => {
    if (fd === null) return;
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
  };
  const writeBlocks = (fds, length, position) => {
    try {
      writeAll(fds.directFd, page.subarray(0, length), position);
    } catch (error) {
      // A file system that knows no such writes, or wants larger blocks: through the page cache then.
      if (error.code !== "EINVAL") throw error;
      writeAll(fds.fd, page.subarray(0, length), position);
    }
  };
  // The block a chunk begins in the middle of holds the end of the chunk before.
  const beginBlock = (recordId, fd, position) => {
    const filled = position % BLOCK;
    const rest = rests.get(recordId);
    if (rest?.end === position) page.set(rest.bytes);
    else for (let at = 0; at < filled; ) {
      const count = readSync(fd, page, at, filled - at, position - filled + at);
      if (count === 0) throw new Error("The chunk before is not there.");
      at += count;
    }
    return filled;
  };
  const endBlock = (recordId, fds, length, position, isLast) => {
    const whole = length - (length % BLOCK);
    if (whole > 0) writeBlocks(fds, whole, position);
    if (isLast) writeAll(fds.fd, page.subarray(whole, length), position + whole);
    if (isLast) rests.delete(recordId);
    else rests.set(recordId, { at: position + whole, end: position + length, bytes: page.slice(whole, length) });
  };
  // The hash that has seen every byte of an upload before this one, or null: then the file is read again at its end.
  const hashAt = (recordId, at) => {
    const kept = at === 0 ? { hash: createHash("sha256"), at: 0 } : running.get(recordId);
    running.delete(recordId);
    if (!kept || kept.at !== at) return null;
    running.set(recordId, kept);
    if (running.size > HASHES_KEPT) running.delete(running.keys().next().value);
    return kept;
  };
  const see = (kept, piece) => {
    kept?.hash.update(piece);
    if (kept) kept.at += piece.length;
  };
  const withFile = (path, flags, work) => {
    const fd = openSync(path, flags, 0o600);
    try {
      return work(fd);
    } finally {
      closeSync(fd);
    }
  };
  const { O_CREAT, O_DIRECT, O_EXCL, O_RDWR, O_WRONLY } = constants;
  // Bytes that nobody reads again soon go past the page cache, where the file system knows such writes.
  const openDirect = (path) => {
    try {
      return O_DIRECT === undefined ? null : openSync(path, O_WRONLY | O_DIRECT);
    } catch (error) {
      if (error.code !== "EINVAL") throw error;
      return null;
    }
  };
  // Answers the folders that got a new name in them, or null where something of the file lies already.
  const makeFresh = (folder) => {
    const [half, root] = [dirname(folder), dirname(dirname(folder))];
    try {
      mkdirSync(folder, { mode: 0o700 });
      return [folder, half];
    } catch (error) {
      if (error.code === "EEXIST") return null;
      if (error.code !== "ENOENT") throw error;
    }
    // The first of its half.
    mkdirSync(half, { recursive: true, mode: 0o700 });
    const fresh = makeFresh(folder);
    return fresh && [...fresh, root];
  };
  const acts = {
    // A file of one chunk, from its folder to the last byte on the disk. Without a hash, something lay there before, and
    // nothing was done.
    keep({ folder, isDirect, ...chunk }) {
      const fresh = makeFresh(folder);
      if (!fresh) return { bytes: chunk.bytes, sha256: null };
      const body = join(folder, "body");
      const value = withFile(body, O_RDWR | O_CREAT | O_EXCL, (fd) => {
        const directFd = isDirect ? openDirect(body) : null;
        try {
          const sealed = acts.seal({ ...chunk, at: 0, hashed: 0, isLast: true, fd, directFd, position: 0 });
          fdatasyncSync(fd);
          return sealed;
        } finally {
          if (directFd !== null) closeSync(directFd);
        }
      });
      // After the bytes: most file systems have written the new names down with them, and then this costs nothing.
      for (const named of fresh) withFile(named, "r", fsyncSync);
      return value;
    },
    hash({ recordId, at, bytes, from, to }) {
      see(hashAt(recordId, at), bytes.subarray(from, to));
      return { bytes, sha256: null };
    },
    seal({ recordId, at, hashed, isLast, key, nonce, aad, bytes, to, fd, directFd, position }) {
      const kept = hashAt(recordId, at + hashed);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(aad);
      const first = nonce.length;
      const isDirect = directFd !== null && BLOCK + first + to + TAG_BYTES <= page.length;
      const filled = isDirect ? beginBlock(recordId, fd, position) : 0;
      const target = isDirect ? page.subarray(filled) : bytes;
      target.set(nonce);
      let written = 0;
      for (let done = 0; done < to; done += PIECE) {
        const end = first + Math.min(done + PIECE, to);
        const piece = bytes.subarray(first + done, end);
        see(kept, piece.subarray(Math.min(piece.length, Math.max(0, hashed - done))));
        const sealed = cipher.update(piece);
        target.set(sealed, first + done);
        if (sealed.buffer.byteLength === sealed.byteLength) sealed.buffer.transfer(0);
        if (isDirect) continue;
        writeAll(fd, bytes.subarray(written, end), position + written);
        written = end;
      }
      cipher.final();
      target.set(cipher.getAuthTag(), first + to);
      const length = first + to + TAG_BYTES;
      if (isDirect) endBlock(recordId, { fd, directFd }, filled + length, position - filled, isLast);
      else writeAll(fd, bytes.subarray(written, length), position + written);
      const sha256 = isLast && kept ? kept.hash.digest("hex") : null;
      if (isLast) running.delete(recordId);
      return { bytes, sha256 };
    },
    flush({ recordId, fd }) {
      const rest = rests.get(recordId);
      if (rest) writeAll(fd, rest.bytes, rest.at);
      return null;
    },
    forget({ recordId, isKept }) {
      rests.delete(recordId);
      if (!isKept) running.delete(recordId);
      return null;
    },
  };
  parentPort.on("message", ({ id, act, facts }) => {
    try {
      const value = acts[act](facts);
      parentPort.postMessage({ id, value }, value ? [value.bytes.buffer] : []);
    } catch (error) {
      parentPort.postMessage({ id, error: { message: String(error), code: error.code } });
    }
  });
`;

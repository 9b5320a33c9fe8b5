import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { makePdf } from "@/prisma/seed/files/pdf";
import { ApiClient, until, uploadFile } from "../support/api";
import { CALM, must } from "../support/main-job";
import { SecondProduct } from "../support/second-product";
import { S3Server } from "../support/s3-server";

const CALM_CONTACT = {
  contact: { name: "Samira Haddad", email: "s3@example.test", country: "AE" },
  redFlags: CALM,
};
const MIB = 1024 ** 2;

/** A PDF that takes more than one object of the store: its end is a comment of many letters. */
function longPdf(bytes: number): Buffer {
  return Buffer.concat([
    makePdf([["Echo of the mitral valve"]]),
    Buffer.from("\n%"),
    Buffer.alloc(bytes, "valvia "),
  ]);
}

async function bytesOf({ base, token }: ApiClient, id: string, range: string | null): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(range ? { range } : {}) };
  return fetch(`${base}/api/v1/records/${id}/content`, { headers });
}

test("the built product keeps its records in an S3 store: sent, checked, read in ranges, away, erased", async () => {
  test.setTimeout(180_000);
  const store = await S3Server.start();
  const product = await SecondProduct.start("valvia_s3", store.environment);
  try {
    const account = {
      email: "s3@example.test",
      password: "a long sentence to remember",
      name: "Samira Haddad",
    };
    const made = await new ApiClient(null, product.address).post<{ token: string }>("/accounts", {
      ...account,
      locale: "en",
    });
    const patient = new ApiClient(must(made, 201).token, product.address);
    const told = { treatment: "teer", problem: "Leaky mitral valve", ...CALM_CONTACT };
    const { id: caseId } = must(await patient.post<{ id: string }>("/cases", told), 201);
    const bytes = longPdf(9 * MIB);
    const id = await uploadFile(patient, caseId, { name: "echo.pdf", bytes });
    const record = () => patient.get<{ state: string }>(`/records/${id}`);
    await until(record, ({ body }) => body.state === "readable");

    const part = await bytesOf(patient, id, `bytes=${8 * MIB - 10}-${8 * MIB + 9}`);
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(8 * MIB - 10, 8 * MIB + 10))).toBe(
      true,
    );
    const whole = await bytesOf(patient, id, null);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    // Nothing of it lies on the disk of the product.
    const files = await readdir(path.join(product.data, "files"), { recursive: true }).catch(() => []);
    expect(files.filter((name) => name.includes(id))).toEqual([]);

    await store.stop();
    const away = await bytesOf(patient, id, null);
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ code: "store_away" });
    await store.begin();
    await until(
      () => bytesOf(patient, id, "bytes=0-3"),
      ({ status }) => status === 206,
    );

    must(await patient.delete(`/records/${id}`), 204);
    expect((await bytesOf(patient, id, null)).status).toBe(404);
    await until(
      () => store.names(),
      (names) => names.every((name) => !name.includes(id)),
    );
  } finally {
    await product.stop();
    await store.clear();
  }
});

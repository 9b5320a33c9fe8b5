import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blankingOf, layOver, tailBlank } from "@/lib/records/blanking";
import { ruledTags, ruleOf } from "@/lib/records/confidentiality";
import { walkElements } from "@/lib/records/element";
import { makeDicom } from "../../support/dicom";
import { dicomOf, type Element, type SyntaxName, written } from "../../support/dicom-elements";

const digest = (value: string) => createHmac("sha256", "one case, one centre").update(value).digest();
const other = (value: string) => createHmac("sha256", "another centre").update(value).digest();
const SYNTAXES: SyntaxName[] = ["implicit", "explicit", "big"];
const NAME = "PETROVA ANNA";

/** The copy of a file; null when there can be none. */
function copyOf(file: Buffer, key = digest): Buffer | null {
  const blanking = blankingOf(file, key);
  if (!blanking) return null;
  const { pixels, syntax } = blanking;
  const end = pixels?.length == null ? file.length : pixels.at + pixels.length;
  const copy = Buffer.from(file);
  layOver(copy, 0, [...blanking.blanks, ...(tailBlank(end, file.length, syntax) ?? [])]);
  return copy;
}

const text = (tag: number, value = NAME, vr = "LO"): Element => ({ tag, vr, value });
const sequence = (tag: number, ...elements: Element[]): Element => ({ tag, vr: "SQ", value: [elements] });
const open = (tag: number, ...elements: Element[]): Element => ({
  ...sequence(tag, ...elements),
  isOpen: true,
});
const PIXELS: Element = { tag: 0x7fe00010, vr: "OW", value: Buffer.from("PIXELSPIXELS") };

describe("a copy without the name", () => {
  it.each(SYNTAXES)("keeps nothing of any element the profile takes out (%s)", (name) => {
    for (const tag of ruledTags().filter((one) => one >>> 16 > 2 && one >>> 16 < 0x7fe0)) {
      const { vr = "", action } = ruleOf(tag) ?? {};
      if (vr === "SQ" || action === "moment" || action === "trait") continue;
      const secret = vr === "UI" ? "1.2.276.9876543.21" : NAME;
      const file = dicomOf([text(tag, secret, vr), PIXELS], name);
      const copy = copyOf(file);
      const isGone = copy === null || (!copy.includes(secret) && copy.length === file.length);
      expect(isGone, tag.toString(16)).toBe(true);
    }
  });

  it.each(SYNTAXES)("looks into sequences however deep, and private ones (%s)", (name) => {
    const deep = [
      sequence(0x00081115, open(0x00081199, text(0x00100010, NAME, "PN"))),
      sequence(0x00400275, sequence(0x00321064, text(0x00080104))),
      open(0x00091002, sequence(0x00091003, text(0x00080060, NAME, "CS"))),
      sequence(0x00091004, text(0x00091005, NAME, "UN")),
      text(0x00111010, NAME, "UN"),
    ];
    const file = dicomOf([...deep.toSorted((a, b) => a.tag - b.tag), PIXELS], name);
    const copy = copyOf(file);
    expect(file.toString("latin1").split(NAME)).toHaveLength(6);
    expect(copy?.includes(NAME)).toBe(false);
    const tags = (bytes: Buffer) => walkElements(bytes)?.leaves.map((leaf) => leaf.tag);
    expect(copy && tags(copy)).toEqual(tags(file));
  });

  it("finds an element that stands there twice, and one in an unknown wrapping", () => {
    const hidden = written([{ ...open(0x00091002, text(0x00100010)), isOpen: false }], "implicit").subarray(
      8,
    );
    const file = dicomOf(
      [
        text(0x00080016, "1.2.840.10008.5.1.4.1.1.2", "UI"),
        { tag: 0x00081140, vr: "UN", value: hidden },
        text(0x00100010, NAME, "PN"),
        text(0x00100010, NAME, "PN"),
        PIXELS,
      ],
      "explicit",
    );
    expect(copyOf(file)?.includes(NAME)).toBe(false);
    expect(copyOf(file)?.includes("1.2.840.10008.5.1.4.1.1.2")).toBe(true);
  });

  it("covers gigabytes behind the pixels without holding them", () => {
    const [at, size] = [1_000, 3 * 1_024 ** 3];
    const blanks = tailBlank(at, size, { isExplicit: true, isLittle: true }) ?? [];
    expect(tailBlank(at, 5 * 1_024 ** 3, { isExplicit: true, isLittle: true })).toBeNull();
    expect(blanks.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(100);
    for (const from of [at + 6, at + 500, size - 40]) {
      const piece = Buffer.alloc(60, "x");
      layOver(piece, from, blanks);
      const covered = piece.subarray(0, Math.min(60, size - from));
      expect(covered.includes("x"), String(from)).toBe(false);
      expect(piece.subarray(covered.length).every((byte) => byte === 0x78)).toBe(true);
    }
  });

  it.each(SYNTAXES)("covers all that stands behind the pixels, as one piece of padding (%s)", (name) => {
    const behind = written(
      [text(0x7fe11010, NAME, "LO"), sequence(0xfffafffa, text(0x04000115, NAME, "OB"))],
      name,
    );
    const file = dicomOf([PIXELS], name, behind);
    const copy = copyOf(file);
    expect(copy?.includes(NAME)).toBe(false);
    expect(copy?.includes("PIXELSPIXELS")).toBe(true);
    const padding = written([{ tag: 0xfffcfffc, vr: "OB", value: Buffer.alloc(0) }], name).subarray(0, 4);
    expect(copy?.indexOf(padding)).toBe(file.length - behind.length);
  });

  it("keeps the day of the examination, sex, age and size, but no age above ninety and nothing else in their place", () => {
    const kept = (elements: Element[]) =>
      copyOf(dicomOf([...elements, PIXELS], "explicit"))?.toString("latin1");
    const all = [
      text(0x00080020, "20260312", "DA"),
      text(0x00100040, "F ", "CS"),
      text(0x00101010, "079Y", "AS"),
    ];
    for (const { value } of all) expect(kept(all)).toContain(value as string);
    expect(kept([text(0x00101010, "097Y", "AS")])).toContain("090Y");
    const odd = [text(0x00080020, "PETROVA ", "DA"), text(0x00100040, "PETROVA ", "CS")];
    expect(kept(odd)).not.toContain("PETROVA");
  });

  it("gives a study other UIDs that hold it together, as long as before, and none to whom they belong", () => {
    const uids = fc
      .array(fc.nat(99_999), { minLength: 1, maxLength: 9 })
      .map((arcs) => `1.3.${arcs.join(".")}`);
    fc.assert(
      fc.property(uids, (uid) => {
        const file = dicomOf([text(0x0020000d, uid, "UI"), text(0x00081155, uid, "UI"), PIXELS], "explicit");
        const told = walkElements(copyOf(file) ?? Buffer.alloc(0));
        const values = told?.leaves
          .slice(1)
          .map(({ at, length }) => copyOf(file)?.toString("latin1", at, at + length));
        const [study = "", reference] = values ?? [];
        expect(reference).toBe(study);
        expect(study.replace(/\0$/, "")).toMatch(/^2(\.(0|[1-9]\d*))+$/);
        expect(study.replace(/\0$/, "")).toHaveLength(uid.length);
        expect(study).not.toContain(uid);
        if (uid.length > 12) expect(copyOf(file, other)?.includes(study)).toBe(false);
      }),
    );
  });

  it("is none of a report, a document, a deflated file, letters in spare bits and what cannot be read", async () => {
    const syntax = text(0x00020010, "1.2.840.10008.1.2.1.99", "UI");
    const deflated = Buffer.concat([
      Buffer.alloc(128),
      Buffer.from("DICM"),
      written([syntax, PIXELS], "explicit"),
    ]);
    const none = [
      dicomOf([sequence(0x0040a730, text(0x0040a160, NAME, "UT"))], "explicit"),
      dicomOf([{ tag: 0x00420011, vr: "OB", value: Buffer.from("%PDF") }], "explicit"),
      dicomOf([{ tag: 0x60000102, vr: "US", value: Buffer.from([12, 0]) }, PIXELS], "explicit"),
      dicomOf([text(0x00100010, NAME, "PN")], "explicit").subarray(0, -3),
      deflated,
      Buffer.from(NAME),
    ];
    for (const file of none) expect(blankingOf(file, digest)).toBeNull();
    expect(blankingOf(await makeDicom({ frames: 1 }), digest)).not.toBeNull();
  });

  it("never throws, whatever the bytes", () => {
    const file = dicomOf([sequence(0x00400275, text(0x00080104)), text(0x00100010), PIXELS], "explicit");
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(file);
        changed[at] = value;
        copyOf(changed);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the same in pieces, cut anywhere", () => {
    const file = dicomOf(
      [sequence(0x00400275, text(0x00080104)), text(0x00100010), PIXELS],
      "explicit",
      Buffer.from(NAME),
    );
    const blanking = blankingOf(file, digest);
    const whole = copyOf(file);
    const blanks = [
      ...(blanking?.blanks ?? []),
      ...(tailBlank(file.length - NAME.length, file.length, { isExplicit: true, isLittle: true }) ?? []),
    ];
    fc.assert(
      fc.property(fc.nat(file.length), fc.nat(file.length), (one, two) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)];
        const piece = Buffer.from(file.subarray(from, to));
        layOver(piece, from, blanks);
        expect(piece.equals(whole?.subarray(from, to) ?? Buffer.alloc(0))).toBe(true);
      }),
    );
  });
});

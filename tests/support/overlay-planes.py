"""Lays planes over a copy of a file: source, target, kind. Called by pack-dicom.mjs.

"graphic": a plane wider than the picture and one that begins outside of it. "frames": one plane a frame, from the second
frame on. "embedded": in the highest bits of the stored values, as older machines wrote.
"""

import struct
import sys

import pydicom

SOURCE, TARGET, KIND = sys.argv[1:4]
file = pydicom.dcmread(SOURCE)


def packed(points):
    data = bytearray((len(points) + 15) // 16 * 2)
    for at, point in enumerate(points):
        data[at // 8] |= point << (at % 8)
    return bytes(data)


def add(group, rows, columns, origin, points, more=()):
    head = [
        (0x0010, "US", rows),
        (0x0011, "US", columns),
        (0x0040, "CS", "G"),
        (0x0050, "SS", origin),
        (0x0100, "US", 1),
        (0x0102, "US", 0),
        *more,
    ]
    for element, vr, value in head:
        file.add_new((group, element), vr, value)
    if points is not None:
        file.add_new((group, 0x3000), "OW", packed(points))


def rings(rows, columns, step):
    return [int((x * x + y * y) // step % 7 == 0) for y in range(rows) for x in range(columns)]


rows, columns = file.Rows, file.Columns
if KIND == "graphic":
    add(0x6000, rows + 7, columns + 9, [-3, -4], rings(rows + 7, columns + 9, 40))
    add(0x6002, 13, 21, [30, 50], rings(13, 21, 3))
elif KIND == "frames":
    frames = 3
    file.NumberOfFrames = frames
    file.PixelData = file.PixelData * frames
    planes = [point for frame in range(2) for point in rings(rows - 1, columns - 3, 20 + frame * 30)]
    add(0x6000, rows - 1, columns - 3, [2, 3], planes, [(0x0015, "IS", 2), (0x0051, "US", 2)])
else:
    words = struct.unpack(f"<{rows * columns}H", file.PixelData)
    marks = [rings(rows, columns, 40), rings(rows, columns, 90)]
    held = [(word & 0xFFF) | one << 12 | other << 15 for word, one, other in zip(words, *marks)]
    file.PixelData = struct.pack(f"<{rows * columns}H", *held)
    file.BitsStored, file.HighBit, file.PixelRepresentation = 12, 11, 0
    for name in ("SmallestImagePixelValue", "LargestImagePixelValue", "PixelPaddingValue"):
        if name in file:
            delattr(file, name)
    for group, bit in ((0x6000, 12), (0x6004, 15)):
        add(group, rows, columns, [1, 1], None)
        file[group, 0x0100].value, file[group, 0x0102].value = 16, bit
file.save_as(TARGET)

"""Writes a file of 64 by 64 points whose palette is told in segments, and what pydicom draws of it.

Called by pack-dicom.mjs: source, target, picture, bits of an entry (16 or 8).
"""

import struct
import sys

import pydicom
from pydicom.pixel_data_handlers.util import apply_color_lut

SOURCE, TARGET, PICTURE, BITS = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
TOP = 2**BITS - 1
QUARTER = TOP // 4
DISCRETE, LINE, EARLIER = 0, 1, 2
START = [0, 0] if BITS == 16 else [0, 0, 0, 0]

TABLES = {
    "Red": [DISCRETE, 2, 0, QUARTER, LINE, 62, TOP, LINE, 64, QUARTER, LINE, 64, 3 * QUARTER, LINE, 64, 0],
    "Green": [DISCRETE, 1, TOP, LINE, 63, 0, LINE, 64, TOP, LINE, 128, QUARTER],
    # The first two segments again, twice, by reference.
    "Blue": [DISCRETE, 1, QUARTER, LINE, 63, TOP, EARLIER, 2, *START, EARLIER, 2, *START, LINE, 64, 0],
}


def packed(words):
    data = struct.pack(f"<{len(words)}{'H' if BITS == 16 else 'B'}", *words)
    return data + b"\0" * (len(data) % 2)


file = pydicom.dcmread(SOURCE)
points = file.pixel_array[200:264, 200:264]
file.Rows = file.Columns = 64
file.PixelData = points.tobytes()
file.PhotometricInterpretation = "PALETTE COLOR"
for name, words in TABLES.items():
    setattr(file, f"{name}PaletteColorLookupTableDescriptor", [256, 0, BITS])
    file[f"{name}PaletteColorLookupTableDescriptor"].VR = "US"
    setattr(file, f"Segmented{name}PaletteColorLookupTableData", packed(words))
for name in ("WindowCenter", "WindowWidth", "RescaleSlope", "RescaleIntercept"):
    if name in file:
        delattr(file, name)
file.save_as(TARGET)

drawn = apply_color_lut(points, file)
with open(PICTURE, "wb") as picture:
    picture.write((drawn >> (BITS - 8)).astype("uint8").tobytes())

"""Puts one coded frame into a copy of a file: source, code stream, target, transfer syntax. Called by pack-dicom.mjs."""

import sys

import pydicom
from pydicom._uid_dict import UID_dictionary
from pydicom.encaps import encapsulate

SOURCE, FRAME, TARGET, SYNTAX = sys.argv[1:5]

# Younger than this pydicom.
UID_dictionary.setdefault(SYNTAX, ("", "Transfer Syntax", "", "", ""))

file = pydicom.dcmread(SOURCE)
with open(FRAME, "rb") as frame:
    file.PixelData = encapsulate([frame.read()])
file["PixelData"].VR = "OB"
file["PixelData"].is_undefined_length = True
file.file_meta.TransferSyntaxUID = SYNTAX
file.save_as(TARGET)

/** Raw pixels, three bytes each for ultrasound, two for CT. */
export interface Picture {
  bytes: Buffer;
  width: number;
  height: number;
}

/**
 * One moment of a drawn echo: a grey sector with walls, two leaflets that swing, and a coloured jet while they are
 * closed. `moment` runs from 0 to 1 through one beat. The speckle comes from a fixed seed: same bytes on every run.
 */
export function drawEcho(width: number, height: number, moment: number): Picture {
  const bytes = Buffer.alloc(width * height * 3);
  const open = (Math.sin(moment * 2 * Math.PI) + 1) / 2;
  const scale = height / 120;
  let seed = 12_345;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      const colour = echoAt((x - width / 2) / scale, y / scale - 4, open, seed);
      if (colour) bytes.set(colour, (y * width + x) * 3);
    }
  }
  return { bytes, width, height };
}

function echoAt(dx: number, dy: number, open: number, seed: number): number[] | null {
  const depth = Math.hypot(dx, dy);
  if (Math.abs(Math.atan2(dx, dy)) > 0.66 || depth > 112) return null;
  const isJet = open < 0.35 && depth > 63 && depth < 100 && Math.abs(dx) < 7;
  if (isJet) return [230, 120 + ((seed >> 4) & 63), 20];
  const isLeaflet = depth > 58 && depth < 63 && Math.abs(dx) > 4 + 12 * open;
  const isWall = Math.abs(Math.abs(dx) - 34) < 4 && depth > 30;
  const grey = isLeaflet ? 210 : isWall ? 170 : 30 + ((seed >> 8) & 31);
  return [grey, grey, grey];
}

/** One slice of a drawn chest: an oval body, a round aorta, air around. Values are shifted by 1024 as CT writes. */
export function drawSlice(width: number, height: number): Picture {
  const bytes = Buffer.alloc(width * height * 2);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [(x - width / 2) / (width / 2), (y - height / 2) / (height / 2)];
      const isBody = Math.hypot(dx * 1.1, dy * 1.3) < 1;
      const isAorta = Math.hypot(dx - 0.1, dy + 0.05) < 0.15;
      const hounsfield = isAorta ? 320 : isBody ? 40 : -1000;
      bytes.writeUInt16LE(hounsfield + 1024, (y * width + x) * 2);
    }
  }
  return { bytes, width, height };
}

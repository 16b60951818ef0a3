// Draw the app's icons: two people side by side under one arc. Run `node scripts/icons.mjs` after changing a shape.
// The PNGs are rasterised here, four samples a pixel each way, so that no drawing program is needed.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";

const DARK = [0, 71, 79];
const WHITE = [255, 255, 255];
const WARM = [255, 184, 28];
const SAMPLES = 4;

// Shapes in a 512 × 512 square. A body is the upper half of a disc above a base line.
const HEADS = [
  { x: 180, y: 226, r: 50, colour: WHITE },
  { x: 332, y: 226, r: 50, colour: WARM },
];
const BODIES = [
  { x: 180, y: 400, r: 96, colour: WHITE },
  { x: 332, y: 400, r: 96, colour: WARM },
];
const ARC = { x: 256, y: 300, inner: 190, outer: 214, top: 210, colour: WHITE };

const folder = fileURLToPath(new URL("../public/", import.meta.url));

function colourAt(x, y, scale) {
  const u = (x - 256) / scale + 256;
  const v = (y - 256) / scale + 256;
  for (const head of HEADS) if (Math.hypot(u - head.x, v - head.y) <= head.r) return head.colour;
  for (const body of BODIES) if (v <= body.y && Math.hypot(u - body.x, v - body.y) <= body.r) return body.colour;
  const far = Math.hypot(u - ARC.x, v - ARC.y);
  if (v <= ARC.top && far >= ARC.inner && far <= ARC.outer) return ARC.colour;
  return null;
}

function insideTile(x, y, radius) {
  const dx = Math.max(radius - x, x - (512 - radius), 0);
  const dy = Math.max(radius - y, y - (512 - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

function pixels(size, { scale, radius }) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const x = ((column + ((i % SAMPLES) + 0.5) / SAMPLES) * 512) / size;
        const y = ((row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * 512) / size;
        if (!insideTile(x, y, radius)) continue;
        const colour = colourAt(x, y, scale) ?? DARK;
        for (let c = 0; c < 3; c++) sum[c] += colour[c];
        sum[3] += 1;
      }
      const at = row * (size * 4 + 1) + 1 + column * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = sum[3] ? Math.round(sum[c] / sum[3]) : 0;
      rows[at + 3] = Math.round((sum[3] * 255) / (SAMPLES * SAMPLES));
    }
  }
  return rows;
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "ascii"), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}

function png(size, look) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const data = deflateSync(pixels(size, look), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function hex(colour) {
  return `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}

function svg() {
  const dx = (radius) => Math.sqrt(radius ** 2 - (ARC.y - ARC.top) ** 2);
  const [outer, inner] = [dx(ARC.outer), dx(ARC.inner)].map((n) => Number(n.toFixed(1)));
  const arc =
    `M${ARC.x - outer} ${ARC.top}A${ARC.outer} ${ARC.outer} 0 0 1 ${ARC.x + outer} ${ARC.top}` +
    `H${ARC.x + inner}A${ARC.inner} ${ARC.inner} 0 0 0 ${ARC.x - inner} ${ARC.top}Z`;
  const shapes = [
    `<path fill="${hex(ARC.colour)}" d="${arc}"/>`,
    ...HEADS.map((h) => `<circle fill="${hex(h.colour)}" cx="${h.x}" cy="${h.y}" r="${h.r}"/>`),
    ...[...BODIES].reverse().map(
      (b) => `<path fill="${hex(b.colour)}" d="M${b.x - b.r} ${b.y}a${b.r} ${b.r} 0 0 1 ${2 * b.r} 0Z"/>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="96" fill="${hex(DARK)}"/>${shapes.join("")}</svg>\n`;
}

const ROUNDED = { scale: 1, radius: 96 };
writeFileSync(`${folder}icon.svg`, svg());
writeFileSync(`${folder}icon-192.png`, png(192, ROUNDED));
writeFileSync(`${folder}icon-512.png`, png(512, ROUNDED));
writeFileSync(`${folder}icon-maskable-512.png`, png(512, { scale: 0.72, radius: 0 }));

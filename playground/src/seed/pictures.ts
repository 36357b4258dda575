import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Core } from '@strapi/strapi';

export type Colour = readonly [red: number, green: number, blue: number];

export interface Picture {
  /** With its extension, `.png` or `.svg`. */
  fileName: string;
  alternativeText: string;
  bytes: Buffer;
}

const mimeTypes: Record<string, string> = { '.png': 'image/png', '.svg': 'image/svg+xml' };

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

/** A PNG (8-bit RGB, no filter) that fades from `from` (top left) to `to` (bottom right). */
export function gradientPng(width: number, height: number, from: Colour, to: Colour): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rowBytes = 1 + width * 3;
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const share = (x / width + y / height) / 2;
      const pixel = [0, 1, 2].map((i) => Math.round(from[i] + (to[i] - from[i]) * share));
      rows.set(pixel, y * rowBytes + 1 + x * 3);
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An SVG card with one word on it. */
export function wordSvg(word: string, [red, green, blue]: Colour): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200">` +
      `<rect width="320" height="200" rx="16" fill="rgb(${red},${green},${blue})"/>` +
      `<text x="160" y="116" font-family="sans-serif" font-size="44" text-anchor="middle" fill="#fff">${word}</text>` +
      `</svg>\n`,
  );
}

/** Puts the pictures into the media library and gives the id of each, in the same order. */
export async function uploadPictures(strapi: Core.Strapi, pictures: readonly Picture[]): Promise<number[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'playground-pictures-'));
  try {
    const files = await Promise.all(
      pictures.map(async ({ fileName, bytes }) => {
        const filepath = path.join(folder, fileName);
        await writeFile(filepath, bytes);
        return {
          filepath,
          originalFilename: fileName,
          mimetype: mimeTypes[path.extname(fileName)],
          size: bytes.length,
        };
      }),
    );
    const fileInfo = pictures.map(({ fileName, alternativeText }) => ({ name: fileName, alternativeText }));
    const uploaded = await strapi.plugin('upload').service('upload').upload({ data: { fileInfo }, files });
    return uploaded.map((file: { id: number }) => file.id);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { AttestationStatus } from '../attestation.ts';
import { badgeSize, badgeSvg } from '../badge.ts';

/** Width of the image in pixels: sharp on a printed page and on a dense screen. */
const PIXELS = 3 * badgeSize.width;

/** The badge as a PNG image, for where SVG is not taken: letters, signatures of messages. Two images in all, drawn once. */
export const badgePng = async (status: AttestationStatus): Promise<Uint8Array<ArrayBuffer>> => {
  const svg = badgeSvg(status);
  const before = drawn.get(svg);
  if (before) return before;
  loading ??= readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')).then(initWasm);
  await loading;
  const png = new Uint8Array(new Resvg(svg, { fitTo: { mode: 'width', value: PIXELS } }).render().asPng());
  drawn.set(svg, png);
  return png;
};

const drawn = new Map<string, Uint8Array<ArrayBuffer>>();
let loading: Promise<void> | undefined;

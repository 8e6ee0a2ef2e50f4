import { describe, expect, it } from 'vitest';
import { badgePng } from './badge-image.ts';

/** Width and height, from the head of the file. */
const sizeOf = (png: Uint8Array): readonly [number, number] => {
  const view = new DataView(png.buffer);
  return [view.getUint32(16), view.getUint32(20)];
};

describe('the badge as an image', () => {
  it('is a PNG three times as large, another one when the attestation does not hold', async () => {
    const [valid, withdrawn, again] = [await badgePng('given'), await badgePng('withdrawn'), await badgePng('given')];
    expect([...valid.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(sizeOf(valid)).toEqual([1152, 336]);
    expect(Buffer.compare(valid, withdrawn)).not.toBe(0);
    expect(again).toBe(valid);
  });
});

import { describe, expect, test } from 'vitest';
import { readForm } from './form.ts';

const sent = (body: BodyInit, type?: string): Request =>
  new Request('http://localhost/contact', {
    ...{ method: 'POST', body, duplex: 'half' },
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  } as RequestInit);

describe('a form', () => {
  test('is read as the browser sends it, one way or the other', async () => {
    const parts = new FormData();
    parts.set('text', 'é');
    for (const body of [new URLSearchParams({ text: 'é' }), parts]) {
      expect((await readForm(sent(body)))?.get('text')).toBe('é');
    }
  });

  test.each([
    ['without an envelope', 'text=a', 'text/plain'],
    ['whose parts have no boundary', 'text=a', 'multipart/form-data'],
    [
      'cut before its end',
      '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na',
      'multipart/form-data; boundary=x',
    ],
  ])('%s is nothing that can be read', async (_what, body, type) => {
    expect(await readForm(sent(body, type))).toBeUndefined();
  });

  test('that is too large stays the refusal that it is', async () => {
    const tooLarge = new (class extends Error {})('too large');
    const body = new ReadableStream({ pull: (controller) => controller.error(tooLarge) });
    await expect(readForm(sent(body, 'application/x-www-form-urlencoded'))).rejects.toBe(tooLarge);
  });
});

/**
 * A sheet that a professional makes for a family: a few places and a word. It lives in the fragment of an address, which
 * browsers never send: nothing of it reaches a server.
 */
export interface Sheet {
  readonly word: string;
  readonly places: readonly SheetPlace[];
}

export interface SheetPlace {
  readonly title: string;
  readonly detail: string;
  readonly address: string;
  readonly phone: string;
  /** Path of its page on this site. */
  readonly href: string;
}

/** At most this many places and signs: more does not stand on a sheet, nor in a code. */
export const MOST_PLACES = 6;
export const MOST_WORD = 400;
/** Longest address that a telephone reads from a screen without pain. */
export const MOST_CODE = 1_200;

/** The fragment of a sheet: `1.` for the way it is written, then its JSON, deflated, in letters that addresses allow. */
export const writeSheet = async (sheet: Sheet): Promise<string> => {
  const compact = [
    sheet.word,
    ...sheet.places.map(({ title, detail, address, phone, href }) => [title, detail, address, phone, href]),
  ];
  const bytes = await through(new TextEncoder().encode(JSON.stringify(compact)), new CompressionStream('deflate-raw'));
  return `1.${base64Url(bytes)}`;
};

/** Reads a fragment; undefined for one that is cut, changed or too large. Never throws. */
export const readSheet = async (fragment: string): Promise<Sheet | undefined> => {
  const [, text] = /^#?1\.([\w-]{1,4000})$/.exec(fragment) ?? [];
  if (text === undefined) return undefined;
  try {
    const bytes = await through(fromBase64Url(text), new DecompressionStream('deflate-raw'), 20_000);
    const [word, ...places] = JSON.parse(new TextDecoder().decode(bytes)) as unknown[];
    if (typeof word !== 'string' || word.length > MOST_WORD || places.length > MOST_PLACES) return undefined;
    const read = places.map(readPlace);
    return read.every((place) => place !== undefined) ? { word, places: read } : undefined;
  } catch {
    return undefined;
  }
};

const readPlace = (value: unknown): SheetPlace | undefined => {
  if (!Array.isArray(value) || value.length !== 5 || !value.every((part) => typeof part === 'string')) return undefined;
  const [title = '', detail = '', address = '', phone = '', href = ''] = value;
  // Only pages of this site: a sheet that was tampered with must not lead elsewhere.
  return /^\/(lieux|services)\/[\w-]+$/.test(href) ? { title, detail, address, phone, href } : undefined;
};

const through = async (
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) throw new RangeError('too large');
    parts.push(part.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

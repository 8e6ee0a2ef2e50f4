import type { SegmentData } from './segment.ts';

/**
 * A segment as one file, to be kept on a telephone and searched by the same code as on the server. Layout: `MJP2`, the
 * length of the header (4 bytes), the header in JSON, then the buffers, each on a multiple of 8 bytes.
 */
const MAGIC = 0x4d4a5032;

type Typed = 'i32' | 'u32' | 'u8' | 'f32' | 'raw';

interface Entry {
  readonly path: string;
  readonly type: Typed;
  readonly start: number;
  readonly bytes: number;
}

interface Header {
  readonly values: Readonly<Record<string, unknown>>;
  readonly entries: readonly Entry[];
}

const typeOf = (value: unknown): Typed | undefined => {
  if (value instanceof ArrayBuffer) return 'raw';
  if (value instanceof Int32Array) return 'i32';
  if (value instanceof Uint32Array) return 'u32';
  if (value instanceof Uint8Array) return 'u8';
  return value instanceof Float32Array ? 'f32' : undefined;
};

/** The file of a segment. */
export const writePack = (data: SegmentData): Uint8Array<ArrayBuffer> => {
  const values: Record<string, unknown> = {};
  const parts: { entry: Entry; bytes: Uint8Array }[] = [];
  let length = 0;
  const gather = (object: object, prefix: string): void => {
    for (const [name, value] of Object.entries(object)) {
      const type = typeOf(value);
      if (type) {
        const bytes =
          value instanceof ArrayBuffer
            ? new Uint8Array(value)
            : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        parts.push({ entry: { path: prefix + name, type, start: length, bytes: bytes.length }, bytes });
        length += Math.ceil(bytes.length / 8) * 8;
      } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) gather(value, `${name}.`);
      else values[prefix + name] = value;
    }
  };
  gather(data, '');
  const header = new TextEncoder().encode(JSON.stringify({ values, entries: parts.map(({ entry }) => entry) }));
  const start = Math.ceil((8 + header.length) / 8) * 8;
  const file = new Uint8Array(start + length);
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, header.length);
  file.set(header, 8);
  for (const { entry, bytes } of parts) file.set(bytes, start + entry.start);
  return file;
};

/** Reads such a file; undefined for one that is cut or of another kind. Nothing is copied. */
export const readPack = (file: ArrayBuffer): SegmentData | undefined => {
  if (file.byteLength < 8) return undefined;
  const view = new DataView(file);
  const length = view.getUint32(4);
  if (view.getUint32(0) !== MAGIC || 8 + length > file.byteLength) return undefined;
  try {
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length))) as Header;
    const start = Math.ceil((8 + length) / 8) * 8;
    const data: Record<string, unknown> = {};
    for (const [path, value] of Object.entries(header.values)) put(data, path, value);
    for (const { path, type, start: at, bytes } of header.entries) {
      if (start + at + bytes > file.byteLength) return undefined;
      put(data, path, typed(file, type, start + at, bytes));
    }
    return isWhole(data) ? data : undefined;
  } catch {
    return undefined;
  }
};

/** Every part of a segment, and how to know it: a file of an older or newer version lacks one. */
const columns: Readonly<Record<keyof SegmentData, (value: unknown) => boolean>> = (() => {
  const a =
    (kind: abstract new (...given: never[]) => unknown) =>
    (value: unknown): boolean =>
      value instanceof kind;
  const number = (value: unknown): boolean => typeof value === 'number';
  /** Names, and two columns told of them. */
  const named =
    (...told: readonly string[]) =>
    (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      Reflect.get(value, 'names') instanceof Uint8Array &&
      ['nameStarts', ...told].every((name) => Reflect.get(value, name) instanceof Uint32Array);
  return {
    ...{ count: number, located: number, weekCount: number, firstWeek: number },
    ...{ ids: a(Int32Array), services: a(Int32Array), sites: a(Int32Array), tours: a(Int32Array) },
    ...{ byId: a(Uint32Array), tree: a(ArrayBuffer), vectors: a(Float32Array), traits: a(Uint32Array) },
    ...{ zones: a(Uint8Array), zoneNames: Array.isArray, unsure: a(Uint8Array) },
    ...{ timetables: a(Uint32Array), weeks: a(Uint32Array), usual: a(Uint32Array), bitmaps: a(Uint32Array) },
    ...{ shown: a(Uint8Array), shownStarts: a(Uint32Array), shownEnds: a(Uint32Array) },
    ...{ communes: named('rows', 'rowStarts'), areas: named('rows', 'rowStarts') },
    words: named('words', 'wordStarts'),
  };
})();

const isWhole = (data: object): data is SegmentData =>
  Object.entries(columns).every(([name, fits]) => fits(Reflect.get(data, name)));

const typed = (file: ArrayBuffer, type: Typed, start: number, bytes: number): unknown => {
  if (type === 'raw') return file.slice(start, start + bytes);
  if (type === 'i32') return new Int32Array(file, start, bytes / 4);
  if (type === 'u32') return new Uint32Array(file, start, bytes / 4);
  return type === 'u8' ? new Uint8Array(file, start, bytes) : new Float32Array(file, start, bytes / 4);
};

const put = (data: Record<string, unknown>, path: string, value: unknown): void => {
  const [group = '', name] = path.split('.');
  if (name === undefined) data[group] = value;
  else {
    const inside = (data[group] ?? {}) as Record<string, unknown>;
    inside[name] = value;
    data[group] = inside;
  }
};

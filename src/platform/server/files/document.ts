import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { oneLine } from '#platform/text.ts';
import { readArchive } from './archive.ts';

/** The documents that may be sent: known by what they are made of, and by the ends that their names may have. */
export const documentKinds = {
  pdf: { mediaType: 'application/pdf', ends: ['pdf'] },
  jpeg: { mediaType: 'image/jpeg', ends: ['jpg', 'jpeg'] },
  png: { mediaType: 'image/png', ends: ['png'] },
  webp: { mediaType: 'image/webp', ends: ['webp'] },
  odt: { mediaType: 'application/vnd.oasis.opendocument.text', ends: ['odt'] },
  ods: { mediaType: 'application/vnd.oasis.opendocument.spreadsheet', ends: ['ods'] },
  odp: { mediaType: 'application/vnd.oasis.opendocument.presentation', ends: ['odp'] },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ends: ['docx'] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ends: ['xlsx'] },
  pptx: { mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', ends: ['pptx'] },
} as const;
export type DocumentKind = keyof typeof documentKinds;

/** What `accept` says in a form. */
export const acceptedEnds = Object.values(documentKinds)
  .flatMap(({ ends }) => ends.map((end) => `.${end}`))
  .join(',');

/** Bytes kept of the beginning and of the end of a file: enough to know it without reading it again. */
const HEAD = 4_096;
const TAIL = 1_048_576;

/** A content as it passes, of which the beginning and the end are kept. */
export interface Watched {
  readonly content: AsyncIterable<Uint8Array>;
  /** What it is, once it has passed whole. Refuses what is no document that may be sent, or not the one its name tells. */
  kind(name: string): Result<DocumentKind>;
}

/** Watches a content while somebody else keeps it: nothing is read twice, nor held whole in memory. */
export const watched = (content: AsyncIterable<Uint8Array>): Watched => {
  let head = new Uint8Array(0);
  let tail: Uint8Array[] = [];
  let [held, bytes] = [0, 0];
  const pass = async function* (): AsyncGenerator<Uint8Array> {
    for await (const part of content) {
      if (head.length < HEAD) head = joined([head, part.subarray(0, HEAD - head.length)]);
      tail.push(part);
      held += part.length;
      bytes += part.length;
      for (let first = tail[0]; first && held - first.length >= TAIL; first = tail[0]) {
        held -= first.length;
        tail = tail.slice(1);
      }
      yield part;
    }
  };
  return {
    content: pass(),
    kind: (name) => {
      const kind = kindOf(head, joined(tail), bytes);
      if (!kind.ok) return kind;
      return kind.value === kindOfName(name) ? kind : refuse(misnamed);
    },
  };
};

/** The name of a file as it is shown: one line, no folder, a reasonable length. */
export const documentName = (typed: string): string => {
  const whole = oneLine(typed.normalize('NFC').toWellFormed()).replaceAll(/^.*[/\\]/g, '');
  const name = oneLine(whole.replaceAll(/["<>|:*?]/g, ' '));
  const [, stem = name, end = ''] = /^(.*)(\.[^.]{1,8})$/.exec(name) ?? [];
  return `${stem.slice(0, 100)}${end}`;
};

/** The kind that a name tells, or nothing for one that may not be sent. */
export const kindOfName = (name: string): DocumentKind | undefined => {
  const end = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  const kinds = Object.keys(documentKinds) as DocumentKind[];
  return kinds.find((kind) => documentKinds[kind].ends.some((known) => known === end));
};

/** The refusal of what may not be sent, by its name or by what it is made of. */
export const notSent: Refusal = {
  code: 'file_type',
  message: 'Joignez un PDF, une image (JPEG, PNG, WebP) ou un document ODT, ODS, ODP, DOCX, XLSX ou PPTX.',
};

const kindOf = (head: Uint8Array, tail: Uint8Array, bytes: number): Result<DocumentKind> => {
  const begins = (text: string, at = 0): boolean =>
    [...text].every((sign, index) => head[at + index] === sign.charCodeAt(0));
  if (begins('%PDF-')) return ok('pdf');
  if (begins('\xff\xd8\xff')) return ok('jpeg');
  if (begins('\x89PNG\r\n\x1a\n')) return ok('png');
  if (begins('RIFF') && begins('WEBP', 8)) return ok('webp');
  if (!begins('PK\x03\x04')) return refuse(notSent);
  const entries = readArchive(tail, bytes);
  if (!entries.ok) return entries;
  const names = entries.value.map(({ name }) => name);
  if (names.some((name) => macros.test(name))) return refuse(withMacros);
  // The first entry of an OpenDocument is its type, as it is (OpenDocument 1.3, part 2, section 3.3).
  for (const kind of ['odt', 'ods', 'odp'] as const) {
    const type = documentKinds[kind].mediaType;
    if (begins(`mimetype${type}`, 30) && names[0] === 'mimetype' && entries.value[0]?.size === type.length)
      return ok(kind);
  }
  if (!names.includes('[Content_Types].xml')) return refuse(notSent);
  if (names.includes('word/document.xml')) return ok('docx');
  if (names.includes('xl/workbook.xml')) return ok('xlsx');
  return names.includes('ppt/presentation.xml') ? ok('pptx') : refuse(notSent);
};

/** Where office documents keep what runs. */
const macros = /(^|\/)(vbaProject\.bin|vbaData\.xml)$|^xl\/macrosheets\/|^(Basic|Scripts)\//i;

const withMacros: Refusal = {
  code: 'file_macros',
  message: 'Ce document contient des macros. Enregistrez-le sans macros, ou en PDF, puis joignez-le.',
};
const misnamed: Refusal = {
  code: 'file_misnamed',
  message: 'Le nom de ce fichier ne dit pas ce qu’il contient. Enregistrez-le sous son vrai type, puis joignez-le.',
};

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));

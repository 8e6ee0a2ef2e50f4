import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { documentName, kindOfName, watched } from './document.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

async function* inPieces(content: Uint8Array, size = 700): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** What a file is told to be, after having passed whole. */
const told = async (content: Uint8Array, name: string, size?: number) => {
  const watch = watched(inPieces(content, size));
  const passed = Buffer.concat(await Array.fromAsync(watch.content));
  expect(passed.equals(content)).toBe(true);
  const kind = watch.kind(name);
  return kind.ok ? kind.value : kind.error.code;
};

const odf = (type: string, more: Zippable = {}): Uint8Array =>
  zipSync({
    mimetype: [strToU8(`application/vnd.oasis.opendocument.${type}`), { level: 0 }],
    'content.xml': strToU8('<x/>'),
    ...more,
  });
const office = (main: string, more: Zippable = {}): Uint8Array =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), [main]: strToU8('<x/>'), ...more });

describe('a document is known by what it is made of', () => {
  test.each([
    ['statuts.pdf', bytes('%PDF-1.7 …'), 'pdf'],
    ['photo.JPG', bytes('\xff\xd8\xff\xe0JFIF'), 'jpeg'],
    ['logo.png', bytes('\x89PNG\r\n\x1a\n....'), 'png'],
    ['logo.webp', bytes('RIFF\x10\0\0\0WEBPVP8 '), 'webp'],
    ['projet.odt', odf('text'), 'odt'],
    ['budget.ods', odf('spreadsheet'), 'ods'],
    ['projet.odp', odf('presentation'), 'odp'],
    ['projet.docx', office('word/document.xml', { 'word/embeddings/Feuille.xlsx': strToU8('x') }), 'docx'],
    ['budget.xlsx', office('xl/workbook.xml'), 'xlsx'],
    ['projet.pptx', office('ppt/presentation.xml'), 'pptx'],
  ])('%s', async (name, content, kind) => {
    expect(await told(content, name)).toBe(kind);
    expect(await told(content, name, 1)).toBe(kind);
  });

  test('one larger than what is kept of it, too', async () => {
    const noise = Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * 2_654_435_761) >>> 13);
    expect(
      await told(office('word/document.xml', { 'word/media/a.png': [noise, { level: 0 }] }), 'a.docx', 65_536),
    ).toBe('docx');
  });
});

describe('what is no document is refused', () => {
  test.each([
    ['a renamed programme', 'statuts.pdf', bytes('MZ\x90\0\x03\0\0\0This program cannot be run'), 'file_type'],
    ['another one', 'statuts.docx', bytes('\x7fELF\x02\x01\x01'), 'file_type'],
    ['a page of the web', 'statuts.pdf', bytes('<html><script>'), 'file_type'],
    ['a drawing that runs', 'logo.png', bytes('<svg onload=…>'), 'file_type'],
    ['nothing at all', 'statuts.pdf', new Uint8Array(), 'file_type'],
    ['a PDF called otherwise', 'statuts.png', bytes('%PDF-1.7'), 'file_misnamed'],
    ['a PDF called a programme', 'statuts.exe', bytes('%PDF-1.7'), 'file_misnamed'],
    ['a plain archive', 'tout.docx', zipSync({ 'a.txt': strToU8('a') }), 'file_type'],
    ['an archive in a document', 'a.docx', office('word/document.xml', { 'word/b.zip': strToU8('x') }), 'file_nested'],
    ['a programme in a document', 'a.odt', odf('text', { 'Pictures/a.exe': strToU8('MZ') }), 'file_nested'],
    ['macros', 'a.docx', office('word/document.xml', { 'word/vbaProject.bin': strToU8('x') }), 'file_macros'],
    ['old macros', 'a.xlsx', office('xl/workbook.xml', { 'xl/macrosheets/sheet1.xml': strToU8('x') }), 'file_macros'],
    ['macros of LibreOffice', 'a.odt', odf('text', { 'Basic/Standard/Module1.xml': strToU8('x') }), 'file_macros'],
    ['a way out of its folder', 'a.docx', office('word/document.xml', { '../../a': strToU8('x') }), 'file_unreadable'],
    ['a document that was cut', 'a.docx', office('word/document.xml').subarray(0, 120), 'file_unreadable'],
    [
      'a document with something after',
      'a.docx',
      Buffer.concat([office('word/document.xml'), bytes('MZ')]),
      'file_unreadable',
    ],
  ])('%s', async (_what, name, content, code) => {
    expect(await told(content, name)).toBe(code);
  });
});

describe('a bomb is refused by what it says of itself, and never expanded', () => {
  test('ten megabytes of nothing in ten kilobytes', async () => {
    const bomb = office('word/document.xml', { 'word/media/zeros.xml': new Uint8Array(10_000_000) });
    expect(bomb.length).toBeLessThan(20_000);
    expect(await told(bomb, 'a.docx')).toBe('file_bomb');
  });

  test('sizes that add up to more than any document', async () => {
    const large = patched(
      office('word/document.xml', { 'word/a.bin': [new Uint8Array(2_000_000), { level: 0 }] }),
      24,
      300_000_000,
    );
    expect(await told(large, 'a.docx', 65_536)).toBe('file_bomb');
  });

  test('entries that share the same bytes', async () => {
    const shared = patched(office('word/document.xml', { 'word/a.xml': strToU8('x'.repeat(100)) }), 20, 90_000);
    expect(await told(shared, 'a.docx')).toBe('file_bomb');
  });

  test('thousands of entries', async () => {
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_, at) => [`word/${at}`, new Uint8Array()]));
    expect(await told(office('word/document.xml', many), 'a.docx', 65_536)).toBe('file_bomb');
  });

  test('a protected document is told to be one', async () => {
    const flagged = office('word/document.xml');
    const at = Buffer.from(flagged).indexOf('PK\x01\x02', 0, 'latin1');
    flagged[at + 8] = 1;
    expect(await told(flagged, 'a.docx')).toBe('file_encrypted');
  });
});

/** The same archive whose last entry tells another number at `offset` of its line in the directory. */
const patched = (archive: Uint8Array, offset: number, value: number): Uint8Array => {
  const copy = Buffer.from(archive);
  copy.writeUInt32LE(value, copy.lastIndexOf(bytes('PK\x01\x02')) + offset);
  return copy;
};

test.each([
  ['C:\\Mes documents\\Statuts 2021.pdf', 'Statuts 2021.pdf', 'pdf'],
  ['../../etc/passwd', 'passwd', undefined],
  ['a"b<c>.pdf', 'a b c .pdf', 'pdf'],
  ['statuts\r\nX: y.pdf', 'statuts X y.pdf', 'pdf'],
  ['facture.pdf.exe', 'facture.pdf.exe', undefined],
  [`${'long'.repeat(60)}.docx`, `${'long'.repeat(25)}.docx`, 'docx'],
])('the name %j is shown as %j', (typed, shown, kind) => {
  expect(documentName(typed)).toBe(shown);
  expect(kindOfName(shown)).toBe(kind);
});

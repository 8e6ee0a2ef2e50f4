import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** One file of an archive, as its directory tells it. Sizes in bytes. */
export interface ArchiveEntry {
  readonly name: string;
  readonly packed: number;
  readonly size: number;
}

/** What an archive may hold. An office document of a few dozen megabytes stays far under each. */
const most = { entries: 5_000, size: 250_000_000, ratio: 250, ratioFrom: 1_000_000 };

/**
 * Reads the directory of a ZIP archive from its last bytes, and expands nothing: a bomb is refused by what it says of
 * itself. Refuses what has no directory there, another form (several disks, ZIP64, encrypted, something before or after), too
 * many or too large entries, entries that share the same bytes, that leave their folder, and archives or programmes inside.
 * `bytes`: size of the whole file; `tail`: as many of its last bytes as were kept.
 * Source: PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16.
 */
export const readArchive = (tail: Uint8Array, bytes: number): Result<readonly ArchiveEntry[]> => {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const end = endRecord(view);
  if (end === undefined) return refuse(unreadable);
  const [count, length, start] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  const disks = view.getUint16(end + 4, true) + view.getUint16(end + 6, true);
  const before = bytes - tail.byteLength;
  if (count > most.entries) return refuse(bomb);
  if (disks !== 0 || count === 0 || start + length !== before + end || start < before) return refuse(unreadable);
  const entries: ArchiveEntry[] = [];
  let at = start - before;
  let [packed, size] = [0, 0];
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return refuse(unreadable);
    const named = view.getUint16(at + 28, true);
    const next = at + 46 + named + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) return refuse(unreadable);
    const entry = {
      name: text.decode(tail.subarray(at + 46, at + 46 + named)),
      ...{ packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true) },
    };
    if ((view.getUint16(at + 8, true) & 1) !== 0) return refuse(encrypted);
    if (view.getUint32(at + 42, true) >= start || /^\/|\\|(^|\/)\.\.(\/|$)/.test(entry.name)) return refuse(unreadable);
    if (inside.test(entry.name)) return refuse(nested);
    if (entry.size > most.ratioFrom && entry.size > entry.packed * most.ratio) return refuse(bomb);
    packed += entry.packed;
    size += entry.size;
    // Sizes of 4 GB stand for a ZIP64 archive, which no document needs.
    if (size > most.size || packed > start) return refuse(bomb);
    entries.push(entry);
    at = next;
  }
  return at === end ? ok(entries) : refuse(unreadable);
};

/** Where the record that ends an archive begins: it is the last thing, with its comment. */
const endRecord = (view: DataView): number | undefined => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50 && at + 22 + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  return undefined;
};

const text = new TextDecoder();
/** Archives and what runs. Sheets put in a text document are office documents: they stay. */
const inside =
  /\.(zip|7z|rar|gz|tgz|bz2|xz|tar|jar|cab|iso|img|exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|lnk)$/i;

const unreadable: Refusal = {
  code: 'file_unreadable',
  message: 'Ce document est abîmé, ou n’est pas ce que dit son nom. Enregistrez-le de nouveau, puis joignez-le.',
};
const encrypted: Refusal = {
  code: 'file_encrypted',
  message: 'Ce document est protégé par un mot de passe. Enregistrez-le sans protection, puis joignez-le.',
};
const nested: Refusal = {
  code: 'file_nested',
  message: 'Ce document contient une archive ou un programme. Retirez-les, puis joignez-le.',
};
const bomb: Refusal = {
  code: 'file_bomb',
  message: 'Ce document contient beaucoup plus que sa taille ne le dit : nous ne l’ouvrons pas.',
};

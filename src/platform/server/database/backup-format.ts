import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/**
 * The file of a backup, compressed with gzip. Inside (docs/decisions/backup.md):
 * - a line of JSON, the header;
 * - for each table of the header, in its order: what `COPY table (columns) TO STDOUT` gives, cut in frames (4 bytes,
 *   big-endian, tell the length; a frame of length 0 ends), then a line of JSON: table, rows, SHA-256 of the frames;
 * - a line of JSON: the end, with the SHA-256 of the header and of those lines.
 */
const header = z.object({
  format: z.literal('mille-jours-backup'),
  version: z.literal(1),
  madeAt: z.string(),
  /** Names of the migrations that the database had run. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
  /** Last value given by each sequence. */
  sequences: z.array(z.object({ name: z.string(), value: z.number() })),
});
const tableEnd = z.object({ table: z.string(), rows: z.number(), sha256: z.string() });
const fileEnd = z.object({ end: z.literal(true), sha256: z.string() });

export type BackupHeader = z.infer<typeof header>;
export type BackupTable = BackupHeader['tables'][number];

/** A file that is not a whole and unchanged backup. The message is a French sentence. */
export class DamagedBackup extends Error {}

const longestFrame = 1 << 20;
const longestLine = 16 << 20;

/** The bytes of a backup, before compression. `copy` gives the text of one table, and its number of rows at the end. */
export async function* backupBytes(
  head: BackupHeader,
  copy: (table: BackupTable) => AsyncGenerator<Buffer, number>,
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256');
  const line = (value: unknown): Buffer => {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    whole.update(bytes);
    return bytes;
  };
  yield line(head);
  for (const table of head.tables) {
    const hash = createHash('sha256');
    const copied = copy(table);
    let next = await copied.next();
    for (; !next.done; next = await copied.next()) {
      for (let start = 0; start < next.value.length; start += longestFrame) {
        const bytes = next.value.subarray(start, start + longestFrame);
        hash.update(bytes);
        yield frameLength(bytes.length);
        yield bytes;
      }
    }
    yield frameLength(0);
    yield line({ table: table.name, rows: next.value, sha256: hash.digest('hex') });
  }
  yield Buffer.from(`${JSON.stringify({ end: true, sha256: whole.digest('hex') })}\n`);
}

const frameLength = (length: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
};

/** What is done with each table of a backup: reads all its frames, and returns the rows it counted, if it counts them. */
export type TableReader = (table: BackupTable, frames: AsyncIterable<Buffer>) => Promise<number | undefined>;

/**
 * Reads a backup from its beginning to its end, a frame at a time, and checks it on the way.
 * Throws `DamagedBackup` for a file that is cut, changed or something else: what was read before may be wrong too.
 */
export const readBackup = async (file: string, readTable: TableReader): Promise<BackupHeader> => {
  const bytes = bytesOf(file);
  try {
    return await readParts(bytes, readTable);
  } finally {
    bytes.close();
  }
};

const readParts = async (bytes: ByteReader, readTable: TableReader): Promise<BackupHeader> => {
  const whole = createHash('sha256');
  const line = async <T>(shape: z.ZodType<T>): Promise<T> => {
    const text = await bytes.line();
    whole.update(text).update('\n');
    return understand(text, shape);
  };

  const head = await line(header);
  for (const table of head.tables) {
    const hash = createHash('sha256');
    const rows = await readTable(table, framesOf(bytes, hash));
    const end = await line(tableEnd);
    const sound = end.table === table.name && end.sha256 === hash.digest('hex') && (rows ?? end.rows) === end.rows;
    if (!sound) throw new DamagedBackup(`La sauvegarde est abîmée : la table ${table.name} n’est pas comme écrite.`);
  }
  const computed = whole.digest('hex');
  const { sha256 } = understand(await bytes.line(), fileEnd);
  // The last byte too: gzip checks its own sum there.
  if (sha256 !== computed || !(await bytes.ended())) throw new DamagedBackup('La sauvegarde est abîmée à sa fin.');
  return head;
};

const understand = <T>(line: Buffer, shape: z.ZodType<T>): T => {
  const parsed = shape.safeParse(parseJson(line.toString()));
  if (!parsed.success) throw new DamagedBackup('Ce fichier n’est pas une sauvegarde de Mille jours, ou il est abîmé.');
  return parsed.data;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

async function* framesOf(bytes: ByteReader, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await bytes.take(4)).readUInt32BE();
    if (length === 0) return;
    if (length > longestFrame) throw new DamagedBackup('La sauvegarde est abîmée.');
    const frame = await bytes.take(length);
    hash.update(frame);
    yield frame;
  }
}

interface ByteReader {
  take(length: number): Promise<Buffer>;
  line(): Promise<Buffer>;
  ended(): Promise<boolean>;
  close(): void;
}

const bytesOf = (file: string): ByteReader => {
  const unzip = createGunzip();
  const source = createReadStream(file).on('error', (error) => unzip.destroy(error));
  const chunks = source.pipe(unzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);

  /** Reads on. False at the end. */
  const more = async (): Promise<boolean> => {
    const next = await chunks.next().catch((error: NodeJS.ErrnoException) => {
      // zlib's own words: cut short, wrong sum, not gzip at all.
      throw error.code?.startsWith('Z_') ? new DamagedBackup('La sauvegarde est coupée ou abîmée.') : error;
    });
    if (next.done) return false;
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    return true;
  };
  const expectMore = async (): Promise<void> => {
    if (!(await more())) throw new DamagedBackup('La sauvegarde est coupée avant sa fin.');
  };
  const cut = (length: number): Buffer => {
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  return {
    take: async (length) => {
      while (held.length < length) await expectMore();
      return cut(length);
    },
    line: async () => {
      let end = held.indexOf(10);
      for (; end < 0; end = held.indexOf(10)) {
        if (held.length > longestLine) throw new DamagedBackup('Ce fichier n’est pas une sauvegarde de Mille jours.');
        await expectMore();
      }
      const taken = cut(end);
      cut(1);
      return taken;
    },
    ended: async () => held.length === 0 && !(await more()),
    close: () => {
      source.destroy();
      unzip.destroy();
    },
  };
};

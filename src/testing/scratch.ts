import { accessSync, constants, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 6 * 2 ** 30;

/**
 * Where tests put what they throw away: in memory where the machine has room for it, else the usual folder. Each copy of a
 * database is a thousand small files; on a disk that others write to, making them took ten times longer.
 */
export const scratchRoot = (): string => (hasRoomInMemory() ? MEMORY : tmpdir());

const hasRoomInMemory = (): boolean => {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES && freemem() > ENOUGH_BYTES;
  } catch {
    return false;
  }
};

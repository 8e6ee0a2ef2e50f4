import { z } from 'zod';
import { pictureNames, versions } from './essential.ts';

const text = z.strictObject({
  title: z.string().min(3).max(60),
  lines: z.array(z.string().min(3).max(170)).min(2).max(4),
});
const day = z.iso.date({ error: 'attend un jour, AAAA-MM-JJ' });

/** One message, as written in `content/essentials/`. */
export const essentialSchema = z.strictObject({
  number: z.int().min(1).max(15),
  picture: z.enum(pictureNames),
  article: z.string(),
  sources: z.array(z.string()).min(1),
  texts: z.record(z.enum(versions), text),
  reviewed: z.partialRecord(z.enum(versions), day),
});

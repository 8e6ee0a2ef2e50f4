import { z } from 'zod';
import { priorityNumber } from '#modules/priorities/index.ts';
import { audiences, themes } from './article.ts';

const day = z.iso.date({ error: 'attend un jour, AAAA-MM-JJ' });
const slug = z.string().regex(/^[a-z0-9-]+$/, { error: 'attend des minuscules, chiffres et tirets' });
const line = z.string().trim().min(1);

/** The head of an article, as written above its text. Empty `reviewed_by` says that no professional has read it yet. */
export const articleHeadSchema = z
  .strictObject({
    title: line.max(60),
    summary: line.max(140),
    from: z.int().min(-15).max(47),
    to: z.int().min(-14).max(48),
    themes: z.array(z.enum(themes)).min(1),
    priorities: z.array(priorityNumber).min(1),
    audiences: z.array(z.enum(audiences)).min(1),
    essentials: z.array(line.max(120)).min(2).max(4),
    easy: z.array(line).min(4).max(14),
    keywords: z.array(line).default([]),
    related: z.array(slug).min(1).max(4),
    sources: z.array(slug).min(1),
    reviewed_by: line.nullable(),
    reviewed_on: day.nullable(),
  })
  .refine(({ from, to }) => from < to, { error: 'from doit précéder to', path: ['to'] })
  .refine((head) => (head.reviewed_by === null) === (head.reviewed_on === null), {
    error: 'reviewed_by et reviewed_on vont ensemble',
    path: ['reviewed_on'],
  });

export type ArticleHead = z.infer<typeof articleHeadSchema>;

/** All the sources, by their id: one place to check again when a text changes. */
export const sourcesSchema = z.record(
  slug,
  z
    .strictObject({
      title: line,
      publisher: line,
      url: z.url({ protocol: /^https?$/ }).optional(),
      published: z
        .string()
        .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, { error: 'attend AAAA, AAAA-MM ou AAAA-MM-JJ, entre guillemets' })
        .optional(),
      checked_on: day.optional(),
    })
    .refine((source) => source.published !== undefined || source.checked_on !== undefined, {
      error: 'une source a une date : published ou checked_on',
    }),
);

import { z } from 'zod';

/** The ten priorities of the territories, numbered as the ministry does. Not the axes of the project nor of the calls. */
export const priorityNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

export type PriorityNumber = (typeof priorityNumbers)[number];

export const isPriorityNumber = (value: number): value is PriorityNumber =>
  (priorityNumbers as readonly number[]).includes(value);

const expected = { error: 'attend le numéro d’une priorité, de 1 à 10' };

/** The number of a priority in a file. */
export const priorityNumber = z.number(expected).refine(isPriorityNumber, expected);

/** The number of a priority in an address: `"3"`. */
export const priorityParameter = z.coerce.number<string>(expected).refine(isPriorityNumber, expected);

/** A subject inside one priority: the sub-headings under which the ministry sorts its examples. */
export const themeSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  /** Our title, without initials that nobody knows. */
  title: z.string().min(1),
  /** The sub-heading as published, when ours differs. */
  published: z.string().min(1).optional(),
});

export type Theme = z.infer<typeof themeSchema>;

export const prioritySchema = z.strictObject({
  number: priorityNumber,
  /** Our short title, for a card or a filter. */
  title: z.string().min(1).max(40),
  /** The title as published. */
  heading: z.string().min(1),
  /** One sentence. */
  lead: z.string().min(1).max(160),
  official: z.strictObject({ quotation: z.string().min(1), reference: z.string().min(1) }),
  /** In our own words, paragraphs parted by an empty line. */
  explanation: z.string().transform((text) => text.trim().split(/\n\s*\n/)),
  themes: z.array(themeSchema),
});

export type Priority = z.infer<typeof prioritySchema>;

/** The theme of that slug and the priority it belongs to, if any. */
export const findTheme = (
  priorities: readonly Priority[],
  slug: string,
): { readonly priority: Priority; readonly theme: Theme } | undefined => {
  for (const priority of priorities) {
    const theme = priority.themes.find((candidate) => candidate.slug === slug);
    if (theme) return { priority, theme };
  }
  return undefined;
};

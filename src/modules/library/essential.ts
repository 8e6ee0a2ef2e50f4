/** The versions of each message: French, easy French, and six languages. */
export const versions = ['fr', 'easy', 'en', 'ar', 'pt', 'es', 'tr', 'uk'] as const;

export type Version = (typeof versions)[number];

/** Names of our drawings of the messages (`ui/pictures.ts`). */
export const pictureNames = [
  'card',
  'calendar',
  'talk',
  'house',
  'heart',
  'book',
  'bottle',
  'bed',
  'hands',
  'lamp',
  'door',
  'glass',
  'ball',
  'family',
  'path',
] as const;

export type PictureName = (typeof pictureNames)[number];

/** One thing to know, said in a few lines, in each version. */
export interface Essential {
  readonly number: number;
  readonly picture: PictureName;
  /** The article that says more. */
  readonly article: string;
  readonly texts: Readonly<Record<Version, { readonly title: string; readonly lines: readonly string[] }>>;
  /** Day on which a professional whose language it is read a version. Absent: nobody has yet. */
  readonly reviewed: Readonly<Partial<Record<Version, string>>>;
}

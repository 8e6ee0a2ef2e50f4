import { fromFragment, toFragment } from './fragment.ts';

const MOST_WISHES = 20;
const LONGEST_WISH = 500;

/** What would help, as it stands behind the `#` of a link. */
export const cardToFragment = (wishes: readonly string[]): string => toFragment(JSON.stringify(wishes));

/** The wishes of a link; nothing when it is not one. They are shown as text, never as anything else. */
export const readCard = (fragment: string): readonly string[] | undefined => {
  try {
    const given: unknown = JSON.parse(fromFragment(fragment) ?? '');
    if (!Array.isArray(given) || given.length === 0 || given.length > MOST_WISHES) return undefined;
    return given.every((wish) => typeof wish === 'string' && wish.length <= LONGEST_WISH)
      ? [...new Set(given)]
      : undefined;
  } catch {
    return undefined;
  }
};

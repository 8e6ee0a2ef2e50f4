import { readRowId } from './ids.ts';

const LAST = 1_000;

/** The page of a list that an address asks for by `?page=`, from 1 to 1 000. Anything else is the first. */
export const pageAsked = ({ searchParams }: Pick<URL, 'searchParams'>): number =>
  Math.min(readRowId(searchParams.get('page') ?? undefined) ?? 1, LAST);

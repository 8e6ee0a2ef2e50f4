import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { callView } from '../call-view.ts';
import '../tables.ts';

/** What somebody is to the files of a call once their interests are declared. */
export type FileRole = 'instructor' | 'president' | 'juror' | 'expert';

/** What somebody may open of the files of a call. Every reading of what is not public goes through it (I-6). */
export type FileAccess =
  | { readonly open: false; readonly because: 'stranger' | 'toDeclare' | 'later' }
  | {
      readonly open: true;
      readonly role: FileRole;
      /** Ids of the applications that they are recused from: hidden everywhere, counts included. */
      readonly recused: ReadonlySet<string>;
      /** Ids of the only ones that they may read; undefined: all of the call. */
      readonly only: ReadonlySet<string> | undefined;
    };

/** What the actor may open of the files of a call. */
export const fileAccess = async (context: PersonContext, call: string): Promise<FileAccess> => {
  const view = await callView(context, call);
  if (!view || view.role === 'partner') return { open: false, because: 'stranger' };
  return { open: true, role: 'instructor', recused: new Set(), only: undefined };
};

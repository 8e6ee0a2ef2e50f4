import { answersCallbacks, appoints } from '#modules/callback/server/index.ts';
import { countOpenCases, moderates } from '#modules/professionals/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** What the frame of the space says of who is here. Everything under it is for them alone. */
export const spaceData = async ({
  locals,
  url,
  setHeaders,
}: {
  readonly locals: App.Locals;
  readonly url: URL;
  readonly setHeaders: (headers: Record<string, string>) => void;
}) => {
  if (locals.sessionEnded) return { who: '', callsBack: false, moderates: false, waiting: 0 };
  const context = requirePerson(locals.context, url);
  setHeaders({ 'cache-control': 'no-store' });
  const { actor } = context;
  return {
    who: actor.name ?? actor.email,
    callsBack: appoints(context).length > 0 || (await answersCallbacks(context)),
    moderates: moderates(context),
    waiting: moderates(context) ? await countOpenCases(context) : 0,
  };
};

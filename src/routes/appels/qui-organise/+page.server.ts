import { agencyWords } from '#modules/calls/index.ts';
import { currentFrame, whoRuns } from '#modules/calls/server/index.ts';

export const load = async ({ locals: { context } }) => {
  const { edition } = currentFrame();
  const lines = await whoRuns(context, edition, { referents: false });
  return {
    edition,
    regions: lines.map(({ name, code, declarations, calls }) => ({
      ...{ name, href: `/territoires/regions/${code}` },
      declared: declarations.filter(({ status }) => status === 'sent').map(({ agency }) => agencyWords[agency]),
      calls: calls
        .filter(({ call }) => call.publishedAt !== null)
        .map(({ call }) => ({ href: `/appels/${call.slug}`, cancelled: call.status === 'cancelled' })),
    })),
  };
};

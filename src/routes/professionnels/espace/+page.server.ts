import { attestationWords, nameOfDraft } from '#modules/professionals/index.ts';
import { ownClaims, ownRegistrations } from '#modules/professionals/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { claimWords, registrationWords } from '../words.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const mine = await ownRegistrations(context);
  return {
    kept: url.searchParams.has('gardee'),
    mine: mine.map(({ id, status, draft, attestation }) => ({
      ...{ id, draft: status === 'draft' },
      name: nameOfDraft(draft) || 'Inscription sans nom',
      state: registrationWords[status],
      attestation: attestation ? attestationWords[attestation].title : undefined,
    })),
    claims: (await ownClaims(context)).map(({ id, name, status }) => ({ id, name, state: claimWords[status] })),
  };
};

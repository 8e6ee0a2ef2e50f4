import { attestationWords } from '#modules/professionals/index.ts';
import { ownRegistrations } from '#modules/professionals/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { registrationWords } from '../words.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const mine = await ownRegistrations(context);
  return {
    kept: url.searchParams.has('gardee'),
    mine: mine.map(({ id, status, draft, attestation }) => ({
      ...{ id, draft: status === 'draft' },
      name: (draft.as === 'structure' ? draft.structure.name : draft.name) || 'Inscription sans nom',
      state: registrationWords[status],
      attestation: attestation ? attestationWords[attestation].title : undefined,
    })),
  };
};

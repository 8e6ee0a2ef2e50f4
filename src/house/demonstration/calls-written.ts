import { agenciesOf } from '#modules/calls/index.ts';
import {
  callView,
  declarationKey,
  inviteJuror,
  moveCall,
  openCall,
  orderOnOwn,
  recordSending,
  writeDeclaration,
  writeSection,
} from '#modules/calls/server/index.ts';
import type { AgencyKind } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Extra, must } from './actors.ts';
import { emailOf } from './people.ts';
import { formOf, SITE } from './register.ts';

type SectionForm = Parameters<typeof writeSection>[2];
type Calendar = Extract<SectionForm, { section: 'calendar' }>['calendar'];

/** An agency tells the ministry of its call. `motive`: why it does so after the date of the frame. */
export const declare = async (
  who: PersonContext,
  {
    agency,
    region,
    configuration,
    on,
    motive,
  }: {
    readonly agency: 'ars' | 'dreets';
    readonly region: string;
    readonly configuration: 'ars' | 'joint';
    readonly on: Temporal.PlainDate;
    readonly motive: string;
  },
): Promise<void> => {
  const key = declarationKey(who, '2021', agency, region);
  if (!key) throw new Error(`${agency} of ${region} cannot declare`);
  const form = formOf({
    ...{ configuration, director_name: 'Dominique Exemple', director_email: 'direction@demonstration.example' },
    ...{ referent_name: who.actor.name ?? '', referent_job: 'Chargée de mission', referent_email: who.actor.email },
  });
  must(await writeDeclaration(who, key, form));
  must(await recordSending(who, key, { on, motive, origin: SITE }));
};

/** Opens a regional call. Returns its id. */
export const openRegional = async (who: PersonContext, region: string, configuration: 'ars' | 'joint') =>
  must(
    await openCall(who, {
      ...{ kind: 'regional', territory: `region:${region}`, configuration, motive: '' },
      agencies: agenciesOf(configuration),
    }),
  );

/** What a call says, part after part; `motive`: why its dates are not those of the frame. */
export const writeCall = async (
  who: PersonContext,
  id: string,
  { calendar, more = [], motive = '' }: { calendar: Calendar; more?: readonly SectionForm[]; motive?: string },
): Promise<void> => {
  const sections: readonly SectionForm[] = [
    { section: 'calendar', calendar },
    {
      section: 'specification',
      words: {
        context: 'Un appel fictif, pour montrer comment le site accompagne celles et ceux qui en mènent un.',
        projects: 'Des projets qui soutiennent les parents, de la grossesse aux deux ans de l’enfant.',
        support: 'Une réunion d’information par mois, et une adresse pour poser vos questions.',
      },
    },
    ...more,
  ];
  for (const written of sections) must(await writeSection(who, id, written, { seen: 0, motive }));
};

/** Given to read, approved by each organiser in their own name, published by the last one. */
export const publish = async (
  id: string,
  organisers: readonly (readonly [AgencyKind, PersonContext])[],
): Promise<void> => {
  const [[, first] = []] = organisers;
  const last = organisers.at(-1)?.[1];
  if (!first || !last) throw new Error('nobody organises');
  const order = { reason: '', agency: '', seen: 0, origin: SITE };
  must(await moveCall(first, id, { ...order, command: 'submit' }));
  const seen = Math.max(0, ...Object.values((await callView(first, id))?.call.written ?? {}));
  for (const [agency, who] of organisers) must(await moveCall(who, id, { ...order, command: 'approve', agency, seen }));
  const reason = 'Les partenaires qui ne sont pas invités ici suivent l’appel dans une instance qui existe déjà.';
  must(await moveCall(last, id, { ...order, command: 'publish', reason }));
};

/** Somebody is invited to the jury. Returns their seat. */
export const seat = async (
  who: PersonContext,
  call: string,
  person: Extra,
  more: { readonly organisation: string; readonly quality: string; readonly siren?: string },
): Promise<string> =>
  must(
    await inviteJuror(who, call, {
      ...{
        name: person.name,
        email: emailOf(person.code),
        siren: '',
        represents: '',
        voice: 'deliberative',
        group: '',
      },
      ...{ origin: SITE, ...more },
    }),
  );

/** Somebody says that no file of the call concerns them. */
export const noInterest = async (who: PersonContext, call: string): Promise<void> => {
  must(await orderOnOwn(who, call, { command: 'declare', answer: 'none', files: [] }));
};

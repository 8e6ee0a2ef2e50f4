import { callView, convertLetter, depositApplication, openCall, writeSection } from '#modules/calls/server/index.ts';
import {
  type CallsHouse,
  calendarOf,
  completeContent,
  done,
  fillCall,
  move,
  publishedCall,
  startedApplication,
} from '#testing/calls.ts';

/**
 * A call whose past is made: its id, its name in addresses where somebody comes from its public page, and who has a part in
 * it (`ars`: `ars.RUN@exemple.example`). `others`: by their whole addresses.
 */
export interface PastCall {
  readonly call: string;
  readonly slug?: string;
  readonly people: readonly string[];
  readonly others?: readonly string[];
}
/** A house whose mailboxes are those of one run. */
export type PastHouse = CallsHouse & { readonly emailOf: (who: string) => string };

const APPEAL = 'Essai : les voies et délais de recours écrits par le service juridique.';

/** The joint call of Bretagne of the summer of 2021, with twelve deposits: 300 000 € asked in all under 200 000 €. */
const joint = async (house: PastHouse): Promise<PastCall> => {
  house.clock.moveTo('2021-05-10T08:00:00Z');
  const call = await publishedCall(house, { points: 10, choices: { appeal_terms: APPEAL } });
  const usual = completeContent();
  for (let at = 0; at < 12; at++) {
    const axis = (at % 6) + 1;
    const title = `${['Maison', 'Bus', 'Café', 'Atelier', 'Relais', 'Cercle'][at % 6]} des parents, projet ${at + 1}`;
    const { id, holder } = await startedApplication(house, call, {
      email: house.emailOf(`porteuse${at + 1}`),
      content: {
        ...{ project: { ...usual.project, title }, holder: holderOf(at), budget: budgetOf(at, 4_000_000, 2_500_000) },
        axes: { axes: [axis], words: 'Répondre à cet axe.' },
        indicators: { indicators: usual.indicators.indicators.map((one) => ({ ...one, axis })) },
      },
    });
    done(await depositApplication(holder, id, { origin: undefined }));
  }
  // A second agent of each organiser signs where the first one is recused.
  for (const agency of ['ars', 'dreets'] as const)
    await house.as(house.emailOf(`${agency}2`), { agency, role: 'administrator', scope: 'region:53' });
  const agents = ['ars', 'dreets', 'ars2', 'dreets2'];
  return { call: call.id, people: [...agents, 'porteuse1', 'porteuse3', 'porteuse9', 'juree1', 'juree2'] };
};

/**
 * The call of the Landes of July to October 2022 (document 004): no national frame, the ARS and the Caf, a label. Two
 * applications, and two letters of intent of which one became the third application before the closing.
 */
const landes = async (house: PastHouse): Promise<PastCall> => {
  house.clock.moveTo('2022-06-20T08:00:00Z');
  const territory = 'departement:40';
  const caf = await house.agent('caf', territory);
  const ars = await house.agent('ars', 'region:75');
  const opening = { kind: 'labelling', territory, configuration: '', motive: '', agencies: ['ars', 'caf'] };
  const call = { id: done(await openCall(caf, opening)) };
  await fillCall(caf, call.id, 'Europe/Paris');
  const dates = { opensAt: '2022-07-01T07:00:00Z', closesAt: '2022-10-31T15:00:00Z' };
  const days = { juryOn: '2023-01-05', resultsOn: '2023-01-31', startsOn: '2023-03-01' };
  const { call: written } = (await callView(caf, call.id)) ?? {};
  const calendar = { section: 'calendar', calendar: calendarOf('Europe/Paris', { ...dates, ...days }) } as const;
  done(await writeSection(caf, call.id, calendar, { seen: written?.written.calendar ?? 0, motive: '' }));
  const choices = { section: 'choices', words: { appeal_terms: APPEAL, letters: 'yes' } } as const;
  done(await writeSection(caf, call.id, choices, { seen: 0, motive: '' }));
  done(await move(caf, call.id, 'submit'));
  const seen = Math.max(0, ...Object.values((await callView(caf, call.id))?.call.written ?? {}));
  done(await move(caf, call.id, 'approve', { agency: 'caf', seen }));
  done(await move(ars, call.id, 'approve', { agency: 'ars', seen }));
  done(await move(caf, call.id, 'publish'));

  house.clock.moveTo('2022-09-05T08:00:00Z');
  const usual = completeContent();
  const write = (at: number, title: string, kind: 'full' | 'intent') =>
    startedApplication(house, call, {
      ...{ email: house.emailOf(`porteuse${at + 1}`), kind },
      content: {
        project: { ...usual.project, title },
        holder: { ...holderOf(at), commune: '40192', address: '1 rue de l’Exemple, 40000 Mont-de-Marsan' },
        territory: { territories: ['commune:40192', 'commune:40088'], words: 'Autour de Mont-de-Marsan et de Dax.' },
        axes: { axes: [], words: '' },
        // A label gives no money: one project asks for none, and is still looking for a part of what it costs (R-39b).
        budget: at === 0 ? notAsking(6_000_000, 3_900_000) : budgetOf(at, 6_000_000, 1_300_000),
        indicators: { indicators: usual.indicators.indicators.map((one) => ({ ...one, axis: null })) },
      },
    });
  const projects = [
    await write(0, 'Maison des parents itinérante', 'full'),
    await write(1, 'Maison des familles et des 1000 premiers jours', 'full'),
    await write(2, 'Un lieu unique pour les familles', 'intent'),
    await write(3, 'Une ludothèque qui voyage', 'intent'),
  ];
  for (const { holder, id } of projects) done(await depositApplication(holder, id, { origin: undefined }));
  const [, , letter] = projects;
  if (!letter) throw new Error('no letter');
  house.clock.moveTo('2022-10-03T08:00:00Z');
  const application = done(await convertLetter(letter.holder, letter.id));
  done(await depositApplication(letter.holder, application, { origin: undefined }));
  return { call: call.id, people: ['ars', 'caf', 'porteuse1', 'porteuse2', 'porteuse3', 'presidente'] };
};

/** A call of the Caf of Ille-et-Vilaine that is open now, with two drafts where all is written, and somebody who has none. */
const open = async (house: PastHouse): Promise<PastCall> => {
  const now = Temporal.Now.instant();
  const day = (ahead: number): string =>
    now.toZonedDateTimeISO('Europe/Paris').add({ days: ahead }).toPlainDate().toString();
  house.clock.moveTo(now.subtract({ hours: 24 * 15 }).toString());
  const caf = await house.agent('caf', 'departement:35');
  const opening = { kind: 'other', territory: 'departement:35', configuration: '', motive: '', agencies: ['caf'] };
  const call = { id: done(await openCall(caf, opening)) };
  await fillCall(caf, call.id, 'Europe/Paris');
  const dates = { opensAt: now.subtract({ hours: 240 }).toString(), closesAt: now.add({ hours: 480 }).toString() };
  const days = { juryOn: day(30), resultsOn: day(40), startsOn: day(60) };
  const { call: written } = (await callView(caf, call.id)) ?? {};
  const calendar = { section: 'calendar', calendar: calendarOf('Europe/Paris', { ...dates, ...days }) } as const;
  done(await writeSection(caf, call.id, calendar, { seen: written?.written.calendar ?? 0, motive: '' }));
  const question = { label: 'Qui ouvre la porte ?', hint: '', kind: 'short', required: false, options: [] } as const;
  done(
    await writeSection(caf, call.id, { section: 'form', words: { questions: [question] } }, { seen: 0, motive: '' }),
  );
  done(await move(caf, call.id, 'submit'));
  const seen = Math.max(0, ...Object.values((await callView(caf, call.id))?.call.written ?? {}));
  done(await move(caf, call.id, 'approve', { agency: 'caf', seen }));
  done(await move(caf, call.id, 'publish'));
  house.clock.moveTo(now.subtract({ hours: 1 }).toString());
  const usual = completeContent();
  for (const at of [0, 1])
    await startedApplication(house, call, {
      email: house.emailOf(`porteuse${at + 1}`),
      content: {
        ...{ holder: holderOf(at), axes: { axes: [], words: '' } },
        indicators: { indicators: usual.indicators.indicators.map((one) => ({ ...one, axis: null })) },
      },
    });
  const { slug = '' } = (await callView(caf, call.id))?.call ?? {};
  return { call: call.id, slug, people: ['porteuse1', 'porteuse2', 'porteuse3'] };
};

/** Every call that a journey may find behind it. */
export const pastCalls = { joint, landes, open };

const holderOf = (at: number) => ({
  ...completeContent().holder,
  ...{ name: `Association Exemple ${at + 1}`, siret: siretOf(100_000_00 + at) },
});

/** In whole cents. */
const budgetOf = (at: number, total: number, asked: number) => ({
  expenses: [{ label: 'Salaires', cents: total }],
  resources: [
    { source: 'call' as const, funder: '', status: 'asked' as const, cents: asked, siren: '' },
    {
      ...{ source: 'own' as const, funder: `Association Exemple ${at + 1}`, status: 'acquired' as const },
      ...{ cents: total - asked, siren: '' },
    },
  ],
  in_kind: [],
});

/** A budget of a project that asks nothing from the call, and is not yet paid for. In whole cents. */
const notAsking = (total: number, found: number) => {
  const { expenses, in_kind } = budgetOf(0, total, 0);
  const caf = { source: 'public' as const, funder: 'Caf', status: 'acquired' as const, cents: found, siren: '' };
  return { expenses, resources: [caf], in_kind };
};

/** A number that passes the key of the SIRET, and that nobody has. */
const siretOf = (seed: number): string => {
  const withKey = (digits: string): string =>
    `${digits}${Array.from({ length: 10 }, (_, key) => key).find((key) => luhn(`${digits}${key}`) % 10 === 0) ?? 0}`;
  return withKey(`${withKey(String(seed).padStart(8, '0'))}0001`);
};
const luhn = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);

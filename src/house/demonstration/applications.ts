import { type ApplicationContent, type ApplicationPart, applicationParts, letterParts } from '#modules/calls/index.ts';
import { depositApplication, startApplication, writePart } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { must } from './actors.ts';
import { SITE } from './register.ts';

/** What a fictional project says of itself. Amounts in whole euros. */
export interface DemoProject {
  readonly structure: string;
  readonly siret: string;
  readonly title: string;
  readonly change: string;
  /** Insee code of the commune of its seat and of what it does, and its name. */
  readonly insee: string;
  readonly commune: string;
  readonly axis: number;
  readonly asked: number;
  readonly total: number;
  readonly families: number;
  readonly from: string;
  readonly to: string;
}

/** An application, or a letter of intent, that the actor starts, writes and deposits. Returns its id. */
export const deposit = async (
  who: PersonContext,
  call: string,
  project: DemoProject,
  kind: 'full' | 'intent' = 'full',
): Promise<string> => {
  const parts = kind === 'full' ? applicationParts : letterParts;
  const id = await draft(who, call, project, kind, parts);
  must(await depositApplication(who, id, { origin: SITE }));
  return id;
};

/** The same, of which only some parts are written. */
export const draft = async (
  who: PersonContext,
  call: string,
  project: DemoProject,
  kind: 'full' | 'intent',
  parts: readonly ApplicationPart[],
): Promise<string> => {
  const id = must(await startApplication(who, call, { kind }));
  const content = contentOf(project);
  for (const part of parts) must(await writePart(who, id, part, content[part], { seen: 0 }));
  return id;
};

/** A number that passes the key of the SIRET, and that nobody has: its SIREN begins with 1000000. `rank`: from 0 to 99. */
export const siretOf = (rank: number): string => withKey(`${withKey(`100000${String(rank).padStart(2, '0')}`)}0001`);

const withKey = (digits: string): string => {
  const key = Array.from({ length: 10 }, (_, digit) => digit).find((digit) => luhn(`${digits}${digit}`) % 10 === 0);
  return `${digits}${key ?? 0}`;
};
const luhn = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);

const contentOf = (project: DemoProject): ApplicationContent => {
  const { structure, siret, title, change, insee, commune, axis, asked, total, families, from, to } = project;
  const calls = { source: 'call', funder: '', status: 'asked', cents: asked * 100, siren: '' } as const;
  const own = {
    source: 'own',
    funder: structure,
    status: 'acquired',
    cents: (total - asked) * 100,
    siren: '',
  } as const;
  return {
    project: { title, summary: `${title}, à ${commune}, avec les parents et pour eux.`, change },
    holder: {
      ...{ siret, name: structure, legal_form: 'Association', commune: insee, phone: '02 61 91 00 00' },
      ...{ address: `1 rue de la Démonstration, ${commune}`, can_sign: 'yes' },
      ...{ signatory_name: 'Camille Exemple', signatory_job: 'Présidence' },
    },
    partners: {
      partners: [{ name: 'Une crèche voisine (démonstration)', siren: '', brings: 'Une salle, le samedi.' }],
    },
    territory: { territories: [`commune:${insee}`], words: `${commune} et ses environs.` },
    axes: { axes: axis === 0 ? [] : [axis], words: 'Le projet y répond par l’accueil et par le lien.' },
    audience: { words: 'Les parents de tout-petits, les plus isolés d’abord.', families: String(families), stages: [] },
    calendar: { starts_on: from, ends_on: to, steps: [{ title: 'Premier accueil', on: from }] },
    budget: {
      expenses: [
        { label: 'Salaires', cents: total * 70 },
        { label: 'Locaux et matériel', cents: total * 30 },
      ],
      resources: [calls, own],
      in_kind: [{ label: 'Temps donné par les bénévoles', cents: 400_000 }],
    },
    indicators: {
      indicators: [
        {
          ...{ id: 'familles', axis: axis === 0 ? null : axis, title: 'Familles accueillies', kind: 'output' },
          ...{ population: 'Familles du territoire', baseline: 0, target: families, unit: 'familles', due: to },
          ...{ source: 'Registre de présence', method: 'Compter chaque famille une fois.' },
        },
      ],
    },
    questions: { answers: [] },
  };
};

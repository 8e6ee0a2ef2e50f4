import { formatCents } from '../money.ts';
import { fundingWords, sourceWords } from './budget.ts';
import { type ApplicationContent, type ApplicationPart, applicationParts } from './content.ts';
import { kindWords } from './indicators.ts';
import type { FrozenPiece } from './snapshot.ts';

/** What a completion may ask for: a part, or the pieces. */
export const openParts = [...applicationParts, 'attachments'] as const;
export type OpenPart = ApplicationPart | 'attachments';

/** One thing that an application says, as it is read. `key`: stays the same from one deposit to the next. */
export interface ReadableLine {
  readonly key: string;
  readonly label: string;
  readonly text: string;
}

/** A part of an application as it is read; what was left empty is not there. */
export interface ReadablePart {
  readonly part: OpenPart;
  readonly title: string;
  readonly lines: readonly ReadableLine[];
}

/** The names that a content refers to by their codes. */
export interface Names {
  readonly axis: (number: number) => string;
  readonly territory: (scope: string) => string;
  /** A civil day, as one says it. */
  readonly day: (iso: string) => string;
  /** The local questions, in their order. */
  readonly questions: readonly string[];
}

/** The names of the parts. */
export const partTitles = {
  project: 'Le projet',
  holder: 'La structure porteuse',
  partners: 'Les partenaires',
  territory: 'Le territoire',
  axes: 'Les axes',
  audience: 'Les parents et les enfants',
  calendar: 'Le calendrier',
  budget: 'Le budget',
  indicators: 'Les indicateurs',
  questions: 'Les questions de l’appel',
  attachments: 'Les pièces jointes',
} as const satisfies Record<OpenPart, string>;

/** An application as it is read, part by part: the same words for who deposits it, for who reads it and for what changed. */
export const readable = (
  content: ApplicationContent,
  attachments: readonly FrozenPiece[],
  names: Names,
): readonly ReadablePart[] => [
  ...applicationParts.map((part) => ({
    ...{ part, title: partTitles[part] },
    lines: numbered((linesOf[part] as (content: ApplicationContent, names: Names) => ReadableLine[])(content, names)),
  })),
  {
    ...{ part: 'attachments' as const, title: partTitles.attachments },
    lines: numbered(
      attachments.map(({ piece, name, bytes }) =>
        line(`piece ${piece || name}`, piece || 'Autre pièce', `${name} (${Math.ceil(bytes / 1000)} ko)`),
      ),
    ),
  },
];

const line = (key: string, label: string, text: string): ReadableLine => ({ key, label, text });

const linesOf: {
  readonly [Part in ApplicationPart]: (content: ApplicationContent, names: Names) => ReadableLine[];
} = {
  project: ({ project: { title, summary, change } }) => [
    line('title', 'Titre', title),
    line('summary', 'Résumé', summary),
    line('change', 'Ce qui change pour les familles', change),
  ],
  holder: ({ holder }) => [
    line('siret', 'SIRET', holder.siret),
    line('name', 'Nom', holder.name),
    line('legal_form', 'Statut', holder.legal_form),
    line('address', 'Adresse', holder.address),
    line('can_sign', 'Peut recevoir une subvention par convention', saysSign[holder.can_sign]),
    line('signatory', 'Qui signe', [holder.signatory_name, holder.signatory_job].filter(Boolean).join(', ')),
    line('phone', 'Téléphone', holder.phone),
  ],
  partners: ({ partners: { partners } }) =>
    partners.map(({ name, siren, brings }) =>
      line(`partner ${name}`, name, [siren && `SIREN ${siren}`, brings].filter(Boolean).join(' · ') || 'cité'),
    ),
  territory: ({ territory: { territories, words } }, names) => [
    line('territories', 'Où', territories.map(names.territory).join(', ')),
    line('words', 'En quelques mots', words),
  ],
  axes: ({ axes: { axes, words } }, names) => [
    line('axes', 'Axes', axes.map((axis) => `${axis}. ${names.axis(axis)}`).join('\n')),
    line('words', 'Comment le projet y répond', words),
  ],
  audience: ({ audience: { words, families, stages } }) => [
    line('words', 'À qui il s’adresse', words),
    line('families', 'Familles', families),
    line('stages', 'Moments', stages.join(', ')),
  ],
  calendar: ({ calendar: { starts_on, ends_on, steps } }, names) => [
    line('starts_on', 'Début', starts_on && names.day(starts_on)),
    line('ends_on', 'Fin', ends_on && names.day(ends_on)),
    ...steps.map(({ title, on }) => line(`step ${title}`, title, on ? names.day(on) : 'sans date')),
  ],
  budget: ({ budget: { expenses, resources, in_kind } }) => [
    ...expenses.map(({ label, cents }) => line(`expense ${label}`, `Dépense : ${label}`, formatCents(cents))),
    ...resources.map(({ source, funder, status, cents }) =>
      line(
        `resource ${source} ${funder}`,
        `Ressource : ${[sourceWords[source], funder].filter(Boolean).join(', ')}`,
        `${formatCents(cents)}, ${fundingWords[status].toLowerCase()}`,
      ),
    ),
    ...in_kind.map(({ label, cents }) =>
      line(`kind ${label}`, `Contribution volontaire : ${label}`, formatCents(cents)),
    ),
  ],
  indicators: ({ indicators: { indicators } }, names) =>
    indicators.flatMap((one) =>
      (
        [
          ['Axe', one.axis === null ? '' : names.axis(one.axis)],
          ['Ce qu’il mesure', one.kind === null ? '' : kindWords[one.kind]],
          ['Population', one.population],
          ['Départ', withUnit(one.baseline, one.unit)],
          ['Cible', withUnit(one.target, one.unit)],
          ['Source', one.source],
          ['Méthode', one.method],
          ['Échéance', one.due && names.day(one.due)],
        ] as const
      ).map(([label, text]) => line(`${one.id} ${label}`, `${one.title} : ${label.toLowerCase()}`, text)),
    ),
  questions: ({ questions: { answers } }, names) =>
    answers.map((answer, at) => line(`answer ${at}`, names.questions[at] ?? `Question ${at + 1}`, answer)),
};

const withUnit = (value: number | null, unit: string): string =>
  value === null ? '' : `${String(value).replace('.', ',')}${unit ? ` ${unit}` : ''}`;

/** Two lines of one name are told apart by their rank; empty ones go. */
const numbered = (lines: readonly ReadableLine[]): readonly ReadableLine[] => {
  const seen = new Map<string, number>();
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map((one) => {
      const rank = (seen.get(one.key) ?? 0) + 1;
      seen.set(one.key, rank);
      return rank === 1 ? one : { ...one, key: `${one.key} ${rank}`, label: `${one.label} (${rank})` };
    });
};

const saysSign = { '': '', yes: 'Oui, la structure le dit', unsure: 'La structure ne sait pas' } as const;

import type { Scope } from '#platform/permissions.ts';
import { typedTime } from '#platform/ui/date-fields.ts';
import type { Calendar } from './calendar.ts';
import type { WordSection } from './call.ts';
import type { CallKindCode } from './call-kind.ts';
import type { Money } from './envelope.ts';
import { typedCents } from './money.ts';
import {
  openChoices,
  questionKinds,
  settledBy,
  settledChoices,
  settledWords,
  specificationFields,
  type Words,
} from './section-words.ts';

/** One part of a call, as its form says it. */
export type SectionForm =
  | { readonly section: 'axes'; readonly axes: readonly number[] }
  | { readonly section: 'territories'; readonly territories: readonly Scope[] }
  | { readonly section: 'calendar'; readonly calendar: Calendar }
  | { readonly section: 'money'; readonly money: Money }
  | { readonly section: WordSection; readonly words: unknown };

/** One line of a part: what two writers compare, and what a partner proposes to say otherwise. */
export interface SectionLine {
  /** Of its field: `projects`, `label-2`. Of a day, the name of its three fields. */
  readonly name: string;
  readonly label: string;
  /** As one types it again. A box is `on` or empty. */
  readonly value: string;
  /** As one reads it. */
  readonly said: string;
  /** Other words may be proposed for it. A box is spoken of in a remark. */
  readonly open: boolean;
  /** What may be proposed, when it is one answer among some. */
  readonly answers?: readonly { readonly value: string; readonly label: string }[];
}

/**
 * The lines of a part, in the order of its form. `namesOf`: territories as their field shows them; `kind`: what its
 * organisers settle. After the rows that one adds comes an empty one, `label-new`, to propose one more.
 */
export const sectionLines = (
  form: SectionForm,
  kind: CallKindCode,
  namesOf: (scopes: readonly Scope[]) => string,
): SectionLine[] => {
  switch (form.section) {
    case 'axes':
      return [line('axes', 'Les axes retenus, par leurs numéros', form.axes.join(', '))];
    case 'territories':
      return [line('territories', 'Les territoires visés, un par ligne', namesOf(form.territories))];
    case 'calendar':
      return calendarLines(form.calendar);
    case 'money':
      return moneyLines(form.money);
    case 'title':
      return [line('title', 'Le titre', (form.words as Words<'title'>).title)];
    case 'specification': {
      const words = form.words as Words<'specification'>;
      return namesIn(specificationFields).map((name) => line(name, specificationFields[name], words[name] ?? ''));
    }
    case 'choices': {
      const words = form.words as Words<'choices'>;
      return [
        ...settledBy(kind).map((name) => among(name, settledChoices[name], words[name] ?? '', settledWords)),
        ...namesIn(openChoices).map((name) => line(name, openChoices[name], words[name] ?? '')),
      ];
    }
    case 'form':
      return [
        ...(form.words as Words<'form'>).questions.flatMap(questionLines),
        line('label-new', 'Une question de plus', ''),
      ];
    case 'grid':
      return [
        ...(form.words as Words<'grid'>).criteria.flatMap(({ title, rule, points }, at) => [
          closed(`rule-${at}`, `Critère ${at + 1}, recommandation`, rule ?? '', rule ?? ''),
          line(`title-${at}`, `Critère ${at + 1}`, title),
          line(`points-${at}`, `Critère ${at + 1}, points`, points === null ? '' : String(points)),
        ]),
        line('title-new', 'Un critère de plus', ''),
      ];
    case 'pieces':
      return [
        ...(form.words as Words<'pieces'>).pieces.flatMap(({ label, required }, at) => [
          line(`label-${at}`, `Pièce ${at + 1}`, label),
          box(`required-${at}`, `Pièce ${at + 1}, obligatoire`, required),
        ]),
        line('label-new', 'Une pièce de plus', ''),
      ];
  }
};

/** The fields that a form with these lines sends; `said`: one of them said otherwise. */
export const fieldsOfLines = (
  lines: readonly SectionLine[],
  said?: { readonly name: string; readonly value: string },
): [string, string][] => {
  const rows = lines.filter(({ name }) => /^(?:label|title)-\d+$/.test(name)).length;
  return lines.flatMap(({ name, value: kept }): [string, string][] => {
    const value = said?.name === name ? said.value : kept;
    if (name === 'axes')
      return value
        .split(/\D+/)
        .filter(Boolean)
        .map((number) => [name, number]);
    if (days.includes(name)) {
      const [day = '', month = '', year = ''] = value.split('/');
      return [
        [`${name}_jour`, day],
        [`${name}_mois`, month],
        [`${name}_annee`, year],
      ];
    }
    if (value === '') return [];
    return [[name.replace(/-new$/, `-${rows}`), value]];
  });
};

/** Lines of which two versions say something else, in the order of the longer one. */
export const differentLines = (
  theirs: readonly SectionLine[],
  mine: readonly SectionLine[],
): readonly { readonly key: string; readonly label: string; readonly theirs: string; readonly mine: string }[] => {
  const all = theirs.length >= mine.length ? [...theirs, ...mine] : [...mine, ...theirs];
  const said = (lines: readonly SectionLine[], wanted: string): string =>
    lines.find(({ name }) => name === wanted)?.said ?? '';
  return [...new Map(all.map(({ name, label }) => [name, label]))].flatMap(([key, label]) => {
    const two = { theirs: said(theirs, key), mine: said(mine, key) };
    return two.theirs === two.mine ? [] : [{ key, label, ...two }];
  });
};

const line = (name: string, label: string, value: string, said = value): SectionLine => ({
  ...{ name, label, value, said, open: true },
});
const closed = (name: string, label: string, value: string, said: string): SectionLine => ({
  ...line(name, label, value, said),
  open: false,
});
const among = (name: string, label: string, value: string, words: Readonly<Record<string, string>>): SectionLine => ({
  ...line(name, label, value, words[value] ?? ''),
  answers: Object.entries(words).flatMap(([answer, said]) => (answer ? [{ value: answer, label: said }] : [])),
});
const box = (name: string, label: string, ticked: boolean): SectionLine =>
  closed(name, label, ticked ? 'on' : '', ticked ? 'Oui' : 'Non');

const namesIn = <Name extends string>(words: Readonly<Record<Name, string>>): Name[] => Object.keys(words) as Name[];

const days = ['opens', 'closes', 'jury', 'results', 'starts'];

const calendarLines = (calendar: Calendar): SectionLine[] => {
  const at = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(calendar.zone);
  const day = (date: { day: number; month: number; year: number }) => `${date.day}/${date.month}/${date.year}`;
  const civil = (iso: string) => day(Temporal.PlainDate.from(iso));
  return [
    line('opens', 'Ouverture, le jour', day(at(calendar.opensAt))),
    line('opens_hour', 'Heure d’ouverture', typedTime(at(calendar.opensAt))),
    line('closes', 'Limite de dépôt, le jour', day(at(calendar.closesAt))),
    line('closes_hour', 'Heure limite', typedTime(at(calendar.closesAt))),
    line('jury', 'Jury, le jour', civil(calendar.juryOn)),
    line('results', 'Lauréats connus, le jour', civil(calendar.resultsOn)),
    line('starts', 'Début des projets, le jour', civil(calendar.startsOn)),
  ];
};

const moneyLines = ({ envelopes, pooled, shown }: Money): SectionLine[] => [
  ...envelopes
    .filter((envelope) => envelope.line !== 'other')
    .flatMap((envelope, at) => {
      const name = `${envelope.funder}, ligne ${envelope.line}`;
      return [
        line(`base-${at}`, `${name} : dotation, en euros`, typedCents(envelope.cents)),
        ...envelope.topUps.flatMap(({ origin, cents }, row) => [
          line(`origin-${at}-${row}`, `${name} : abondement ${row + 1}, venu de`, origin),
          line(`topup-${at}-${row}`, `${name} : abondement ${row + 1}, en euros`, typedCents(cents)),
        ]),
      ];
    }),
  ...envelopes
    .filter((envelope) => envelope.line === 'other')
    .flatMap(({ funder, cents }, row) => [
      line(`funder-${row}`, `Financeur ${row + 1}`, funder),
      line(`amount-${row}`, `Financeur ${row + 1} : montant, en euros`, typedCents(cents)),
    ]),
  box('pooled', 'Montrer aussi les enveloppes réunies', pooled),
  box('shown', 'Dire le montant total sur la page publique', shown),
];

const questionLines = (
  { label, hint, kind, options, required }: Words<'form'>['questions'][number],
  at: number,
): SectionLine[] => [
  line(`label-${at}`, `Question ${at + 1}`, label),
  line(`hint-${at}`, `Question ${at + 1}, aide`, hint),
  among(`kind-${at}`, `Question ${at + 1}, réponse`, kind, questionKinds),
  line(`options-${at}`, `Question ${at + 1}, réponses proposées, une par ligne`, options.join('\n')),
  box(`required-${at}`, `Question ${at + 1}, obligatoire`, required),
];

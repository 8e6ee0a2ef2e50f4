import { isCompany, readSiret } from '#modules/professionals/index.ts';
import type { Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { CallState } from '../call.ts';
import { byRule } from '../rule.ts';
import type { Words } from '../section-words.ts';
import { annualCreditRefusal } from './annual-credit.ts';
import type { ApplicationEvent, ApplicationKind, ApplicationState } from './application.ts';
import { budgetTroubles } from './budget.ts';
import type { ApplicationContent, ApplicationPart } from './content.ts';
import { axesOutside, territoriesOutside } from './content-refusals.ts';
import { nothingAsked } from './instruct.ts';
import { type Asks, callOpen } from './may-start.ts';
import { noSiren } from './read-budget.ts';
import { sirenOf } from './search-columns.ts';
import type { FrozenPiece } from './snapshot.ts';

/** What a deposit is judged by, besides what was written. */
export interface DepositSetting {
  readonly call: Pick<CallState, 'status' | 'calendar' | 'axes'>;
  /** A call of the national frame: its refusals show the text they come from. */
  readonly framed: boolean;
  readonly kind: ApplicationKind;
  readonly asks: Asks;
  readonly form: Words<'form'>;
  readonly pieces: Words<'pieces'>;
  readonly attached: readonly FrozenPiece[];
  /** Whether a territory lies in that of the call. */
  readonly inside: (scope: Scope) => boolean;
  /** Another application of the same company stands deposited in a call that takes one each. */
  readonly alreadyDeposited: boolean;
  /** The company that deposited, while a completion is asked. */
  readonly depositedBy?: string;
  /** What a completion asks for; nothing for a deposit. */
  readonly completes?: Completes;
  /** When the server received the request: the only hour that counts. */
  readonly now: Temporal.Instant;
}

/** Where something is missing: a part of the application, its pieces, or the call itself. */
export type DepositPlace = ApplicationPart | 'attachments' | 'call';

/** What a completion asks for. The other parts go as they were deposited: accepted then, nobody can write them now. */
interface Completes {
  readonly parts: readonly DepositPlace[];
  /** The pieces deposited, by their label, in which the antivirus found something since: they are gone. */
  readonly infected: readonly string[];
}

/** Why an application cannot be deposited: one sentence for each field, with the part that holds it. */
export interface DepositRefusal extends Refusal {
  readonly part: DepositPlace;
}

/** What freezing gives: id and hash of the snapshot, and the instant that counts. */
export interface Frozen {
  readonly snapshot: string;
  readonly sha256: string;
  readonly at: string;
}

/** Deposits an application: freezes it. Refuses the first of what `depositRefusals` says. */
export const decideDeposit = (
  content: ApplicationContent,
  setting: DepositSetting,
  frozen: Frozen,
): Result<readonly ApplicationEvent[]> => {
  const [first] = depositRefusals(content, setting);
  return first ? refuse(first) : ok([{ type: 'ApplicationDeposited-V1', data: { ...frozen } }]);
};

/**
 * Answers a request for completion: a new snapshot, the first one stays. The closing of the call is not asked again, and an
 * answer after the day that was asked for is kept and marked late: no text says that it would be refused.
 */
export const decideCompletion = (
  { completion }: Pick<ApplicationState, 'completion'>,
  content: ApplicationContent,
  setting: DepositSetting,
  frozen: Frozen,
): Result<readonly ApplicationEvent[]> => {
  if (!completion) return refuse(nothingAsked);
  const [first] = completionRefusals(content, setting);
  return first ? refuse(first) : ok([{ type: 'ApplicationCompleted-V1', data: { ...frozen } }]);
};

/** All that stands between an application and its deposit, at once, for whoever writes it: the call first, then each part. */
export const depositRefusals = (content: ApplicationContent, setting: DepositSetting): readonly DepositRefusal[] => {
  const open = callOpen(setting.call, setting.now);
  return [
    ...(open.ok ? [] : [{ ...open.error, part: 'call' as const }]),
    ...(setting.alreadyDeposited ? [alreadyDeposited] : []),
    ...contentRefusals(content, setting),
  ];
};

/**
 * All that stands between a completion and its sending, among what it asks for. Whoever deposited stays who deposited: others
 * were told of that SIREN. A compulsory piece that is gone is refused even when pieces are not asked, with who opens them.
 */
export const completionRefusals = (content: ApplicationContent, setting: DepositSetting): readonly DepositRefusal[] => {
  const siren = sirenOf(content.holder.siret);
  const { depositedBy = '', completes } = setting;
  const other = depositedBy !== '' && content.holder.siret.trim() !== '' && siren !== depositedBy;
  const refusals = contentRefusals(content, setting);
  return [
    ...(other ? [otherCompany] : []),
    ...(completes ? refusals.filter(({ part }) => completes.parts.includes(part)) : refusals),
    ...(completes ? lostPieces(setting, completes) : []),
  ];
};

/** What the content itself lacks, whatever the hour. A letter of intent says less than an application. */
const contentRefusals = (content: ApplicationContent, setting: DepositSetting): readonly DepositRefusal[] => [
  ...missing(content, setting),
  ...numberRefusals(content, setting),
  ...(setting.kind === 'full' ? budgetRefusals(content.budget, setting) : []),
  ...(setting.kind === 'full' && setting.framed ? annualRefusals(content, setting) : []),
  ...axesRefusals(content.axes.axes, setting),
  ...territoryRefusals(content.territory.territories, setting),
  ...(content.holder.can_sign === 'yes' || !setting.asks.agreement ? [] : [rule(setting, 'R-52', cannotSign)]),
  ...(setting.kind === 'full' ? pieceRefusals(setting) : []),
];

/** The fields that must be written, each with what is said when it is empty. */
const compulsory: readonly {
  readonly part: ApplicationPart;
  readonly field: string;
  readonly message: string;
  readonly empty: (content: ApplicationContent) => boolean;
  /** Asked of a letter of intent too. */
  readonly ofLetters?: true;
}[] = [
  field('project', 'title', 'Donnez un titre au projet.', true),
  field('project', 'summary', 'Résumez le projet.', true),
  field('project', 'change', 'Dites ce que le projet change pour les familles.'),
  field('holder', 'siret', 'Donnez le SIRET de la structure porteuse.', true),
  field('holder', 'name', 'Donnez le nom de la structure porteuse.', true),
  field('holder', 'legal_form', 'Donnez le statut de la structure porteuse.'),
  field('holder', 'address', 'Donnez l’adresse de la structure porteuse.'),
  field('holder', 'signatory_name', 'Nommez la personne qui signe.', true),
  field('holder', 'signatory_job', 'Dites la fonction de la personne qui signe.'),
  field('audience', 'words', 'Dites à qui le projet s’adresse.'),
  field('calendar', 'starts_on', 'Donnez le jour où le projet commence.'),
  field('calendar', 'ends_on', 'Donnez le jour où le projet finit.'),
  {
    ...{ part: 'indicators', field: 'title-0', message: 'Décrivez au moins un indicateur.' },
    empty: ({ indicators }) => indicators.indicators.length === 0,
  },
];

function field<Part extends ApplicationPart>(
  part: Part,
  name: keyof ApplicationContent[Part] & string,
  message: string,
  ofLetters = false,
) {
  const empty = (content: ApplicationContent): boolean => String(content[part][name]).trim() === '';
  return { part, field: name, message, empty, ...(ofLetters ? { ofLetters: true as const } : {}) };
}

const missing = (content: ApplicationContent, { kind, form }: DepositSetting): readonly DepositRefusal[] => {
  const asked = compulsory.filter(({ ofLetters }) => kind === 'full' || ofLetters);
  const { starts_on, ends_on } = content.calendar;
  return [
    ...asked
      .filter(({ empty }) => empty(content))
      .map(({ part, field: name, message }) => ({ code: 'missing', part, field: name, message })),
    ...(kind === 'full' && starts_on !== '' && ends_on !== '' && ends_on < starts_on ? [endsBefore] : []),
    ...(kind === 'full' ? form.questions : []).flatMap(({ required, label }, at) =>
      required && (content.questions.answers[at] ?? '').trim() === ''
        ? [
            {
              ...{ code: 'missing', part: 'questions' as const, field: `answers-${at}` },
              message: `Répondez à la question : ${label}`,
            },
          ]
        : [],
    ),
  ];
};

/**
 * The numbers by which companies are known: one application each, recusals and reminders go by them, so what is none is refused.
 * The register of companies is not asked: it may be silent, and a new company may not be in it yet.
 */
const numberRefusals = ({ holder, partners, budget }: ApplicationContent, { kind }: DepositSetting) => {
  const siret = holder.siret.trim() === '' ? undefined : readSiret(holder.siret);
  const wrongSirens = (part: 'partners' | 'budget', prefix: string, lines: readonly { readonly siren: string }[]) =>
    lines.flatMap(({ siren }, at) =>
      siren.trim() === '' || isCompany(siren) ? [] : [{ ...noSiren(`${prefix}siren-${at}`), part }],
    );
  const refusals: readonly DepositRefusal[] = [
    ...(siret && !siret.ok ? [siret.error.code === 'siret_key' ? wrongSiretKey : noSiret] : []),
    ...(kind === 'full' ? wrongSirens('partners', '', partners.partners) : []),
    ...(kind === 'full' ? wrongSirens('budget', 'resource-', budget.resources) : []),
  ];
  return refusals;
};

/** Said of the budget; of the calendar where a completion asks for that one alone. */
const annualRefusals = (content: ApplicationContent, { completes }: DepositSetting): readonly DepositRefusal[] => {
  const refusal = annualCreditRefusal(content);
  if (!refusal) return [];
  const inBudget = !completes || completes.parts.includes('budget');
  return [{ ...refusal, ...(inBudget ? { part: 'budget' } : { part: 'calendar', field: 'ends_on' }) }];
};

const budgetRefusals = (
  budget: ApplicationContent['budget'],
  { asks }: Pick<DepositSetting, 'asks'>,
): readonly DepositRefusal[] =>
  budgetTroubles(budget, asks).map((message) => ({
    code: 'budget_not_ready',
    part: 'budget',
    field: 'budget',
    message,
  }));

/** A call without a national frame may have chosen no axis: none is asked then. */
const axesRefusals = (axes: readonly number[], setting: DepositSetting): readonly DepositRefusal[] => {
  if (axes.length === 0 && setting.call.axes.length === 0) return [];
  if (axes.length === 0) return [rule(setting, 'R-50', noAxis)];
  return axes.every((axis) => setting.call.axes.includes(axis))
    ? []
    : [{ ...axesOutside(setting.framed), part: 'axes' }];
};

const territoryRefusals = (territories: readonly string[], setting: DepositSetting): readonly DepositRefusal[] => {
  if (territories.length === 0) return [rule(setting, 'R-51', noTerritory)];
  return territories.every((scope) => setting.inside(scope as Scope))
    ? []
    : [{ ...territoriesOutside(setting.framed), part: 'territory' }];
};

const pieceRefusals = ({ pieces, attached }: DepositSetting): readonly DepositRefusal[] =>
  pieces.pieces.flatMap(({ label, required }) =>
    required && !attached.some(({ piece }) => piece === label)
      ? [{ code: 'piece_missing', part: 'attachments' as const, field: 'file', message: `Joignez : ${label}` }]
      : [],
  );

const lostPieces = (setting: DepositSetting, { parts, infected }: Completes): readonly DepositRefusal[] =>
  setting.kind !== 'full' || parts.includes('attachments')
    ? []
    : setting.pieces.pieces
        .filter(({ label, required }) => required && infected.includes(label))
        .filter(({ label }) => !setting.attached.some(({ piece }) => piece === label))
        .map(({ label }) => ({
          ...{ code: 'piece_lost', part: 'attachments', field: 'file' },
          message: `L’antivirus a trouvé quelque chose dans « ${label} », et cette pièce est effacée. Demandez aux organisateurs d’ajouter les pièces jointes au complément.`,
        }));

const rule = ({ framed }: DepositSetting, number: 'R-50' | 'R-51' | 'R-52', refusal: DepositRefusal): DepositRefusal =>
  framed ? { ...byRule(number, refusal), part: refusal.part } : refusal;

const alreadyDeposited: DepositRefusal = {
  ...{ code: 'already_deposited', part: 'call' },
  message: 'Cet appel reçoit une seule candidature par porteur, et cette structure en a déjà déposé une.',
};
const otherCompany: DepositRefusal = {
  ...{ code: 'other_company', part: 'holder', field: 'siret' },
  message:
    'Un complément ne change pas de structure : gardez le SIREN de celle qui a déposé. Pour une autre, retirez cette candidature.',
};
const noSiret: DepositRefusal = {
  ...{ code: 'siret_length', part: 'holder', field: 'siret' },
  message: 'Le SIRET de la structure porteuse compte 14 chiffres : corrigez-le.',
};
const wrongSiretKey: DepositRefusal = {
  ...{ code: 'siret_key', part: 'holder', field: 'siret' },
  message: 'Le SIRET de la structure porteuse contient une erreur : sa clé ne correspond pas. Relisez-le.',
};
const endsBefore: DepositRefusal = {
  ...{ code: 'ends_before', part: 'calendar', field: 'ends_on', message: 'Le projet finit avant d’avoir commencé.' },
};
const noAxis: DepositRefusal = {
  ...{ code: 'axis_missing', part: 'axes', field: 'axes', message: 'Choisissez au moins un axe de l’appel.' },
};
const noTerritory: DepositRefusal = {
  ...{ code: 'territory_missing', part: 'territory', field: 'territories', message: 'Dites où le projet se passe.' },
};
const cannotSign: DepositRefusal = {
  ...{ code: 'cannot_sign', part: 'holder', field: 'can_sign' },
  message: 'Dites que la structure peut recevoir une subvention par une convention.',
};

import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { reload, type StepTable, stepFrom } from '../step-table.ts';

/** What somebody answers for a call. `later` is no answer: it opens nothing. */
export const interestAnswers = {
  none: 'Aucun intérêt avec les candidatures',
  link: 'Un lien, qui ne m’empêche pas de juger',
  recusal: 'Un intérêt : je me retire de ces candidatures (déport)',
  later: 'Je répondrai plus tard',
} as const;
export type InterestAnswer = keyof typeof interestAnswers;

/** Of what nature a link is. */
export const linkKinds = {
  job: 'Emploi',
  mandate: 'Mandat',
  funding: 'Financement',
  family: 'Famille',
  association: 'Association',
  competition: 'Concurrence',
  other: 'Autre',
} as const;
export type LinkKind = keyof typeof linkKinds;

/** Where one person stands on one file. */
export interface FileInterest {
  /** `refuted`: what the computer found is no interest, and why. `lifted`: the president gave the file back. */
  readonly stand: 'linked' | 'recused' | 'refuted' | 'lifted';
  readonly kind: LinkKind | null;
  /** Id of the row that says why. */
  readonly reason: string | null;
  /** What was found and is answered by this: what is found afterwards asks again. */
  readonly grounds: readonly Ground[];
}

/** `holder:130025265`: as what an organisation of the person stands in a file; `team:`: the person writes it. */
export type Ground = `${'holder' | 'partner' | 'funder' | 'team'}:${string}`;

/** What the computer found in the files of a call for one person. It decides nothing, except what `automatic` says. */
export interface Found {
  readonly application: string;
  readonly grounds: readonly Ground[];
  /** An operator whose own organisation applies is recused by itself. */
  readonly automatic: boolean;
}

export interface InterestState {
  readonly status: 'todo' | 'later' | 'declared';
  readonly call: string;
  readonly answer: Exclude<InterestAnswer, 'later'> | null;
  readonly files: { readonly [application: string]: FileInterest };
}

export const noInterest: InterestState = { status: 'todo', call: '', answer: null, files: {} };

export const interestRoles = ['self', 'president', 'house', 'other'] as const;
export type InterestRole = (typeof interestRoles)[number];
type InterestStatus = InterestState['status'];
type InterestCommand = 'postpone' | 'declare' | 'answer' | 'recuse' | 'lift';
type InterestGuard = 'answersAgree' | 'reasonGiven' | 'onlyAdds' | 'wasRecused' | 'notOneself' | 'presidentNotRecused';

/** Who may say what of the interests of one person for one call (I-4). */
export const interestTable: StepTable<InterestStatus, InterestCommand, InterestRole, InterestGuard> = {
  postpone: { from: ['todo', 'later'], to: 'later', by: ['self'], guards: [], words: 'Répondre plus tard' },
  declare: {
    ...{ from: ['todo', 'later', 'declared'], to: 'declared', by: ['self'], words: 'Déclarer ses intérêts' },
    guards: ['answersAgree', 'reasonGiven', 'onlyAdds'],
  },
  answer: {
    ...{ from: ['todo', 'later', 'declared'], to: 'same', by: ['self'], guards: ['reasonGiven'] },
    words: 'Confirmer ou réfuter un rapprochement',
  },
  recuse: {
    ...{ from: ['todo', 'later', 'declared'], to: 'same', by: ['house'], guards: [] },
    words: 'Constater le déport d’un opérateur candidat',
  },
  lift: {
    ...{ from: ['todo', 'later', 'declared'], to: 'same', by: ['president'], words: 'Lever un déport' },
    guards: ['wasRecused', 'notOneself', 'presidentNotRecused', 'reasonGiven'],
  },
};

/** One file named in a declaration. */
export interface NamedFile {
  readonly application: string;
  readonly stand: 'linked' | 'recused';
  readonly kind: LinkKind;
  /** Id of the row that says why; required for « autre ». */
  readonly reason: string | null;
}

export type InterestOrder =
  | { readonly command: 'postpone' }
  | {
      readonly command: 'declare';
      readonly answer: Exclude<InterestAnswer, 'later'>;
      readonly files: readonly NamedFile[];
    }
  | {
      readonly command: 'answer';
      readonly application: string;
      readonly confirmed: boolean;
      readonly automatic: boolean;
      readonly grounds: readonly Ground[];
      readonly reason: string | null;
    }
  | { readonly command: 'recuse'; readonly application: string; readonly grounds: readonly Ground[] }
  | {
      readonly command: 'lift';
      readonly application: string;
      readonly grounds: readonly Ground[];
      /** The president asks for a file from which they are recused themselves: another gives it back. */
      readonly recusedToo: boolean;
      readonly reason: string | null;
    };

type Answered = { readonly application: string; readonly grounds: readonly Ground[]; readonly reason: string | null };

/** What is journaled of a person’s interests: ids, natures and organisations’ numbers; no text and no name. */
export type InterestEvent =
  | { readonly type: 'InterestsPostponed-V1'; readonly data: { readonly call: string } }
  | {
      readonly type: 'InterestsDeclared-V1';
      readonly data: { readonly call: string; readonly answer: Exclude<InterestAnswer, 'later'> };
    }
  | {
      readonly type: 'LinkDeclared-V1' | 'RecusalDeclared-V1';
      readonly data: { readonly application: string; readonly kind: LinkKind; readonly reason: string | null };
    }
  | {
      readonly type: 'MatchConfirmed-V1' | 'MatchRefuted-V1' | 'RecusedByRule-V1' | 'RecusalLifted-V1';
      readonly data: Answered;
    };

/** What a command makes of the interests of a person for a call. */
export const decideInterest = (
  state: InterestState,
  order: InterestOrder,
  { role, call }: { readonly role: InterestRole; readonly call: string },
): Result<readonly InterestEvent[]> => {
  const step = stepFrom(interestTable[order.command], state.status, role);
  if (!step.ok) return step;
  switch (order.command) {
    case 'postpone':
      return ok(state.status === 'later' ? [] : [{ type: 'InterestsPostponed-V1', data: { call } }]);
    case 'declare':
      return declare(state, order, call);
    case 'answer': {
      const { application, grounds, reason, confirmed, automatic } = order;
      if (grounds.length === 0) return refuse(nothingFound);
      const recused = automatic || state.files[application]?.stand === 'recused';
      if (recused) return confirmed ? ok([]) : refuse(onlyPresident);
      if (!confirmed && reason === null) return refuse(noMotive);
      const type = confirmed ? 'MatchConfirmed-V1' : 'MatchRefuted-V1';
      return ok([{ type, data: { application, grounds, reason } }]);
    }
    case 'recuse': {
      const { application, grounds } = order;
      const before = state.files[application];
      const known = before?.stand === 'recused' || (before?.stand === 'lifted' && answers(before, grounds));
      return ok(known ? [] : [{ type: 'RecusedByRule-V1', data: { application, grounds, reason: null } }]);
    }
    case 'lift': {
      const { application, grounds, reason, recusedToo } = order;
      if (recusedToo) return refuse(presidentRecused);
      if (state.files[application]?.stand !== 'recused') return refuse(reload);
      if (reason === null) return refuse(noMotive);
      return ok([{ type: 'RecusalLifted-V1', data: { application, grounds, reason } }]);
    }
  }
};

const declare = (
  state: InterestState,
  { answer, files }: Extract<InterestOrder, { command: 'declare' }>,
  call: string,
): Result<readonly InterestEvent[]> => {
  if (files.some(({ kind, reason }) => kind === 'other' && reason === null)) return refuse(noMotive);
  const after = [...Object.values(state.files), ...files].map(({ stand }) => stand);
  if (answer === 'none' && after.some((stand) => stand === 'linked' || stand === 'recused')) return refuse(notNone);
  if (answer === 'link' && !after.includes('linked')) return refuse(nameOne);
  if (answer === 'recusal' && !after.includes('recused')) return refuse(nameOne);
  // A recusal only goes by the president: to name the same file as a link gives nothing back.
  const added = files.filter(
    ({ application, stand }) => state.files[application]?.stand !== 'recused' || stand === 'recused',
  );
  return ok([
    ...added.map(
      ({ application, stand, kind, reason }): InterestEvent => ({
        type: stand === 'recused' ? 'RecusalDeclared-V1' : 'LinkDeclared-V1',
        data: { application, kind, reason },
      }),
    ),
    { type: 'InterestsDeclared-V1', data: { call, answer } },
  ]);
};

/** What an event makes of the interests of a person. */
export const evolveInterest = (state: InterestState, event: InterestEvent): InterestState => {
  switch (event.type) {
    case 'InterestsPostponed-V1':
      return { ...state, ...event.data, status: 'later' };
    case 'InterestsDeclared-V1':
      return { ...state, ...event.data, status: 'declared' };
    case 'LinkDeclared-V1':
    case 'RecusalDeclared-V1': {
      const { application, kind, reason } = event.data;
      const before = state.files[application];
      // A link says nothing of what the president gave back, nor of what was found: it is added to it.
      const stand =
        event.type === 'RecusalDeclared-V1' ? 'recused' : before && before.stand !== 'linked' ? before.stand : 'linked';
      return withFile(state, application, { stand, kind, reason, grounds: before?.grounds ?? [] });
    }
    case 'MatchConfirmed-V1':
    case 'MatchRefuted-V1':
    case 'RecusedByRule-V1':
    case 'RecusalLifted-V1': {
      const { application, grounds, reason } = event.data;
      const stand = stands[event.type];
      const kind = state.files[application]?.kind ?? null;
      return withFile(state, application, { stand, kind, reason, grounds });
    }
  }
};

const stands = {
  'MatchConfirmed-V1': 'recused',
  'RecusedByRule-V1': 'recused',
  'MatchRefuted-V1': 'refuted',
  'RecusalLifted-V1': 'lifted',
} as const;

const withFile = (state: InterestState, application: string, file: FileInterest): InterestState => ({
  ...state,
  files: { ...state.files, [application]: file },
});

const answers = ({ grounds }: FileInterest, found: readonly Ground[]): boolean =>
  found.every((ground) => grounds.includes(ground));

/**
 * Whether a person may not read a file: recused; or something was found that nobody answered yet. What is found after an
 * answer asks again. An operator who applies is recused whatever they answer, until the president gives the file back.
 */
export const isHidden = (file: FileInterest | undefined, found: Found | undefined): boolean => {
  if (file?.stand === 'recused') return true;
  if (!found) return false;
  if (!file || !answers(file, found.grounds)) return true;
  return found.automatic && file.stand !== 'lifted';
};

/** What was found and still waits for the person’s answer. */
export const unanswered = ({ files }: InterestState, found: readonly Found[]): readonly Found[] =>
  found.filter((one) => {
    const file = files[one.application];
    return !one.automatic && file?.stand !== 'recused' && isHidden(file, one);
  });

const noMotive: Refusal = { code: 'motive_missing', field: 'reason', message: 'Dites pourquoi : le motif reste.' };
const notNone: Refusal = {
  code: 'interest_named',
  field: 'answer',
  message: 'Vous avez nommé un lien ou un déport : la réponse ne peut pas être « aucun intérêt ».',
};
const nameOne: Refusal = {
  code: 'interest_missing',
  field: 'answer',
  message: 'Nommez au moins une candidature pour cette réponse.',
};
const nothingFound: Refusal = { code: 'nothing_found', message: 'Rien n’a été rapproché pour cette candidature.' };
const onlyPresident: Refusal = {
  code: 'only_president',
  message: 'Un déport ne se retire pas : la présidence du jury peut le lever, en disant pourquoi.',
};
const presidentRecused: Refusal = {
  code: 'president_recused',
  message: 'La présidence est elle-même en déport sur cette candidature : la personne déléguée s’en charge.',
};

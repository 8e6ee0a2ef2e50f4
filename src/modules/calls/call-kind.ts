import type { AgencyKind, Scope } from '#platform/permissions.ts';

/** A kind of call: who may run it, on what kind of territory, and whether the national frame binds it. */
export interface CallKind {
  readonly words: string;
  readonly hint: string;
  readonly agencies: readonly AgencyKind[];
  readonly territory: RegExp;
  /** Title, minimum and declarations are those of the national frame. */
  readonly framed: boolean;
  /** Whether State agencies may run it without any other funder. */
  readonly stateAlone: boolean;
  /** What comes out of it: money, or a label (document 004, Landes). */
  readonly outcome: 'grant' | 'label';
  /**
   * What an application must say of money, and of who may be paid: the national frame asks both of a regional call (I-9,
   * R-52), a label gives no money (document 004), and what no text decides the call settles itself.
   */
  readonly asks: { readonly [Ask in KindAsk]: 'yes' | 'no' | 'open' };
}

/** `money`: an amount asked, in a budget that balances. `agreement`: a structure that may sign an agreement for a grant. */
export type KindAsk = 'money' | 'agreement';

/** Every kind of call, by its code. */
export const callKinds = {
  regional: {
    words: 'Appel à projets régional',
    hint: 'ARS, DREETS ou les deux ensemble, dans le cadre national',
    ...{ agencies: ['ars', 'dreets'], territory: /^region:/, framed: true, stateAlone: true, outcome: 'grant' },
    asks: { money: 'yes', agreement: 'yes' },
  },
  interest: {
    words: 'Appel à manifestation d’intérêt',
    hint: 'Recueillir des intentions, par exemple « accueil pour tous »',
    ...{ agencies: ['ars', 'dreets', 'caf', 'departement', 'local'], territory: /./, framed: false, outcome: 'grant' },
    stateAlone: true,
    asks: { money: 'open', agreement: 'open' },
  },
  labelling: {
    words: 'Appel départemental avec labellisation',
    hint: 'Co-piloté dans un département, par exemple par l’ARS et la Caf',
    ...{ agencies: ['ars', 'caf', 'departement'], territory: /^departement:/, framed: false, outcome: 'label' },
    stateAlone: true,
    asks: { money: 'no', agreement: 'no' },
  },
  other: {
    words: 'Appel d’un autre financeur',
    hint: 'Caf, département, intercommunalité ou commune',
    ...{ agencies: ['caf', 'departement', 'local', 'dreets', 'ars'], territory: /./, framed: false, outcome: 'grant' },
    stateAlone: false,
    asks: { money: 'yes', agreement: 'open' },
  },
} as const satisfies Readonly<Record<string, CallKind>>;

export type CallKindCode = keyof typeof callKinds;
export const callKindCodes = Object.keys(callKinds) as CallKindCode[];

/** The rules of a kind, as data of one shape. */
export const kindOf = (code: CallKindCode): CallKind => callKinds[code];

/** Names of the agencies, as a page says them. */
export const agencyWords: Readonly<Record<AgencyKind, string>> = {
  ministry: 'Ministère',
  ars: 'ARS',
  dreets: 'DREETS',
  caf: 'Caf',
  departement: 'Département',
  local: 'Collectivité',
};

/** Whether a kind asks for a funder other than the State, and has none among these. */
export const lacksOtherFunder = (code: CallKindCode, agencies: readonly AgencyKind[]): boolean =>
  !kindOf(code).stateAlone && agencies.every((agency) => agency === 'ars' || agency === 'dreets');

/** An agency that may run a kind of call in a territory. */
export const mayRun = (code: CallKindCode, agency: AgencyKind, territory: Scope): boolean => {
  const kind = kindOf(code);
  return kind.agencies.includes(agency) && kind.territory.test(territory) && territory !== 'france';
};

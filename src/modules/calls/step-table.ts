import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** One command of a table of states: from where, to where, by whom, under which conditions. */
export interface Step<Status extends string, Role extends string, Guard extends string> {
  readonly from: readonly Status[];
  /** Where it leads; `same` for what changes no status. */
  readonly to: Status | 'same';
  readonly by: readonly Role[];
  readonly guards: readonly Guard[];
  /** What it is, in a few French words: for the generated documents. */
  readonly words: string;
}

/** Every command of one kind of thing. What is not written is refused. */
export type StepTable<
  Status extends string,
  Command extends string,
  Role extends string,
  Guard extends string,
> = Readonly<Record<Command, Step<Status, Role, Guard>>>;

/**
 * The status that a command leads to. Refused to a role that the table does not name, before anything is said of the
 * state; then refused from a state that the table does not name.
 */
export const stepFrom = <Status extends string, Role extends string>(
  step: Step<Status, Role, string>,
  status: Status,
  role: Role,
): Result<Status> => {
  if (!step.by.includes(role)) return refuse(notAllowed);
  if (!step.from.includes(status)) return refuse(notNow);
  return ok(step.to === 'same' ? status : step.to);
};

const notNow: Refusal = {
  code: 'not_now',
  message: 'Ce n’est plus possible à cette étape. Rechargez la page pour voir où cela en est ; rien n’a été changé.',
};

/** Somebody else wrote since the page was read (I-18). */
export const reload: Refusal = {
  code: 'journal_conflict',
  message: 'Une autre personne a changé cette partie pendant ce temps. Rechargez la page ; rien n’a été changé.',
};

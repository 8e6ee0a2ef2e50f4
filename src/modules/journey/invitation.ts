import { ok, type Result, refuse } from '#platform/result.ts';
import type { Family, Person } from './family.ts';
import { readFamily } from './family-text.ts';
import { fromFragment, toFragment } from './fragment.ts';

/** What an invitation carries to the other parent's device, and nothing else: dates, and whether the children are in hospital. */
export interface Invitation {
  readonly timeZone: string;
  readonly departement?: string;
  readonly pregnancies: Family['pregnancies'];
  readonly children: Family['children'];
  readonly olderChildren: number;
}

/**
 * What the other parent receives. Notes, marks, answers, silences, work and labels stay. A child who died is not in it:
 * each parent tells it, or not, on their own device.
 */
export const invitationOf = (family: Family): Invitation => {
  const children = family.children.filter(({ loss }) => !loss).map(({ label: _, ...child }) => child);
  return {
    timeZone: family.timeZone,
    ...(family.departement ? { departement: family.departement } : {}),
    pregnancies: family.pregnancies.filter(
      ({ id, closed }) => !closed && children.some((child) => child.pregnancy === id),
    ),
    children,
    olderChildren: family.olderChildren,
  };
};

/** The invitation as it stands behind the `#` of a link: the exact bytes that leave. */
export const invitationToFragment = (invitation: Invitation): string => toFragment(JSON.stringify(invitation));

/** The family of whoever accepts. Refuses what is not an invitation. */
export const acceptInvitation = (fragment: string, me: Person, today: Temporal.PlainDate): Result<Family> => {
  const text = fromFragment(fragment);
  try {
    const given: unknown = JSON.parse(text ?? '');
    if (typeof given !== 'object' || given === null) return refuse(unreadable);
    const family = readFamily({ ...given, people: [me], project: false, answers: {}, marks: {}, silences: [] }, today);
    return family.ok
      ? ok(family.value)
      : refuse({ ...unreadable, message: `${unreadable.message} ${family.error.message}` });
  } catch {
    return refuse(unreadable);
  }
};

const unreadable = {
  code: 'unreadable_invitation',
  message: 'Ce lien est incomplet ou abîmé. Demandez à la personne de vous l’envoyer de nouveau.',
};

import type { StepCode } from '#modules/professionals/index.ts';
import {
  keepStep,
  labelView,
  openCases,
  readRegistration,
  sendRegistration,
  startRegistration,
} from '#modules/professionals/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Acting, must } from './actors.ts';
import type { DemoListing } from './listings.ts';

/** Where the links of the messages lead: the demonstration stays on its machine. */
export const SITE = 'http://localhost';

/** A registration filled in step by step, as with the forms of the site, and sent when it is whole. Returns its id. */
export const register = async (as: Acting, { who, monthsAgo, forms }: DemoListing): Promise<string> => {
  const id = must(await startRegistration(await as(who, monthsAgo)));
  // Signed in anew: a member since a moment ago.
  const person = await as(who, monthsAgo);
  let { revision } = (await readRegistration(person, id)) ?? { revision: 1 };
  for (const [step, fields] of Object.entries(forms)) {
    const { troubles } = must(await keepStep(person, id, revision, step as StepCode, formOf(fields)));
    if (troubles.length > 0) throw new Error(`${step}: ${JSON.stringify(troubles)}`);
    revision += 1;
  }
  if ('public' in forms) must(await sendRegistration(person, id, SITE));
  return id;
};

/** A form as a browser sends it. */
export const formOf = (fields: Readonly<Record<string, string | readonly string[]>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  return form;
};

/** The part of its address that names the page of a published registration: `maison-des-familles` of `/lieux/…`. */
export const slugOf = async (owner: PersonContext, id: string): Promise<string> => {
  const token = (await readRegistration(owner, id))?.attestation?.token ?? '';
  const slug = (await labelView(owner, token))?.holder?.page?.split('/').at(-1);
  if (!slug) throw new Error(`registration ${id} has no page`);
  return slug;
};

/** The case that waits in somebody’s queue for what is called so. */
export const caseOf = async (moderator: PersonContext, name: string): Promise<string> => {
  const found = (await openCases(moderator, { limit: 200 })).find((one) => one.name === name);
  if (!found) throw new Error(`no case is called ${name}`);
  return found.id;
};

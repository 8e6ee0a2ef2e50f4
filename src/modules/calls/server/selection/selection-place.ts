import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readCall } from '../call-stream.ts';
import { approvesFor, placeOf, roleFor, zoneOf } from '../call-view.ts';
import { titleOf } from '../title.ts';
import { fileAccess } from './file-access.ts';

/** A call for the pages of its selection: what it is, and what the actor may open and do. Nothing for a stranger to it. */
export const selectionPlace = async (context: PersonContext, id: string) => {
  const call = await readCall(context, id);
  const access = call && (await fileAccess(context, id));
  if (!call || !access || (!access.open && access.because === 'stranger')) return undefined;
  return {
    ...{ id, call, access, role: await roleFor(context, id, call), approvesFor: approvesFor(context, call) },
    ...{ title: await titleOf(context, call), where: placeOf(context, call.territory) },
    zone: call.calendar?.zone ?? zoneOf(context, call.territory),
  };
};

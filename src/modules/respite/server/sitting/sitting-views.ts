import { answeringIn, organiserOf } from '#modules/professionals/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { showsContacts } from '../../sitting.ts';
import { nowAt } from '../own-places.ts';
import { type Holder, holderOf } from './keys.ts';
import { teamOf } from './teams.ts';
import './tables.ts';

/** One side’s page. The other’s first name once they are proposed; how to reach them once both have agreed. */
export const readSitting = async (context: Context, token: string) => {
  const holder = await holderOf(context, token);
  if (!holder) return undefined;
  const side = holder.volunteer ? ('volunteer' as const) : ('parent' as const);
  const row = holder.request
    ? await context.db.selectFrom('sitting_request').selectAll().where('id', '=', holder.request).executeTakeFirst()
    : undefined;
  const [known] = holder.volunteer ? await peopleOf(context, [holder.volunteer]) : [];
  const registration = row?.registration ?? known?.registration;
  const organiser = registration ? await organiserOf(context, registration) : undefined;
  const team = registration ? await teamOf(context, registration) : undefined;
  const base = {
    ...{ side, organisation: organiser?.name ?? 'L’organisme', registration },
    // Who also reads what is reported here.
    answering: team && (await answeringIn(context, team.insee))?.name,
  };
  if (!row || !isSide(holder, row.volunteer)) return side === 'volunteer' ? { ...base, request: undefined } : undefined;
  const [volunteer] = row.volunteer ? await peopleOf(context, [row.volunteer]) : [];
  const other = side === 'parent' ? volunteer : row;
  return {
    ...base,
    request: {
      ...{ status: row.status, insee: row.insee, day: row.day, part: row.part },
      ...{ children: row.children, ages: row.ages },
      other: other?.name,
      contact: other && showsContacts(row.status) ? { email: other.email, phone: other.phone } : undefined,
    },
  };
};

/** What families ask of a team and is not past, the next day first, for who writes for it. How to reach them is not told. */
export const teamRequests = async (context: PersonContext, registration: string) => {
  if (!isUuid(registration) || !can(context.actor, 'sitting.run', { organisation: registration })) return [];
  const rows = await context.db
    .selectFrom('sitting_request')
    .leftJoin('sitting_volunteer', 'sitting_volunteer.id', 'sitting_request.volunteer')
    .select(['sitting_request.id', 'insee', 'day', 'part', 'children', 'ages', 'sitting_request.name', 'status'])
    .select('sitting_volunteer.name as volunteer')
    .where('sitting_request.registration', '=', registration)
    .where('status', '!=', 'closed')
    .orderBy('day')
    .orderBy('asked_at')
    .limit(200)
    .execute();
  return rows.filter(({ day, insee }) => Temporal.PlainDate.compare(day, nowAt(context, insee).toPlainDate()) >= 0);
};

/** Some volunteers, with how to reach them. */
export const peopleOf = ({ db }: Context, ids: readonly string[]) =>
  db
    .selectFrom('sitting_volunteer')
    .select(['id', 'registration', 'name', 'email', 'phone'])
    .where('id', 'in', ids)
    .execute();

/** The family always; a volunteer while they are the one proposed. */
export const isSide = (holder: Holder, proposed: string | null): boolean =>
  holder.volunteer === null || holder.volunteer === proposed;

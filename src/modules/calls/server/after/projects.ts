import { catalogue } from '#modules/initiatives/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CallState } from '../../call.ts';
import { noSuchApplication } from '../application/application-stream.ts';
import { asOne } from '../calls.ts';
import { fileAccess } from '../selection/file-access.ts';
import { titleOf } from '../title.ts';
import { followed } from './agreement-stream.ts';
import './tables.ts';

/** The page of the library that an application’s project has, when it has one. */
export const initiativeOf = async ({ db }: Pick<Context, 'db'>, application: string): Promise<string | null> => {
  const row = await db
    .selectFrom('call_project_application')
    .innerJoin('call_project', 'call_project.id', 'call_project_application.project')
    .select('initiative')
    .where('application', '=', application)
    .executeTakeFirst();
  return row?.initiative ?? null;
};

/** The pages that projects have, or had: their names are not given to others. */
export const initiativesKept = async ({ db }: Pick<Context, 'db'>): Promise<ReadonlySet<string>> => {
  const rows = await db.selectFrom('call_project').select('initiative').where('initiative', 'is not', null).execute();
  return new Set(rows.flatMap(({ initiative }) => initiative ?? []));
};

/** Keeps that an application’s project is shown on this page. */
export const keepInitiative = async (inside: PersonContext, application: string, slug: string): Promise<void> => {
  const project = (await projectOf(inside, application)) ?? (await newProject(inside, null));
  await inside.db.updateTable('call_project').set({ initiative: slug }).where('id', '=', project).execute();
  await link(inside, application, project);
};

/**
 * Says that an application is the same project as another one of the same structure, or as a page of the library.
 * `same`: the id of an application, or the name of an initiative. Refused to who does not organise the call.
 */
export const linkProject = (context: PersonContext, application: string, same: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const found = await followed(inside, application);
    if (!found) return noSuchApplication;
    if (found.role !== 'organiser') return refuse(notAllowed);
    if (await isPublished(inside, application)) return refuse(alreadyShown);
    if (isUuid(same)) {
      const other = (await relatives(inside, application)).find(({ id }) => id === same);
      if (!other) return refuse(noSuchProject);
      const project = (await projectOf(inside, same)) ?? (await newProject(inside, null));
      await link(inside, same, project);
      await link(inside, application, project);
      return ok(undefined);
    }
    if (!catalogue(inside).bySlug.has(same)) return refuse(noSuchProject);
    const known = await inside.db
      .selectFrom('call_project')
      .select('id')
      .where('initiative', '=', same)
      .executeTakeFirst();
    await link(inside, application, known?.id ?? (await newProject(inside, same)));
    return ok(undefined);
  });

/**
 * What an application may be the same project as: those of the same SIREN that were deposited in calls whose files the actor
 * may open, with what each is linked to.
 */
export const relatives = async (context: PersonContext, application: string) => {
  const { db } = context;
  const own = await db.selectFrom('call_application').select('siren').where('id', '=', application).executeTakeFirst();
  if (!own || own.siren === '') return [];
  const rows = await db
    .selectFrom('call_application as other')
    .innerJoin('call', 'call.id', 'other.call')
    .select(['other.id', 'other.call', 'other.number', 'other.title', 'call.state'])
    .where('siren', '=', own.siren)
    .where('other.id', '!=', application)
    .where('deposited_at', 'is not', null)
    .orderBy('deposited_at', 'desc')
    .limit(50)
    .execute();
  const found = [];
  for (const row of rows) {
    const access = await fileAccess(context, row.call);
    if (!access.open || access.recused.has(row.id) || (access.only && !access.only.has(row.id))) continue;
    const title = await titleOf(context, row.state as CallState);
    found.push({ id: row.id, title: row.title, number: row.number, call: title });
  }
  return found;
};

const projectOf = async ({ db }: Pick<Context, 'db'>, application: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('call_project_application')
    .select('project')
    .where('application', '=', application)
    .executeTakeFirst();
  return row?.project;
};

const newProject = async ({ db }: PersonContext, initiative: string | null): Promise<string> => {
  const { id } = await db.insertInto('call_project').values({ initiative }).returning('id').executeTakeFirstOrThrow();
  return id;
};

const link = async ({ db, actor, clock }: PersonContext, application: string, project: string): Promise<void> => {
  const row = { project, linked_by: actor.account, linked_at: clock.now() };
  await db
    .insertInto('call_project_application')
    .values({ application, ...row })
    .onConflict((known) => known.column('application').doUpdateSet(row))
    .execute();
};

const isPublished = async ({ db }: PersonContext, application: string): Promise<boolean> => {
  const row = await db
    .selectFrom('call_showcase')
    .select('status')
    .where('application', '=', application)
    .executeTakeFirst();
  return row?.status === 'published';
};

const noSuchProject: Refusal = {
  code: 'no_such_project',
  field: 'same',
  message: 'Choisissez une candidature de la même structure, ou une initiative de la bibliothèque par son adresse.',
};
const alreadyShown: Refusal = {
  code: 'already_shown',
  message: 'Ce projet est déjà dans la bibliothèque. Retirez-le avant de le rattacher à un autre.',
};

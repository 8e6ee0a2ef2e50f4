import { inviteMember, invitePartner } from '#modules/calls/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { type Acting, must } from './actors.ts';
import { type DemoProject, deposit, draft, siretOf } from './applications.ts';
import { declare, openRegional, publish, writeCall } from './calls-written.ts';
import { emailOf } from './people.ts';
import { SITE } from './register.ts';

const motive = 'Le cadre de 2021, repris pour la démonstration.';

/** A call of Normandie that is open now: a draft, a deposit, a letter of intent, and room for one’s own. */
export const openInNormandie = async (context: Context, as: Acting): Promise<void> => {
  const today = todayIn(context.clock, 'Europe/Paris');
  const day = (ahead: number): string => today.add({ days: ahead }).toString();
  const at = (ahead: number, plainTime: string): Temporal.Instant =>
    today.add({ days: ahead }).toZonedDateTime({ timeZone: 'Europe/Paris', plainTime }).toInstant();
  const ars = await as('ars-normandie', at(-12, '10:00'));
  const said = { agency: 'ars', region: '28', configuration: 'ars', motive } as const;
  await declare(ars, { ...said, on: today.subtract({ days: 13 }) });
  const call = await openRegional(ars, '28', 'ars');
  await writeCall(ars, call, {
    ...{ motive, more: [{ section: 'choices', words: { letters: 'yes', several: 'yes' } }] },
    calendar: {
      ...{ zone: 'Europe/Paris', opensAt: at(-10, '09:00').toString(), closesAt: at(40, '16:00').toString() },
      ...{ juryOn: day(60), resultsOn: day(80), startsOn: day(100) },
    },
  });
  const cpam = { organisation: 'CPAM Exemple', kind: 'state', tasks: ['write', 'relay'] };
  must(await invitePartner(ars, call, { ...cpam, email: emailOf('cpam-normandie'), origin: SITE }));
  await publish(call, [['ars', ars]]);

  const project = (rank: number, title: string, insee: string, commune: string): DemoProject => ({
    ...{ structure: `Association Exemple de ${commune}`, siret: siretOf(60 + rank), title, insee, commune, axis: 2 },
    ...{ change: 'Des parents entourés, plus tôt.', asked: 20_000, total: 36_000, families: 90 },
    ...{ from: day(110), to: day(470) },
  });
  const caen = project(0, 'Une maison des parents', '14118', 'Caen');
  const holder = await as('porteuse', at(-3, '14:00'));
  const file = await draft(holder, call, caen, 'full', ['project', 'holder', 'territory', 'budget']);
  for (const [code, role] of [
    ['redaction-projet', 'writer'],
    ['lecture-projet', 'reader'],
  ] as const)
    must(await inviteMember(holder, file, { email: emailOf(code), role, origin: SITE }));
  const rouen = { code: 'porteuse-rouen', name: 'Hélène Exemple' };
  await deposit(await as(rouen, at(-2, '11:00')), call, project(1, 'Un bus des premiers mois', '76540', 'Rouen'));
  const evreux = { code: 'porteuse-evreux', name: 'Ida Exemple' };
  const letter = project(2, 'Un relais après la maternité', '27229', 'Évreux');
  await deposit(await as(evreux, at(-1, '17:00')), call, letter, 'intent');
};

import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  type CallSection,
  callKinds,
  callSections,
  clockWords,
  commonCore,
  meetsWelcomeForAll,
  offeredMoney,
  rules,
  sectionWords,
} from '#modules/calls/index.ts';
import {
  callView,
  linesNow,
  namesOfPlaces,
  overtaken,
  readSectionOf,
  remark,
  writeSection,
} from '#modules/calls/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope } from '#platform/permissions.ts';
import { refuse } from '#platform/result.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { callBody } from '../../../call-body.ts';
import { act, goTo } from '../../act.ts';
import { calendarParts } from '../calendar-parts.ts';
import type { SectionConflict } from './section-conflict.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const section = callSections.find((one) => one === params.section);
  const view = section && (await callView(context, params.id));
  if (!view) error(404, 'Cette partie d’un appel n’existe pas, ou n’est pas pour vous.');
  const covers = coversIn(context.indexes.get(territoryIndex));
  const meets = (one: string, other: string): boolean =>
    isScope(one) && isScope(other) && (covers(one, other) || covers(other, one));
  const { call, frame, specification, form, grid, pieces, choices, ownTitle, computedTitle, zone } = view;
  return {
    ...{
      id: params.id,
      section,
      here: sectionWords[section],
      trail: [{ href: `/appels/espace/${params.id}`, label: view.title }],
    },
    ...{ writes: call.status === 'drafting' && (view.role === 'approver' || view.role === 'writer') },
    body: callBody(context, view, { inside: true }),
    proposals:
      (call.status === 'drafting' || call.status === 'submitted') && view.role !== 'reader'
        ? linesNow(context, view, section).filter(({ open }) => open)
        : [],
    motive: view.texts.get(call.departures.find((departure) => departure.section === section)?.motive ?? '') ?? '',
    seen: call.written[section] ?? 0,
    ...{ kind: call.kind, framed: callKinds[call.kind].framed },
    ...{ specification, form, grid, pieces, choices, ownTitle, computedTitle, commonCore },
    axes: frame.axes.map(({ number, annex, body }) => ({
      ...{ value: String(number), label: `${number}. ${annex}` },
      hint: body === annex ? undefined : `Dans le corps de l’instruction : ${body}`,
    })),
    chosenAxes: call.axes.map(String),
    territories: namesOfPlaces(context, call.territories),
    territory: view.where,
    welcomeForAll: {
      meets: meetsWelcomeForAll(frame, call.territories.length > 0 ? call.territories : [call.territory], meets),
      quotation: rules['R-81'].quotation,
    },
    zone: call.calendar?.zone ?? zone,
    calendar: call.calendar ? calendarParts(call.calendar) : undefined,
    deadlines: {
      laureates: formatDay('fr', frame.deadlines.laureates),
      start: frame.deadlines.start_words,
    },
    money: offeredMoney(call),
    minimum: call.configuration === 'joint' ? frame.money.minimum.joint : frame.money.minimum.alone,
  };
};

export const actions = {
  ecrire: act('ecrire', async ({ context, form, params, text }) => {
    const id = params.id ?? '';
    const section = callSections.find((one): one is CallSection => one === params.section);
    const view = section && (await callView(context, id));
    if (!view) return noSuchPart;
    const read = readSectionOf(context, view, section, form);
    if (!read.ok) return read;
    const seen = Number(text('seen'));
    const written = await writeSection(context, id, read.value, { seen, motive: text('motive') });
    const space = `/appels/espace/${id}?fait=ecrit`;
    if (written.ok || written.error.code !== 'journal_conflict') return goTo(written, space);
    const theirs = await overtaken(context, id, read.value, seen);
    if (!theirs) return written;
    // Two people wrote the same: it is written.
    if (theirs.lines.length === 0) return { ok: true, value: space };
    const at = clockWords(theirs.at, theirs.zone, context.clock.now());
    return refuse({ ...written.error, overtaken: { ...theirs, at } } satisfies SectionConflict);
  }),
  proposer: act('proposer', async ({ context, params, text }) => {
    const id = params.id ?? '';
    const said = { section: params.section ?? '', field: text('field'), text: text('text') };
    if (!said.field) return noSuchPart;
    return goTo(await remark(context, id, said), `/appels/espace/${id}?fait=proposer`);
  }),
};

const noSuchPart = { ok: false, error: { code: 'no_such_call', message: 'Cet appel n’existe pas.' } } as const;

import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  type CallSection,
  callKinds,
  callSections,
  commonCore,
  meetsWelcomeForAll,
  rules,
  sectionWords,
} from '#modules/calls/index.ts';
import {
  callView,
  namesOfPlaces,
  placesNamed,
  readSection,
  remark,
  writeSection,
} from '#modules/calls/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../../act.ts';
import { calendarParts } from '../calendar-parts.ts';

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
    proposes: (call.status === 'drafting' || call.status === 'submitted') && view.role !== 'reader',
    seen: call.written[section] ?? 0,
    framed: callKinds[call.kind].framed,
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
    money: call.money,
    minimum: call.configuration === 'joint' ? frame.money.minimum.joint : frame.money.minimum.alone,
  };
};

export const actions = {
  ecrire: act('ecrire', async ({ context, form, params, text }) => {
    const id = params.id ?? '';
    const section = callSections.find((one): one is CallSection => one === params.section);
    const view = section && (await callView(context, id));
    if (!view) return noSuchPart;
    const { calendar, money, territory } = view.call;
    const places = (typed: string) => placesNamed(context, [territory], typed, 'territories');
    const read = readSection(section, form, { money, zone: calendar?.zone ?? view.zone, places });
    if (!read.ok) return read;
    const written = await writeSection(context, id, read.value, {
      ...{ seen: Number(text('seen')), motive: text('motive') },
    });
    return goTo(written, `/appels/espace/${id}?fait=ecrit`);
  }),
  proposer: act('proposer', async ({ context, params, text }) => {
    const id = params.id ?? '';
    const said = { section: 'specification', field: text('field'), text: text('text') };
    return goTo(await remark(context, id, said), `/appels/espace/${id}?fait=remarquer`);
  }),
};

const noSuchPart = { ok: false, error: { code: 'no_such_call', message: 'Cet appel n’existe pas.' } } as const;

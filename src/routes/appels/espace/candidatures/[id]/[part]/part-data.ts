import { formatDay } from '#messages/format.ts';
import {
  type ApplicationContent,
  type ApplicationPart,
  annualCreditRefusal,
  applicationParts,
  asksOf,
  differenceOf,
  formOf,
  labelOfTerritory,
  letterParts,
  type PartSetting,
  readable,
  rules,
} from '#modules/calls/index.ts';
import { type ownFile, placeOf } from '#modules/calls/server/index.ts';
import type { lookUpCompany } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

type File = NonNullable<Awaited<ReturnType<typeof ownFile>>>;

/** The part that an address names, of a file: a letter of intent has fewer. */
export const partOf = ({ row, words }: File, code: string | undefined): ApplicationPart | undefined => {
  const part = applicationParts.find((one) => one === code);
  if (!part || (row.kind === 'intent' && !letterParts.some((one) => one === part))) return undefined;
  return part === 'questions' && words.form.questions.length === 0 ? undefined : part;
};

/** What the form of a part is read with. */
export const settingOf = ({ indexes }: PersonContext, { words, content }: File): PartSetting => ({
  index: indexes.get(territoryIndex),
  within: words.call.territory,
  framed: words.call.configuration !== null,
  questions: words.form.questions,
  axes: content.axes.axes,
  makeId: () => crypto.randomUUID(),
});

/** Field by field, what differs between what stands and what somebody wrote. */
export const differenceWith = (
  context: PersonContext,
  file: File,
  part: ApplicationPart,
  mine: unknown,
  theirs: unknown,
) => {
  const index = context.indexes.get(territoryIndex);
  const { frame, form } = file.words;
  const names = {
    axis: (number: number) => frame.axes.find((axis) => axis.number === number)?.annex ?? '',
    territory: (scope: string) => labelOfTerritory(index, scope),
    day: (iso: string) => formatDay('fr', iso),
    questions: form.questions.map(({ label }) => label),
  };
  const read = (content: unknown) =>
    readable({ ...file.content, [part]: content } as ApplicationContent, [], names).filter((one) => one.part === part);
  return differenceOf(read(theirs), read(mine)).flatMap(({ changes }) =>
    changes.map(({ key, label, before = '', after = '' }) => ({ key, label, theirs: before, mine: after })),
  );
};

/** The fields of a part as its page shows them, for a script to compare. */
export const fieldsSaid = (
  context: PersonContext,
  part: ApplicationPart,
  content: ApplicationContent[ApplicationPart],
) => {
  const index = context.indexes.get(territoryIndex);
  return formOf(part, content)?.map(([name, value]) =>
    name === 'commune' && value !== '' ? [name, labelOfTerritory(index, `commune:${value}`)] : [name, value],
  );
};

/** What the fields of a part offer to choose among, and how what was chosen is said. */
export const offerOf = (context: PersonContext, { words, content }: File) => {
  const index = context.indexes.get(territoryIndex);
  const { call, frame, form, choices } = words;
  const { commune } = content.holder;
  return {
    where: placeOf(context, call.territory),
    axes: frame.axes
      .filter(({ number }) => call.axes.includes(number))
      .map(({ number, annex }) => ({ value: String(number), label: `${number}. ${annex}` })),
    territories: content.territory.territories.map((scope) => ({
      value: scope,
      label: labelOfTerritory(index, scope),
    })),
    commune: commune ? labelOfTerritory(index, `commune:${commune}`) : '',
    questions: form.questions,
    ownAxes: frame.axes
      .filter(({ number }) => content.axes.axes.includes(number))
      .map(({ number, annex }) => ({ number, title: annex })),
    asks: asksOf(call.kind, choices),
    signs: call.configuration ? rules['R-52'] : undefined,
    annual: call.configuration ? { ...rules['R-36'], allAsked: annualCreditRefusal(content)?.message } : undefined,
  };
};
/** What the register of companies answered. */
export type Found = Awaited<ReturnType<typeof lookUpCompany>>;
export type Offer = ReturnType<typeof offerOf>;

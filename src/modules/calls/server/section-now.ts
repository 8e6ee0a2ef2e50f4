import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { CallSection } from '../call.ts';
import { offeredMoney } from '../envelope.ts';
import { fieldsOfLines, type SectionForm, type SectionLine, sectionLines } from '../section-lines.ts';
import { wordsSchema } from '../section-words.ts';
import type { callWords } from './call-view.ts';
import { namesOfPlaces, placesNamed } from './named-places.ts';
import { readSection } from './read-section.ts';

/** A call, read whole. */
export type WholeCall = Awaited<ReturnType<typeof callWords>>;

/** The lines of one part of a call as a form says them. */
export const linesOf = (
  context: Pick<Context, 'indexes'>,
  { kind }: WholeCall['call'],
  form: SectionForm,
): SectionLine[] => sectionLines(form, kind, (scopes) => namesOfPlaces(context, scopes));

/** The lines of one part of a call as it stands. None for a calendar that nobody wrote. */
export const linesNow = (context: Pick<Context, 'indexes'>, found: WholeCall, section: CallSection): SectionLine[] => {
  const form = formNow(found, section);
  return form ? linesOf(context, found.call, form) : [];
};

/** The form of one part, read in a call: its lines of credit, its zone, the places of its territory. */
export const readSectionOf = (
  context: Pick<Context, 'indexes'>,
  { call, zone }: WholeCall,
  section: CallSection,
  form: FormData,
): Result<SectionForm> =>
  readSection(section, form, {
    ...{ money: offeredMoney(call), zone: call.calendar?.zone ?? zone },
    places: (typed) => placesNamed(context, [call.territory], typed, 'territories'),
  });

/**
 * A part of a call with one of its lines said otherwise. Refuses a line that it has not, and what its form would not read: a
 * day or an amount that is none, a place of elsewhere, words too long.
 */
export const sectionWith = (
  context: Pick<Context, 'indexes'>,
  found: WholeCall,
  section: CallSection,
  said: { readonly name: string; readonly value: string },
): Result<SectionForm> => {
  const lines = linesNow(context, found, section);
  const line = lines.find(({ name, open }) => open && name === said.name);
  if (!line || (line.answers && !line.answers.some(({ value }) => value === said.value))) return refuse(noSuchLine);
  const form = new FormData();
  for (const [name, value] of fieldsOfLines(lines, said)) form.append(name, value);
  const read = readSectionOf(context, found, section, form);
  if (!read.ok) return read;
  if ('words' in read.value && !wordsSchema[read.value.section].safeParse(read.value.words).success)
    return refuse(tooLong);
  const after = linesOf(context, found.call, read.value);
  // What a form leaves out without a word, as points that are no number, is no proposal.
  const kept = said.name.endsWith('-new')
    ? after.length > lines.length
    : Boolean(after.find(({ name }) => name === said.name)?.value);
  return kept ? ok(read.value) : refuse(unread);
};

const formNow = (found: WholeCall, section: CallSection): SectionForm | undefined => {
  const { call } = found;
  switch (section) {
    case 'axes':
      return { section, axes: call.axes };
    case 'territories':
      return { section, territories: call.territories };
    case 'calendar':
      return call.calendar ? { section, calendar: call.calendar } : undefined;
    case 'money':
      return { section, money: call.money };
    case 'title':
      return { section, words: { title: found.ownTitle } };
    default:
      return { section, words: found[section] };
  }
};

const noSuchLine: Refusal = {
  code: 'no_such_line',
  field: 'text',
  message: 'Cette ligne n’est pas dans cette partie. Dites-le plutôt dans une remarque.',
};
const tooLong: Refusal = { code: 'too_long', field: 'text', message: 'C’est trop long pour cette ligne.' };
const unread: Refusal = {
  code: 'proposal_unreadable',
  field: 'text',
  message: 'Cette ligne ne se lit pas ainsi : écrivez-la comme elle s’écrit déjà.',
};

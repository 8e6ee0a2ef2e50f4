import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form, stepForms } from '#testing/registration.ts';
import { type Draft, draftSchema, emptyDraft, most } from './draft.ts';
import { fillStep } from './fill-step.ts';
import { listingOf } from './listing.ts';
import { allTroubles, type StepCode, stepAfter, steps, stepsOf, troublesOf } from './steps.ts';

const rennes = (text: string, code: string) => ({ text, code: code || (text === 'Rennes' ? '35238' : '') });
const codes = steps.map(({ code }) => code);

const filled = (changed: Partial<Record<StepCode, FormData>> = {}): Draft =>
  Object.entries({ ...stepForms, ...changed }).reduce(
    (draft, [step, fields]) => fillStep(draft, step as StepCode, fields, rennes),
    emptyDraft(),
  );

describe('the steps of a registration', () => {
  it('are six for who registers alone, seven for a structure, and follow each other', () => {
    expect(stepsOf(filled()).map(({ code }) => code)).toEqual(codes.filter((code) => code !== 'structure'));
    const structure = filled({ vous: form({ as: 'structure' }, stepForms.vous) });
    expect(stepsOf(structure)).toHaveLength(7);
    expect([stepAfter(filled(), 'vous'), stepAfter(structure, 'vous'), stepAfter(structure, 'lieux', -1)]).toEqual([
      ...['lieux', 'structure', 'structure'],
    ]);
    expect(stepAfter(structure, 'envoi')).toBeUndefined();
  });

  it('lack nothing when they are filled in, and each says what it lacks when it is empty', () => {
    expect(allTroubles(filled())).toEqual([]);
    const lacking = stepsOf(emptyDraft()).filter(({ code }) => troublesOf(emptyDraft(), code).length > 0);
    expect(lacking.map(({ code }) => code)).toEqual(['vous', 'structure', 'lieux', 'services', 'priorites']);
  });

  it.each([
    ['public', { website: 'javascript:alert(1)' }, 'website'],
    ['public', { website: 'https://' }, 'website'],
    ['public', { email: 'a@exemple.fr, b@exemple.fr' }, 'email'],
    ['public', { phone: '<b>02</b>' }, 'phone'],
    ['structure', { siret: '123' }, 'siret'],
    ['lieux', { 'places-0-postcode': '350' }, 'places-0-postcode'],
    ['lieux', { 'places-0-hours-2': 'le matin' }, 'places-0-hours-2'],
    ['priorites', { 'words-2': 'x'.repeat(601) }, 'words-2'],
    ['vous', { profession: 'magicien' }, 'profession'],
    ['vous', { profession: 'autre' }, 'professionWords'],
  ] as const)('%s: %o is refused at its field', (step, fields, field) => {
    const wrong = filled({ [step]: form(fields, stepForms[step]) });
    expect(troublesOf(wrong, step).map((refusal) => refusal.field)).toEqual([field]);
  });

  it('adds and takes away a place by the buttons of a page without script', () => {
    const two = filled({ lieux: form({ intent: 'add' }, stepForms.lieux) });
    expect(two.places).toHaveLength(2);
    const one = fillStep(two, 'lieux', form({ intent: 'remove-0', places: '2', 'places-1-commune': 'Brest' }), rennes);
    expect(one.places.map(({ commune }) => commune)).toEqual(['Brest']);
    const many = fillStep(two, 'lieux', form({ places: '100000000' }), rennes);
    expect(many.places).toHaveLength(most.places);
  });

  it('keep no street of who works at home, whichever step is filled in first', () => {
    const home = { vous: form({ atHome: 'oui' }, stepForms.vous) };
    const after = fillStep(filled(), 'vous', home.vous, rennes);
    for (const draft of [filled(home), after]) expect(JSON.stringify(draft.places)).not.toContain('rue de');
  });

  it('take any form whatever: the draft stays small, readable, and tells nothing that was not ticked', () => {
    const anyForm = fc
      .array(
        fc.tuple(
          fc.constantFrom('as', 'name', 'places', 'priorities', 'words-1', 'phone', 'intent', 'siret'),
          fc.string(),
        ),
      )
      .map((fields) => {
        const made = new FormData();
        for (const [name, value] of fields) made.append(name, value);
        return made;
      });
    fc.assert(
      fc.property(fc.constantFrom(...codes), anyForm, (step, fields) => {
        const draft = fillStep(filled({ public: form({ phone: '02 99 77 77 77' }) }), step, fields, rennes);
        expect(draftSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
        expect(JSON.stringify(listingOf('id', draft, () => undefined))).not.toContain('02 99 77 77 77');
      }),
    );
  });
});

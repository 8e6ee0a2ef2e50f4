import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptTexts } from './kept-texts.ts';
import { type Fields, mergeFields, sameFields } from './merge-fields.ts';

const was: Fields = [
  ['title', 'Un'],
  ['summary', 'Deux'],
  ['axes', '1'],
  ['axes', '2'],
];
const having = (more: Readonly<Record<string, string>>): Fields =>
  was.map(([name, value]) => [name, more[name] ?? value]);

test.each([
  ['nobody', {}, {}, [], []],
  ['they alone', { title: 'Sien' }, {}, ['title'], []],
  ['we alone', {}, { title: 'Mien' }, [], []],
  ['each another field', { title: 'Sien' }, { summary: 'Mien' }, ['title'], []],
  ['both the same field', { title: 'Sien' }, { title: 'Mien' }, [], ['title']],
  ['both, the same words', { title: 'Même' }, { title: 'Même ' }, [], []],
] as const)('when %s changed', (_, theirs, ours, take, clash) => {
  const merge = mergeFields({ before: was, after: having(theirs) }, { kept: was, typed: having(ours) });
  expect(merge).toEqual({ take, clash });
});

test('a box that they unticked is taken; line breaks of a browser change nothing', () => {
  const after: Fields = was.filter(([name, value]) => name !== 'axes' || value !== '2');
  expect(mergeFields({ before: was, after }, { kept: was, typed: was }).take).toEqual(['axes']);
  expect(
    sameFields(
      [['a', 'x\r\ny']],
      [
        ['a', 'x\ny'],
        ['b', ''],
      ],
    ),
  ).toBe(true);
});

test('what we changed is never taken away, and what they changed is never passed over in silence', () => {
  const fields = fc.record({ a: fc.constantFrom('0', '1', '2'), b: fc.constantFrom('0', '1', '2') });
  const of = (values: { a: string; b: string }): Fields => Object.entries(values);
  fc.assert(
    fc.property(fields, fields, fields, (start, their, our) => {
      const { take, clash } = mergeFields({ before: of(start), after: of(their) }, { kept: of(start), typed: of(our) });
      for (const name of ['a', 'b'] as const) {
        if (our[name] !== start[name]) expect(take).not.toContain(name);
        if (their[name] !== start[name] && their[name] !== our[name]) expect([...take, ...clash]).toContain(name);
      }
    }),
  );
});

test('a device keeps a text a week, and nothing when it refuses', () => {
  const kept = new Map<string, string>();
  let now = 0;
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const texts = keptTexts(store, 'x', () => now);
  texts.keep(was);
  expect(texts.read()).toEqual(was);
  now = 8 * 86_400_000;
  expect(texts.read()).toBeUndefined();
  kept.set('x', '{"at":1,"fields":[["a",2]]}');
  now = 2;
  expect(texts.read()).toBeUndefined();
  texts.forget();
  expect(kept.size).toBe(0);
  const forbidden = (): never => {
    throw new Error('no store');
  };
  const none = keptTexts({ getItem: forbidden, setItem: forbidden, removeItem: forbidden }, 'x', () => now);
  none.keep(was);
  expect(none.read()).toBeUndefined();
});

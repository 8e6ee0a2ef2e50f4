import { afterEach, expect, test, vi } from 'vitest';
import { autosave } from './autosave.ts';
import type { Fields } from './merge-fields.ts';
import type { PartPage } from './part-page.ts';

const address = '/appels/espace/candidatures/une/project';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/**
 * Somebody alone at a part, written from the first version. `went`: the version and the button that the whole form went to
 * the site with. `answer`: the site says that what was typed is kept, as the second version.
 */
const partBeingWritten = () => {
  vi.useFakeTimers();
  const kept = Promise.withResolvers<Response>();
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('FormData', class {});
  vi.stubGlobal('fetch', (asked: string) =>
    asked === `${address}/enregistrer` ? kept.promise : Promise.resolve(Response.json({ others: [], version: seen })),
  );

  let seen = 1;
  let title = '';
  const press = (button: unknown): void => {
    form.dispatchEvent(Object.assign(new Event('submit', { cancelable: true }), { submitter: button }));
  };
  const form = Object.assign(new EventTarget(), { requestSubmit: press });
  const page: PartPage = {
    ...{ form: form as HTMLFormElement, address, kept: { keep: vi.fn(), read: () => undefined, forget: vi.fn() } },
    ...{ typed: (): Fields => [['title', title]], seen: () => seen, put: () => true },
    ...{ say: vi.fn(), sayOthers: vi.fn(), tell: vi.fn(), tellAt: vi.fn() },
    setSeen: (version) => {
      seen = version;
    },
  };
  autosave(page);
  const went: unknown[] = [];
  form.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) went.push([seen, 'submitter' in event && event.submitter]);
  });
  return {
    ...{ press, went },
    type: (text: string): void => {
      title = text;
      form.dispatchEvent(new Event('input'));
    },
    answer: async (): Promise<void> => {
      kept.resolve(Response.json({ state: 'kept', version: 2, said: 'Enregistré.' }));
      await vi.advanceTimersByTimeAsync(0);
    },
  };
};

test('who is quick sends the whole part after what is on its way: from their own words, and no one else’s', async () => {
  const { type, press, went, answer } = partBeingWritten();
  type('Un temps pour souffler');
  await vi.advanceTimersByTimeAsync(2_000);
  press('stay');
  expect(went).toEqual([]);
  await answer();
  expect(went).toEqual([[2, 'stay']]);
});

test('with nothing on its way, the whole part goes at once, and what was being typed with it', async () => {
  const { type, press, went } = partBeingWritten();
  type('Un temps pour souffler');
  press('stay');
  expect(went).toEqual([[1, 'stay']]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(went).toHaveLength(1);
});

import { type KeptTexts, keptTexts } from './kept-texts.ts';
import { type Fields, sameFields, valuesOf } from './merge-fields.ts';

/** The form of a part on its page: what is typed, what is said of it, and what can be put in it. */
export interface PartPage {
  readonly form: HTMLFormElement;
  readonly address: string;
  readonly kept: KeptTexts;
  typed(): Fields;
  seen(): number;
  setSeen(version: number): void;
  /** Says where things stand, politely; said twice, it is announced once. */
  say(words: string): void;
  sayOthers(words: string): void;
  /** Shows a message with buttons above the form, in the place of the one before. Nothing: takes it away. */
  tell(message?: { readonly words: string; readonly lines?: readonly string[]; readonly buttons: Buttons }): void;
  /** Shows somebody else’s text under a field, with what to do of it. */
  tellAt(name: string, words: string, buttons: Buttons): void;
  /** Puts values in the fields of a name. False when the page has no such field: it has to be read again. */
  put(name: string, values: readonly string[]): boolean;
}
type Buttons = readonly { readonly label: string; readonly press: () => void }[];

/** The form of the page, when somebody may write in it. */
export const partPage = (): PartPage | undefined => {
  const form = document.querySelector<HTMLFormElement>('form[data-application]');
  const seen = form?.querySelector<HTMLInputElement>('[name=seen]');
  if (!form || !seen) return undefined;
  const { pathname } = location;
  return {
    form,
    address: pathname,
    kept: keptTexts(localStore(), `candidature ${pathname}`, () => Date.now()),
    typed: () =>
      [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === 'string' && name !== 'seen' && name !== 'intent' ? [[name, value] as const] : [],
      ),
    seen: () => Number(seen.value),
    setSeen: (version) => {
      seen.value = String(version);
    },
    say: (words) => write('[data-saved]', words),
    sayOthers: (words) => write('[data-others]', words),
    tell: (message) => {
      const place = document.querySelector('[data-told]');
      place?.replaceChildren(...(message ? [box(message.words, message.lines ?? [], message.buttons)] : []));
    },
    tellAt: (name, words, buttons) => {
      const field = controls(form, name)[0];
      const place = field?.closest('fieldset') ?? field?.parentElement;
      if (place?.nextElementSibling?.classList.contains('theirs')) place.nextElementSibling.remove();
      const shown = box(
        words,
        [],
        buttons.map(({ label, press }) => ({
          label,
          press: () => {
            shown.remove();
            field?.focus();
            press();
          },
        })),
      );
      place?.after(shown);
    },
    put: (name, values) => {
      const fields = controls(form, name);
      const boxes = fields.filter(
        (field) => field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type),
      );
      if (boxes.length > 0) {
        if (!values.filter(Boolean).every((value) => boxes.some((one) => one.value === value))) return false;
        for (const one of boxes) if (one instanceof HTMLInputElement) one.checked = values.includes(one.value);
        return true;
      }
      if (fields.length === 0) return values.every((value) => value === '');
      for (const [at, field] of fields.entries()) field.value = values[at] ?? '';
      return true;
    },
  };
};

/** Proposes what this device kept and the site has not. */
export const proposeKept = (page: PartPage, resume: () => void): void => {
  const kept = page.kept.read();
  if (!kept || sameFields(kept, page.typed())) {
    page.kept.forget();
    return;
  }
  page.tell({
    words: 'Cet appareil garde un texte qui n’a pas été enregistré.',
    buttons: [
      {
        label: 'Le reprendre',
        press: () => {
          const names = new Set([...kept, ...page.typed()].map(([name]) => name));
          for (const name of names) page.put(name, valuesOf(kept, name));
          page.tell();
          resume();
        },
      },
      {
        label: 'L’oublier',
        press: () => {
          page.kept.forget();
          page.tell();
        },
      },
    ],
  });
};

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const controls = (form: HTMLFormElement, name: string): Control[] =>
  [...form.elements].filter(
    (field): field is Control =>
      (field instanceof HTMLInputElement ||
        field instanceof HTMLTextAreaElement ||
        field instanceof HTMLSelectElement) &&
      field.name === name,
  );

const write = (selector: string, words: string): void => {
  const place = document.querySelector(selector);
  if (place && place.textContent !== words) place.textContent = words;
};

const box = (words: string, lines: readonly string[], buttons: Buttons): HTMLElement => {
  const shown = document.createElement('div');
  shown.className = 'theirs';
  shown.setAttribute('role', 'status');
  for (const text of [words, ...lines]) {
    const line = document.createElement('p');
    line.textContent = text;
    shown.append(line);
  }
  for (const { label, press } of buttons) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', press);
    shown.append(button);
  }
  return shown;
};

/** A device that forbids its store even to be looked at keeps nothing. */
const localStore = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
  try {
    return window.localStorage;
  } catch {
    const forbidden = (): never => {
      throw new Error('no store');
    };
    return { getItem: forbidden, setItem: forbidden, removeItem: forbidden };
  }
};

/**
 * Sends a file by slices, and goes on after a cut: the server says how much it has. Without this script the form sends it
 * whole. The protocol is told in `routes/appels/espace/candidatures/[id]/pieces/envoi`.
 */
const form = document.querySelector<HTMLFormElement>('form[data-send]');
const input = form?.querySelector<HTMLInputElement>('input[type=file]');
const said = form?.querySelector<HTMLElement>('[data-said]');
const bar = form?.querySelector('progress');
const button = form?.querySelector<HTMLButtonElement>('[type=submit]');

/** Waits between two tries after a cut: five minutes in all. */
const waits = [1, 2, 5, 10, 20, 30, 30, 30, 30, 30, 30, 30, 30];
const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

interface Answer {
  readonly id?: string;
  readonly received?: number;
  readonly whole?: boolean;
  readonly message?: string;
}

/** One request, tried again while nobody answers. */
const ask = async (address: string, init: RequestInit): Promise<{ status: number; answer: Answer }> => {
  for (const wait of [...waits, 0]) {
    try {
      const response = await fetch(address, init);
      if (response.status < 500) {
        const answer = (await response.json().catch(() => ({}))) as Answer;
        return { status: response.status, answer };
      }
    } catch {
      // The connection is cut: below.
    }
    say('La connexion est coupée. L’envoi reprendra où il en était.');
    await pause(wait);
  }
  return {
    status: 0,
    answer: { message: 'La connexion ne revient pas. Envoyez de nouveau : ce qui est reçu le reste.' },
  };
};

const say = (words: string): void => {
  if (said && said.textContent !== words) said.textContent = words;
};

const send = async (file: File, address: string, slice: number, piece: string): Promise<string | undefined> => {
  const begun = await ask(address, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ piece, name: file.name, bytes: file.size }),
  });
  const { id } = begun.answer;
  if (id === undefined) return begun.answer.message ?? 'Le fichier n’a pas été envoyé.';
  let received = begun.answer.received ?? 0;
  let whole = false;
  while (!whole) {
    say(`Envoi : ${Math.floor((received / file.size) * 100)} %`);
    if (bar) bar.value = received / file.size;
    const here = `${address}/${id}`;
    const end = Math.min(received + slice, file.size);
    const sent =
      received < file.size
        ? await ask(here, {
            ...{ method: 'PUT', body: file.slice(received, end) },
            headers: {
              'content-type': 'application/octet-stream',
              'content-range': `bytes ${received}-${end - 1}/${file.size}`,
            },
          })
        : undefined;
    // All is there and not put together, or another slice is waited for: the server says where it stands.
    const now = sent === undefined || sent.status === 409 ? await ask(here, {}) : sent;
    if (now.answer.received === undefined) return now.answer.message ?? 'Le fichier n’a pas été envoyé.';
    ({ received } = now.answer as { received: number });
    whole = now.answer.whole === true;
  }
  return undefined;
};

form?.addEventListener('submit', async (event) => {
  const file = input?.files?.[0];
  const { send: address, slice, most } = form.dataset;
  if (!file || !address) return;
  event.preventDefault();
  const piece = new FormData(form).get('piece');
  if (file.size > Number(most)) {
    say(`Ce fichier est trop lourd : ${Number(most) / 1e6} Mo au plus.`);
    return;
  }
  if (bar) bar.hidden = false;
  if (button) button.disabled = true;
  const trouble = await send(file, address, Number(slice), typeof piece === 'string' ? piece : '');
  if (trouble === undefined) {
    location.assign(`${location.pathname}?fait=joindre`);
    return;
  }
  say(trouble);
  if (bar) bar.hidden = true;
  if (button) button.disabled = false;
});

import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';

/**
 * Passkeys, on the pages that sign in and that list keys. The form stays hidden where the device cannot; the answer leaves
 * as an ordinary form.
 */
const form = document.querySelector<HTMLFormElement>('#passkey');
if (form && browserSupportsWebAuthn()) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(form);
  });
}
document.documentElement.dataset.hydrated = '';

const ask = async (place: HTMLFormElement): Promise<void> => {
  const status = place.querySelector('[role=status]');
  const answer = place.querySelector<HTMLInputElement>('[name=answer]');
  if (!answer) return;
  try {
    const response = await fetch(place.dataset.question ?? '', { method: 'POST' });
    if (!response.ok) throw new Error('no question');
    const optionsJSON = await response.json();
    const credential =
      place.dataset.kind === 'new'
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON });
    answer.value = JSON.stringify(credential);
    place.submit();
  } catch (error) {
    if (status) status.textContent = said(error);
  }
};

/** The person closed the window of the device, or it took too long: nothing happened, and nothing is wrong. */
const said = (error: unknown): string => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'Cet appareil a déjà une clé pour votre compte.';
  if (name === 'NotAllowedError') return 'Rien n’a été fait. Vous pouvez réessayer, ou demander un message.';
  return 'La clé d’accès n’a pas pu être demandée. Vous pouvez réessayer, ou demander un message.';
};

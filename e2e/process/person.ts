import type { Database } from '#platform/server/database/database.ts';
import { stepForms } from '#testing/registration.ts';

type Fields = Readonly<Record<string, string>>;

/** Somebody with a browser without scripts: it keeps cookies, sends forms, and follows no redirection by itself. */
export interface PersonByHttp {
  get(address: string): Promise<Response>;
  post(address: string, fields: Fields): Promise<Response>;
}

/** `origin`: where the site is now, as it may come back elsewhere. `headers`: as a proxy before the site adds them. */
export const personByHttp = (origin: () => string, headers: Fields = {}): PersonByHttp => {
  const jar = new Map<string, string>();
  const send = async (address: string, init: RequestInit): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(origin() + address, {
      ...{ redirect: 'manual', ...init },
      headers: { accept: 'text/html', origin: origin(), cookie, ...headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    get: (address) => send(address, {}),
    post: (address, fields) => send(address, { method: 'POST', body: new URLSearchParams(fields) }),
  };
};

/** Asks for a message, reads its code where the site keeps it without a mail server, and types it. */
export const signInByHttp = async (person: PersonByHttp, db: Database, email: string): Promise<void> => {
  await arrives(person.post('/connexion?/message', { email }), 303);
  const { body } = await db
    .selectFrom('mail_outbox')
    .select('body')
    .where('recipient', '=', email)
    .orderBy('posted_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  await arrives(person.post('/connexion/code', { code: /\d{3} \d{3}/.exec(body)?.[0] ?? '' }), 303);
};

/** Begins a registration. Returns its id. */
export const beginByHttp = async (person: PersonByHttp): Promise<string> => {
  const begun = await arrives(person.post('/professionnels/inscription', {}), 303);
  const [, id] = /inscription\/([0-9a-f-]{36})\/vous/.exec(begun.headers.get('location') ?? '') ?? [];
  if (!id) throw new Error('no registration was begun');
  return id;
};

/** The forms of somebody who registers alone, step by step, as a browser sends them. */
export const stepsByHttp: readonly (readonly [step: string, fields: Fields])[] = Object.entries(stepForms)
  .filter(([step]) => step !== 'structure')
  .map(([step, form]) => [step, Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))]);

const addressOf = (id: string, step: string): string => `/professionnels/inscription/${id}/${step}`;

/** Opens the page of a step, which holds how many times the registration was changed. */
export const revisionByHttp = async (person: PersonByHttp, id: string, step: string): Promise<string> => {
  const page = await (await arrives(person.get(addressOf(id, step)), 200)).text();
  return /name="revision" value="(\d+)"/.exec(page)?.[1] ?? '';
};

/** Sends the form of a step. */
export const sendStepByHttp = (
  person: PersonByHttp,
  id: string,
  step: string,
  fields: Fields,
  revision: string,
): Promise<Response> => person.post(addressOf(id, step), { ...fields, revision, intent: 'next' });

/** The whole of a registration, page by page, up to the last button. Returns its id. */
export const registerByHttp = async (person: PersonByHttp, changed: Readonly<Record<string, Fields>> = {}) => {
  const id = await beginByHttp(person);
  for (const [step, fields] of stepsByHttp) {
    const revision = await revisionByHttp(person, id, step);
    await arrives(sendStepByHttp(person, id, step, { ...fields, ...changed[step] }, revision), 303);
  }
  await arrives(sendStepByHttp(person, id, 'envoi', {}, await revisionByHttp(person, id, 'envoi')), 303);
  return id;
};

/** An answer that must have this status. */
const arrives = async (answering: Promise<Response>, status: number): Promise<Response> => {
  const answer = await answering;
  if (answer.status === status) return answer;
  const text = (await answer.text()).replaceAll(/<(script|style)[^>]*>.*?<\/\1>|<[^>]*>|\s+/gs, ' ').slice(0, 400);
  throw new Error(`${new URL(answer.url).pathname}: ${answer.status} instead of ${status}: ${text}`);
};

import { type Fields, mergeFields, sameFields, valuesOf } from './merge-fields.ts';
import { type PartPage, proposeKept } from './part-page.ts';

/** Milliseconds after the last key, between two questions about the others, and before trying again without a network. */
const pauses = { typing: 1_500, others: 10_000, network: 15_000 } as const;

/** What the site answers to a part that is kept, and to who asks who else is there. */
interface Kept {
  readonly state: 'kept' | 'conflict' | 'refused';
  readonly version?: number;
  readonly said?: string;
  readonly by?: string;
  readonly fields?: Fields;
  readonly troubles?: readonly { readonly message: string }[];
  readonly lines?: readonly { readonly label: string; readonly theirs: string; readonly mine: string }[];
}
interface Others {
  readonly others: readonly string[];
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly fields?: Fields;
}

/**
 * Keeps a part as it is typed and shows what others do of it. What both changed waits for the person: nothing is sent over
 * somebody else’s words before they are seen.
 */
export const autosave = (page: PartPage): void => {
  let kept = page.typed();
  let standing: Fields | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  /** Fields whose two texts wait for a choice. */
  const choosing = new Set<string>();
  let stopped = false;

  const dirty = (): boolean => !sameFields(kept, page.typed());
  const later = (pause: number): void => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  let going: Promise<void> = Promise.resolve();
  const save = (): void => {
    if (!sending && choosing.size === 0 && !stopped && dirty()) going = send();
  };

  const send = async (): Promise<void> => {
    sending = true;
    const sent = page.typed();
    const answer = await ask<Kept>(`${page.address}/enregistrer`, new FormData(page.form));
    sending = false;
    if (answer === 'away') {
      page.kept.keep(page.typed());
      page.say('Non enregistré : pas de réseau. Votre texte est gardé sur cet appareil, et partira au retour.');
      return later(pauses.network);
    }
    if (answer === 'signed-out') {
      page.kept.keep(page.typed());
      return page.say('Non enregistré : votre connexion a pris fin. Reconnectez-vous dans un autre onglet.');
    }
    if (answer === 'gone') {
      page.kept.keep(page.typed());
      stopped = true;
      return page.say('Non enregistré : cette partie ne s’écrit plus.');
    }
    const [trouble] = answer.troubles ?? [];
    if (answer.state === 'kept') {
      kept = sent;
      standing = answer.fields;
      page.setSeen(answer.version ?? page.seen());
      page.kept.forget();
      page.say(trouble ? `${answer.said} Sauf : ${trouble.message}` : (answer.said ?? ''));
      if (dirty()) later(pauses.typing);
      return;
    }
    page.kept.keep(page.typed());
    if (answer.state === 'refused') return page.say(`Non enregistré : ${trouble?.message ?? 'relisez cette partie.'}`);
    page.say(`Non enregistré : ${answer.by} a aussi changé cette partie.`);
    await look(answer);
  };

  /** Asks who else is there, and shows what they wrote. `refused`: what the site says of our own text meanwhile. */
  const look = async (refused?: Kept): Promise<void> => {
    const answer = await ask<Others>(`${page.address}/presence`, new FormData());
    if (typeof answer === 'string') return;
    page.sayOthers(answer.others.length > 0 ? `Ouverte aussi par ${answer.others.join(', ')}.` : '');
    if (sending) return;
    if (answer.version === page.seen()) {
      standing = answer.fields;
      return;
    }
    if (answer.version < page.seen() || choosing.size > 0) return;
    const { fields } = answer;
    const { take, clash } = fields
      ? mergeFields({ before: standing ?? kept, after: fields }, { kept, typed: page.typed() })
      : { take: [], clash: [] };
    const rows = [...take, ...clash].some((name) => /-\d/.test(name));
    if (!fields || (rows && dirty()) || !take.every((name) => page.put(name, valuesOf(fields, name))))
      return chooseWhole(answer, refused);
    // What they changed is now what this page was written from.
    kept = [...kept.filter(([name]) => !take.includes(name)), ...page.typed().filter(([name]) => take.includes(name))];
    standing = fields;
    page.setSeen(answer.version);
    if (take.length > 0) page.say(`Enregistré ${answer.at} par ${answer.by} : son texte est sous vos yeux.`);
    for (const name of clash) chooseField(name, answer, fields);
    if (clash.length > 0) page.say('Non enregistré : choisissez entre les deux textes.');
    else if (dirty()) later(0);
  };

  const chooseField = (name: string, { by, at }: Others, fields: Fields): void => {
    choosing.add(name);
    const chosen = (): void => {
      choosing.delete(name);
      later(0);
    };
    const values = valuesOf(fields, name);
    page.tellAt(name, `${by} a écrit ${at} : ${values.join(', ') || '(vide)'}`, [
      {
        label: 'Prendre ce texte',
        press: () => {
          page.put(name, values);
          chosen();
        },
      },
      { label: 'Garder le mien', press: chosen },
    ]);
  };

  const chooseWhole = ({ by, at, version }: Others, refused: Kept | undefined): void => {
    const mine = dirty();
    if (mine) {
      choosing.add('*');
      page.kept.keep(page.typed());
    }
    page.tell({
      words: `${by} a changé cette partie ${at}.${mine ? ' Votre texte n’est pas enregistré : choisissez.' : ''}`,
      lines: (refused?.lines ?? []).map((line) => `${line.label} : ${line.theirs || '(vide)'}`),
      buttons: [
        {
          label: `Voir le texte de ${by}`,
          press: () => {
            stopped = true;
            location.reload();
          },
        },
        ...(mine
          ? [
              {
                label: 'Garder le mien',
                press: () => {
                  choosing.delete('*');
                  page.setSeen(version);
                  page.tell();
                  later(0);
                },
              },
            ]
          : []),
      ],
    });
  };

  page.form.addEventListener('input', () => later(pauses.typing));
  page.form.addEventListener('change', () => later(pauses.typing));
  page.form.addEventListener('focusout', () => later(0));
  page.form.addEventListener('submit', (event) => {
    stopped = true;
    clearTimeout(timer);
    if (!sending) return;
    // What is on its way arrives first: sent together, one’s own words would be told as those of somebody else.
    event.preventDefault();
    void going.then(() => page.form.requestSubmit(event.submitter));
  });
  addEventListener('online', () => later(0));
  // A page that goes says what it has; what the site does not receive stays on the device.
  addEventListener('pagehide', () => {
    if (stopped || choosing.size > 0 || !dirty()) return;
    page.kept.keep(page.typed());
    navigator.sendBeacon(`${page.address}/enregistrer`, new FormData(page.form));
  });
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void look();
    else later(0);
  });
  const watch = async (): Promise<void> => {
    if (document.visibilityState === 'visible' && !stopped) await look();
    setTimeout(() => void watch(), pauses.others);
  };
  void watch();
  proposeKept(page, () => later(0));
};

const ask = async <Answer>(address: string, body: FormData): Promise<Answer | 'away' | 'signed-out' | 'gone'> => {
  try {
    const response = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    if (response.status === 401) return 'signed-out';
    if (response.status === 404) return 'gone';
    return response.status < 500 ? ((await response.json()) as Answer) : 'away';
  } catch {
    return 'away';
  }
};

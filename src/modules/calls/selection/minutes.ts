import { formatCents } from '../money.ts';
import { totalAmount } from './allocation.ts';
import { issueOf } from './decision.ts';
import { type JurorQuality, jurorQualities, type Voice, voices } from './jury.ts';
import type { ItemOutcome, SessionItem, SessionState, Vote } from './session.ts';

/** A member as the minutes say them. The name is empty once the person was erased: their role stays (I-17). */
export interface MinutesMember {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly quality: JurorQuality;
  readonly voice: Voice;
}

/** What the minutes are written with, besides the events. */
export interface MinutesFacts {
  readonly title: string;
  readonly organisers: string;
  readonly members: readonly MinutesMember[];
  /** Number and title of each file. */
  readonly files: ReadonlyMap<string, { readonly number: number; readonly title: string }>;
  /** Texts by the id of their row. */
  readonly texts: ReadonlyMap<string, string>;
  readonly quorum: string | undefined;
  /** A moment as one says it, in the zone of the call. */
  readonly say: (instant: string) => string;
}

/** Parts of the minutes, each with its lines: the page and the PDF say exactly these. */
export interface Minutes {
  readonly title: string;
  readonly parts: readonly { readonly heading: string; readonly lines: readonly string[] }[];
}

/** The minutes of a session, made from its events alone: who was there, who left for what, what was said. */
export const minutesOf = (state: SessionState, facts: MinutesFacts): Minutes => {
  const { members, files, texts, say } = facts;
  const nameOf = (id: string): string => sayMember(members.find((member) => member.id === id));
  const attended = [...new Set([...state.present, ...state.items.flatMap(({ present }) => present)])];
  return {
    title: `Procès-verbal de la séance du ${say(state.at)}`,
    parts: [
      {
        heading: 'La séance',
        lines: [
          `Appel : ${facts.title}.`,
          `Organisation : ${facts.organisers}.`,
          ...(state.place ? [`Lieu : ${texts.get(state.place) ?? ''}`] : []),
          ...(state.openedAt ? [`Ouverte le ${say(state.openedAt)}.`] : []),
          ...(state.closedAt ? [`Close le ${say(state.closedAt)}.`] : []),
          `Quorum : ${facts.quorum ?? 'non fixé par l’appel'}.`,
        ],
      },
      { heading: 'Présences', lines: attended.map(nameOf) },
      ...state.items.map((item) => ({
        heading: fileHeading(files.get(item.application)),
        lines: itemLines(item, nameOf, texts),
      })),
    ],
  };
};

/** What the hash of signed minutes is made of: roles, never names; so erasing a person does not break it. */
export const minutesContent = (
  { minutes: _, ...state }: SessionState,
  { title, members, texts }: Pick<MinutesFacts, 'title' | 'members' | 'texts'>,
) => ({
  ...{ title, state: { ...state, status: 'closed' as const } },
  members: members.map(({ id, quality, voice }) => ({ id, quality, voice })),
  texts: [
    ...(state.place ? [texts.get(state.place) ?? ''] : []),
    ...state.items.flatMap(({ outcome }) => (outcome?.words ? [texts.get(outcome.words) ?? ''] : [])),
  ],
});

const sayMember = (member: MinutesMember | undefined): string => {
  if (!member) return 'Membre du jury';
  const role = `${jurorQualities[member.quality]}, ${voices[member.voice].toLowerCase()}`;
  const who = [member.name, member.organisation].filter(Boolean).join(', ');
  return who ? `${who} (${role})` : `Membre du jury (${role})`;
};

const fileHeading = (file: { readonly number: number; readonly title: string } | undefined): string =>
  file ? `Candidature n° ${file.number}, ${file.title}` : 'Candidature';

const itemLines = (
  { status, present, out, outcome }: SessionItem,
  nameOf: (id: string) => string,
  texts: ReadonlyMap<string, string>,
): string[] => {
  if (status === 'skipped') return ['Point reporté à une autre séance.'];
  if (status === 'waiting') return ['Point non traité.'];
  return [
    ...(out.length === 0
      ? ['Aucune sortie : personne dans la salle n’est en déport.']
      : out.map((id) => `A quitté la salle avant l’ouverture du point, en déport : ${nameOf(id)}.`)),
    `Dans la salle : ${present.filter((id) => !out.includes(id)).length}.`,
    ...(outcome ? outcomeLines(outcome, texts) : []),
  ];
};

const outcomeLines = ({ issue, amounts, votes, words }: ItemOutcome, texts: ReadonlyMap<string, string>): string[] => {
  const cast: readonly Vote[] = votes ? Object.values(votes) : [];
  const count = (vote: Vote): number => cast.filter((one) => one === vote).length;
  const total = totalAmount(amounts);
  return [
    votes
      ? `Votes : ${count('for')} pour, ${count('against')} contre, ${count('abstains')} ${count('abstains') > 1 ? 'abstentions' : 'abstention'}.`
      : 'Par consensus.',
    `Proposition de la séance : ${issueOf(issue).words}${total > 0 ? `, ${formatCents(total)}` : ''}.`,
    ...(words ? [texts.get(words) ?? ''] : []),
  ];
};

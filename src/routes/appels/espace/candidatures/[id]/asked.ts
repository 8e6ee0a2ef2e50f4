import { deadlineWords, partTitles } from '#modules/calls/index.ts';

/** What was asked to be completed, as its page says it. `place`: where the call is, « à La Réunion ». */
export const askedWords = <Part extends keyof typeof partTitles>(
  asked: { readonly reason: string; readonly parts: readonly Part[]; readonly due: Temporal.Instant },
  { zone, place, now }: { readonly zone: string; readonly place: string; readonly now: Temporal.Instant },
) => ({
  ...{ reason: asked.reason, due: deadlineWords(asked.due.toString(), zone, place) },
  parts: asked.parts.map((part) => partTitles[part]).join(', '),
  late: Temporal.Instant.compare(now, asked.due) > 0,
});

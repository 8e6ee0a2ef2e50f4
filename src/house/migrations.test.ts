import { expect, test } from 'vitest';
import { migrations } from './migrations.ts';

/** What sites have run already, in order. A line is added at its end when one is published; no other line ever changes. */
const published = [
  ...['0001-journal', '0002-mail', '0004-rate-limit', '0010-territory', '0020-initiatives', '0030-directory'],
  ...['0031-directory-content', '0040-push', '0041-directory-owners', '0050-identity', '0060-professionals'],
  ...['0061-professionals-duplicates', '0070-exports', '0080-directory-checked', '0080-fresh', '0080-mail-addresses'],
  ...['0082-networks', '0084-callback', '0085-moderation-queues', '0086-claims', '0086b-probable-duplicates'],
  ...['0088-demonstration', '0089-trust', '0090-agenda', '0091-bookings', '0094-respite', '0095-sitting'],
  ...['0096-professionals-idle', '0096-professionals-relay-ban', '0100-houses', '0101-houses-counter'],
  ...['0103-tours-followed', '0105-groups', '0107-agenda-reports', '0107-agenda-to-call', '0110-calls'],
];

test('a new migration comes after all that sites have run: one slipped between them would stop their start', () => {
  // As the migrator sorts them.
  const names = Object.keys(migrations).sort((one, other) => one.localeCompare(other));
  expect(names.slice(0, published.length)).toEqual(published);
});

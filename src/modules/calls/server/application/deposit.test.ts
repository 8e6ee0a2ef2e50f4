import { expect, test } from 'vitest';
import { callsHouse, depositedApplication, publishedCall } from '#testing/calls.ts';
import { hashOfContent, snapshotsOf } from './snapshots.ts';

test('what was deposited is what its hash says (I-8)', async () => {
  const house = await callsHouse();
  const call = await publishedCall(house);
  const { id, holder } = await depositedApplication(house, call);
  const [snapshot] = await snapshotsOf(holder, id);
  expect(snapshot && hashOfContent(snapshot.content)).toBe(snapshot?.sha256);
});

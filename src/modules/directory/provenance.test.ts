import { expect, it } from 'vitest';
import { mergeFields, PERSON } from './provenance.ts';

const finess = { source: 'finess', on: '2026-05-12' };
const city = { source: 'ville', on: '2026-01-01' };
const person = { source: PERSON, on: '2026-02-02' };
type Fields = Record<string, unknown>;

const merge = (fields: Fields, provenance: Parameters<typeof mergeFields>[0], incoming: Fields, origin = finess) =>
  mergeFields<Fields>(provenance && { ...provenance, fields }, incoming, origin);

const told = (origins: Readonly<Record<string, typeof finess>>) => ({ fields: {}, provenance: origins });

it('takes back what the source itself said, and nothing of what another one told or a person', () => {
  const fields = { phone: '01', hours: 'Mo 09:00-10:00', access: ['lsf'], name: 'PMI' };
  const nothing = { phone: null, hours: null, access: [], name: null };
  const before = told({ phone: finess, hours: city, access: city, name: person });
  expect(merge(fields, before, nothing)).toMatchObject({
    fields: { phone: null, hours: 'Mo 09:00-10:00', access: ['lsf'], name: 'PMI' },
    provenance: { phone: finess, hours: city, access: city, name: person },
    ...{ changed: ['phone'], kept: ['name'] },
  });
});

it('takes what the source tells where another one had told, and leaves what it does not speak of', () => {
  const before = told({ phone: city, hours: finess });
  expect(merge({ phone: '01', hours: 'Mo 09:00-10:00' }, before, { phone: '02', hours: undefined })).toMatchObject({
    fields: { phone: '02', hours: 'Mo 09:00-10:00' },
    provenance: { phone: finess, hours: finess },
    ...{ changed: ['phone'], kept: [] },
  });
});

it('lets a person say that there is nothing', () => {
  expect(merge({ phone: '01' }, told({ phone: city }), { phone: null }, person)).toMatchObject({
    ...{ fields: { phone: null }, provenance: { phone: person }, changed: ['phone'] },
  });
});

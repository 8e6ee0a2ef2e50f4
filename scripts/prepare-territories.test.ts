import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepareTerritories } from './prepare-territories.ts';

const target = mkdtempSync(path.join(tmpdir(), 'territories-'));
afterAll(() => rmSync(target, { recursive: true }));

const rows = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(path.join(target, `${file}.tsv`), 'utf8')
    .trimEnd()
    .split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i], value])));
};

test('prepares the whole of France once, and does nothing the second time', () => {
  expect(prepareTerritories(target)).toBe(true);
  const written = statSync(path.join(target, 'communes.tsv')).mtimeMs;
  expect(prepareTerritories(target)).toBe(false);
  expect(statSync(path.join(target, 'communes.tsv')).mtimeMs).toBe(written);
  expect(readdirSync(target).sort()).toEqual([
    'communes.tsv',
    'departements.tsv',
    'epci.tsv',
    'former-communes.tsv',
    'regions.tsv',
    'stamp.json',
  ]);
});

test('counts those of the official code of 2026', () => {
  const communes = rows('communes');
  expect(communes.filter((commune) => commune.part_of === '\\N')).toHaveLength(34_969);
  expect(communes.filter((commune) => commune.part_of !== '\\N')).toHaveLength(45);
  expect(rows('epci')).toHaveLength(1_255);
  expect(rows('departements')).toHaveLength(101 + 8);
  expect(rows('regions')).toHaveLength(18 + 8);
});

test('every commune has a point on Earth and says how good it is', () => {
  for (const commune of rows('communes')) {
    expect(Math.abs(Number(commune.lat)), commune.code).toBeLessThan(90);
    expect(Math.abs(Number(commune.lon)), commune.code).toBeLessThan(180);
    expect(commune.lat, commune.code).toMatch(/^-?\d/);
    expect(commune.precision, commune.code).toMatch(/^(located|postcode|epci|manual)$/);
    expect(Number(commune.uncertainty_km), commune.code).toBeGreaterThan(0);
  }
});

test('names are printed as people write them, and every former commune leads to one of today', () => {
  const communes = new Map(rows('communes').map((commune) => [commune.code, commune]));
  expect(communes.get('01001')?.name).toBe('L’Abergement-Clémenciat');
  expect(communes.get('75118')).toMatchObject({ name: 'Paris 18e arrondissement', part_of: '75056' });
  const former = rows('former-communes');
  expect(former.find(({ code }) => code === '50602')).toMatchObject({ name: 'Tourlaville', commune: '50129' });
  for (const { code, commune } of former) expect(communes.has(commune ?? ''), code).toBe(true);
  expect(new Set(former.map(({ code }) => code)).size).toBe(former.length);
});

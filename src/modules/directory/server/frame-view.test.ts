import { describe, expect, it, test } from 'vitest';
import { type DirectoryContext, directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord, PlaceFields } from '../model.ts';
import { embedView, frameView, saveRecords } from './index.ts';

const record = (ref: string, place: Partial<PlaceFields> = {}): DirectoryRecord => ({
  place: { ref, fields: { name: `Lieu ${ref}`, kind: 'pmi', insee: '35238', lat: 48.11, lon: -1.68, ...place } },
  services: [{ ref, fields: { name: `Service ${ref}`, kind: place.kind ?? 'pmi' } }],
});

const withPlaces = async (): Promise<DirectoryContext> => {
  const context = await directoryContext();
  const many = Array.from({ length: 6 }, (_, at) => record(`r${at}`, { lat: 48.11 + at / 500 }));
  const others = [
    record('creche', { kind: 'creche', lat: 48.12 }),
    record('st-malo', { insee: '35288', lat: 48.65, lon: -2.02 }),
    record('nantes', { insee: '44109', lat: 47.22, lon: -1.55 }),
  ];
  await saveRecords(context, { source: 'essai', on: null }, [...many, ...others]);
  await context.reindex();
  return context;
};

const view = (context: DirectoryContext, query: string) =>
  frameView(context, new URLSearchParams(query), async () => []);
const titles = async (context: DirectoryContext, query: string) =>
  (await view(context, query)).cards.map(({ title }) => title);

describe('the frame of places', () => {
  it('shows a commune, a département, or asks where', async () => {
    const context = await withPlaces();
    expect(await view(context, 'code=35238&nombre=20')).toMatchObject({ where: 'à Rennes' });
    const department = await view(context, 'territoire=departement:35&nombre=20');
    expect(department.where).toBe('en Ille-et-Vilaine');
    expect(department.cards.map(({ title }) => title)).toHaveLength(8);
    expect(department.search?.asksPlace).toBe(false);
    const empty = await view(context, '');
    expect([empty.cards, empty.summary, empty.plan, empty.search?.asksPlace]).toEqual([[], undefined, undefined, true]);
    expect((await view(context, 'commune=saint-denis')).choices.length).toBeGreaterThan(1);
    expect((await view(context, 'commune=zzzz')).unknown).toContain('zzzz');
  });

  it('filters by its address, and its form keeps what it does not show', async () => {
    const context = await withPlaces();
    expect(await titles(context, 'territoire=departement:35&kind=creche')).toEqual(['Lieu creche']);
    const { search } = await view(
      context,
      'territoire=departement:35&kind=creche,pmi&priority=2&couleur=1a5f7a&theme=clair',
    );
    expect(search?.kind.options[0]).toEqual({
      value: 'creche,pmi',
      label: 'Crèche, PMI (protection maternelle et infantile)',
    });
    expect(Object.fromEntries(search?.hidden.map(({ name, value }) => [name, value]) ?? [])).toEqual({
      ...{ territoire: 'departement:35', priority: '2', couleur: '1a5f7a', theme: 'clair' },
    });
    expect(await view(context, 'code=35238&recherche=non&carte=non')).toMatchObject({
      search: undefined,
      plan: undefined,
    });
  });

  it('goes on to the end, each place once, in the same colours', async () => {
    const context = await withPlaces();
    for (const start of ['territoire=departement:35', 'code=35238']) {
      const seen: string[] = [];
      for (let query = `${start}&nombre=5&theme=clair`; ; ) {
        const page = await view(context, query);
        expect(page.theme.light).toBe(true);
        seen.push(...page.cards.map(({ title }) => title));
        if (!page.nextHref) break;
        query = new URL(page.nextHref, 'http://localhost').search;
        expect((await view(context, query)).firstHref).toContain('theme=clair');
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe((await titles(context, `${start}&nombre=20`)).length);
    }
  });

  it('reads what it can of an address', async () => {
    const context = await withPlaces();
    for (const query of [
      'territoire=departement:999&code=35238',
      'territoire=x&code=35238&kind=zzz&nombre=1000&stage=<script>&couleur=url(x)&taille=9&theme=x',
      'code=35238&suite=zzz',
      'code=35238&radius=-1&open=jamais&q=',
    ]) {
      const { where, cards } = await view(context, query);
      expect([where, cards.length > 0 && cards.length <= 10], query).toEqual(['à Rennes', true]);
    }
  });
});

describe('the page that writes the snippet', () => {
  const ORIGIN = 'https://mj.example';
  const snippet = async (query: string) => embedView(await directoryContext(), new URLSearchParams(query), ORIGIN);

  test('writes what was chosen, in an address that the frame understands', async () => {
    const made = await snippet(
      'departement=35&commune=&kind=pmi&stage=&theme=clair&couleur=%231A5F7A&carte=non&hauteur=600',
    );
    const address = 'territoire=departement%3A35&amp;kind=pmi&amp;theme=clair&amp;couleur=1a5f7a&amp;carte=non';
    expect(made.frame).toContain(`src="https://mj.example/integrer/cadre/lieux?${address}"`);
    expect(made.frame).toContain('height:600px');
    expect(made.element).toContain(`parametres="${address}"`);
    expect(made.preview).toBe(`/integrer/cadre/lieux?${address.replaceAll('&amp;', '&')}`);
    expect(made.remarks).toEqual([]);
  });

  test('asks which commune, and says what it could not use', async () => {
    const context = await directoryContext();
    const made = (query: string) => embedView(context, new URLSearchParams(query), ORIGIN);
    expect(made('commune=saint-denis&kind=pmi').choices[0]?.href).toMatch(/kind=pmi.*code=/);
    const { remarks, frame } = made('commune=zzzz&couleur=ffff00');
    expect(remarks[0]).toContain('Aucune commune ne répond à « zzzz »');
    expect(remarks[1]).toMatch(/votre couleur devient #[0-9a-f]{6} sur une page claire/);
    expect(frame).not.toContain('zzzz');
    expect(made('couleur=rouge').remarks[0]).toContain('n’est pas une couleur');
  });

  test('puts nothing of the address in the snippet that was not chosen from its lists', async () => {
    const made = await snippet('kind="><script>&stage=x&theme=x&taille=x&hauteur=9e9&departement="onload="&couleur="');
    expect(made.frame).toContain('src="https://mj.example/integrer/cadre/lieux" title');
    expect(made.frame).toContain('height:900px');
  });
});

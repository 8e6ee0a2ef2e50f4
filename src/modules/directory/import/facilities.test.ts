import { describe, expect, it } from 'vitest';
import { publisherOfFacility, readFacility } from './facilities.ts';

const row = (cells: Record<string, string>) => ({
  line: 2,
  cells: new Map(Object.entries({ equip_uid: '1', equip_nom: 'Crèche du Mûrier', equip_type: 'Crèche', ...cells })),
});

describe('a public facility', () => {
  it.each([
    ['10', 'RUE DU MURIER', '10 rue du Murier'],
    ['', 'AV DE PARIS', 'avenue de Paris'],
    ['3', 'rue du Port', '3 rue du Port'],
    ['', 'HALLES', 'Halles'],
    ['', '', null],
  ])('at « %s » « %s » is at %s', (adr_numero, adr_nomvoi, line) => {
    const read = readFacility(row({ adr_numero, adr_nomvoi }));
    expect(read).toMatchObject({ outcome: 'record', record: { place: { fields: { line } } } });
  });

  it('is published by a collectivity whose name does not shout', () => {
    const publisher = (coll_nom: string) => publisherOfFacility(row({ coll_siret: '21790191700013', coll_nom }))?.name;
    expect(publisher('Ville de NIORT')).toBe('Ville de Niort');
    expect(publisher('SIVU de la Sèvre')).toBe('SIVU de la Sèvre');
    expect(publisher('CA du Niortais')).toBe('CA du Niortais');
  });
});

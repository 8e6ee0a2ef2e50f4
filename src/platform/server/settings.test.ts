import { describe, expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const sentences = (environment: Record<string, string>): string[] => {
  const read = readSettings(environment);
  return read.ok ? [] : read.sentences;
};

describe('settings', () => {
  test('nothing given is enough, and an empty variable counts as nothing', () => {
    expect(readSettings({})).toMatchObject({ ok: true, value: { PORT: 3000, TRUST_PROXY: 0, LOG_LEVEL: 'info' } });
    expect(readSettings({ PORT: '', ORIGIN: '' })).toMatchObject({ ok: true, value: { PORT: 3000 } });
  });

  test.each([
    ['PORT', 'trois mille', /PORT : attend un numéro de port.*« trois mille »/],
    ['PORT', '70000', /PORT : .*entre 0 et 65535/],
    ['ORIGIN', 'mille-jours.example', /ORIGIN : attend une adresse comme https/],
    ['ORIGIN', 'https://mille-jours.example/site', /ORIGIN : attend une origine seule, sans chemin/],
    ['TRUST_PROXY', 'oui', /TRUST_PROXY : attend le nombre/],
    ['DATABASE_URL', 'mysql://a:secret@b/c', /DATABASE_URL : attend une adresse comme postgres/],
    ['LOG_LEVEL', 'bavard', /LOG_LEVEL : attend debug, info/],
    ['QUICK_EXIT_URL', 'javascript:alert(1)', /QUICK_EXIT_URL : attend une adresse/],
    ['CONTACT_EMAIL', 'personne', /CONTACT_EMAIL : attend une adresse électronique/],
    ['BASE_MAP', 'ailleurs', /BASE_MAP : attend carte-facile, ou rien/],
    ['S3_URL', 'https://s3.example/seau', /S3_URL : attend aussi S3_ACCESS_KEY_ID/],
  ])('%s=%s is explained in one sentence', (name, value, sentence) => {
    const said = sentences({ [name]: value });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(sentence);
  });

  test('what may hold a password is never repeated', () => {
    expect(sentences({ DATABASE_URL: 'mysql://moi:tressecret@b/c' }).join()).not.toMatch(/tressecret/);
  });

  test('the last slash of an origin does not matter', () => {
    expect(readSettings({ ORIGIN: 'https://mille-jours.example/' })).toMatchObject({
      value: { ORIGIN: 'https://mille-jours.example' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { attestationStatuses } from './attestation.ts';
import { badgeSvg } from './badge.ts';

describe('the badge', () => {
  it.each(attestationStatuses)('of an attestation that is %s says whether it holds', (status) => {
    const words = status === 'given' ? 'Professionnels des 1000 premiers jours' : 'Attestation non valable';
    expect(badgeSvg(status)).toContain(`<title>${words}</title>`);
  });

  it('needs nothing from elsewhere: neither type, nor script, nor another file', () => {
    for (const status of attestationStatuses) {
      expect(badgeSvg(status).replace('http://www.w3.org/2000/svg', '')).not.toMatch(
        /http|href|url\(|<text|<script|on\w+=/,
      );
    }
  });
});

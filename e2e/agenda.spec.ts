import { expect, type Page, test } from '@playwright/test';
import { dayAhead, monthAhead } from './days.ts';
import { paperOf } from './paper.ts';
import { midwife, register } from './register.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { sound } from './sound.ts';

const bookAs = async (page: Page, name: string, email: string): Promise<void> => {
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=contact]').fill(email);
  await page.locator('form[method=POST] button[type=submit]').click();
};

test.describe('the agenda, without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, actionTimeout: 10_000 });

  test('a mother books and cancels, a father on the waiting list gets her place, the animator tells everybody', async ({
    page,
    browser,
    baseURL,
  }) => {
    const code = newEmail('x').slice(2, 10);
    const title = `Café <b>${code}</b>`;
    await signIn(page, newEmail('animatrice'), '/professionnels/inscription');
    await register(page, midwife(`Camille ${code}`));

    await page.goto('/professionnels/espace/agenda');
    await page.getByRole('link', { name: /^Nouveau rendez-vous/ }).click();
    const form = page.url();
    await page.locator('[name=title]').fill(title);
    await page.locator('[name=commune]').fill('Quimper');
    await page.locator('[name=day]').fill('30/02/2027');
    await page.locator('[name=hour]').fill('9h30');
    await page.locator('[name=booking][value=ici]').check();
    await page.locator('[name=places]').fill('2');
    await page.locator('[name=waiting_list]').check();
    await page.getByRole('button', { name: 'Publier dans l’agenda' }).click();
    await expect(page.locator('main')).toContainText('Donnez la date');
    await expect(page.locator('[name=title]')).toHaveValue(title);
    await page.locator('[name=day]').fill(dayAhead(20));
    await page.getByRole('button', { name: 'Publier dans l’agenda' }).click();
    await expect(page.getByRole('status')).toContainText('C’est en ligne');
    const series = page.url();

    // A family finds it by the place and the words, within moments.
    const family = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
    const parent = await family.newPage();
    await expect(async () => {
      await parent.goto(`/agenda?commune=Quimper&code=29232&q=${code}`);
      await expect(parent.getByRole('link', { name: title })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await parent.getByRole('link', { name: title }).click();
    const date = parent.url();
    await expect(parent.locator('main')).toContainText('Il reste 2 places');

    const mother = newEmail('ana');
    await parent.locator('[name=adults]').fill('40');
    await bookAs(parent, 'Ana', mother);
    await expect(parent.locator('main')).toContainText('De 0 à 4 adultes par inscription');
    await parent.locator('[name=adults]').fill('1');
    await parent.locator('[name=children]').fill('1');
    await bookAs(parent, 'Ana', mother);
    await expect(parent.getByRole('status')).toContainText('Votre place est gardée');
    const booking = parent.url();

    const father = newEmail('bob');
    await parent.goto(date);
    await expect(parent.locator('main')).toContainText('Complet : il reste la liste d’attente');
    await parent.locator('[name=children]').fill('1');
    await bookAs(parent, 'Bob', father);
    await expect(parent.getByRole('status')).toContainText('liste d’attente');

    await parent.goto(booking);
    await parent.getByRole('button', { name: 'Je ne viendrai pas' }).click();
    await expect(parent.getByRole('status')).toContainText('annulée');
    // A forged address says so, and changes nothing.
    await parent.goto(`${booking.slice(0, -3)}xyz`);
    await expect(parent.locator('main')).toContainText('n’est pas, ou plus, celle d’une inscription');

    const offer = await messageTo(page, father);
    expect(offer).toContain('Une place s’est libérée pour vous');
    expect(offer).not.toContain('Café');
    await parent.goto(/\/agenda\/inscription\/[\w-]{43}/.exec(offer)?.[0] ?? '');
    await parent.getByRole('button', { name: 'Confirmer ma venue' }).click();
    await expect(parent.getByRole('status')).toContainText('Votre place est gardée');

    // The animator sees who comes, and cancels: the father is told.
    await page.goto(series);
    await page.getByRole('link', { name: /9\sh\s30/ }).click();
    await expect(page.locator('main')).toContainText('Bob');
    const attendance = page.url();
    await page.locator('[name=why]').fill('La salle est fermée.');
    await page.getByRole('button', { name: 'Annuler, et prévenir' }).click();
    await expect(page.getByRole('status')).toContainText('Cette date est annulée');
    expect(await messageTo(page, father)).toContain('La salle est fermée.');
    await parent.goto(date);
    await expect(parent.locator('main')).toContainText('Cette date est annulée');

    // A month of one date a day, with the longest title: its programme is one sheet, for the wall too.
    await page.goto(form);
    await page.locator('[name=title]').fill(`Atelier ${code} `.padEnd(88, 'de portage '));
    await page.locator('[name=commune]').fill('Quimper');
    await page.locator('[name=place_name]').fill('Salle des fêtes '.repeat(7));
    await page.locator('[name=day]').fill(dayAhead(1));
    await page.locator('[name=hour]').fill('9h30');
    await page.locator('[name=repeat]').selectOption('semaine');
    for (const box of await page.locator('[name=days]').all()) await box.check();
    await page.locator('[name=until]').fill(dayAhead(70));
    await page.getByRole('button', { name: 'Publier dans l’agenda' }).click();
    await expect(page.getByRole('status')).toContainText('C’est en ligne');
    const sheet = `/agenda/programme?commune=Quimper&code=29232&q=${code}&mois=${monthAhead(1)}`;
    await expect(async () => {
      await parent.goto(sheet);
      await expect(parent.locator('main')).toContainText('autres dates', { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    expect(await paperOf(parent)).toEqual({ sheets: 1, sides: [210, 297] });
    await parent.goto(`${sheet}&format=a3`);
    await expect(parent.locator('main')).toContainText('autres dates');
    expect(await paperOf(parent)).toEqual({ sheets: 1, sides: [297, 420] });

    // What was walked is sound: no fault for axe, nothing wider than a small window.
    const reader = await browser.newContext({
      javaScriptEnabled: true,
      storageState: await page.context().storageState(),
      viewport: { width: 320, height: 640 },
    });
    const tab = await reader.newPage();
    const [importing, reporting] = [form.replace('/nouveau', '/importer'), `${date.replace(/\/\d+$/, '')}/signaler`];
    for (const address of [form, importing, series, attendance, date, reporting, booking]) {
      await tab.goto(address);
      await sound(tab);
    }
    await reader.close();
    await family.close();
  });
});

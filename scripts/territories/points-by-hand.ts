/**
 * Points of the communes that neither GeoNames nor their neighbours can place. Each is the village where the town hall
 * stands, or, for territories without a village, their base or main island. Geographical coordinates are plain facts;
 * these were written to a hundredth of a degree (about one kilometre).
 *
 * `uncertaintyKm`: how far the point may be from the middle of the commune. An atoll, or a commune of several, is wide.
 */
interface PointByHand {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly uncertaintyKm: number;
}

const point = (name: string, lat: number, lon: number, uncertaintyKm: number): PointByHand => ({
  name,
  lat,
  lon,
  uncertaintyKm,
});

export const pointsByHand: Readonly<Record<string, PointByHand>> = {
  // Islands off Brittany and Vendée: alone on their postcode, in no EPCI.
  '22016': point('Île-de-Bréhat, le Bourg', 48.85, -3.0, 2),
  '29083': point('Île-de-Sein, le bourg', 48.04, -4.85, 2),
  '85113': point('L’Île-d’Yeu, Port-Joinville', 46.72, -2.35, 5),
  // One commune each, which does not bear the name of its main town.
  '97701': point('Saint-Barthélemy, Gustavia', 17.9, -62.85, 5),
  '97801': point('Saint-Martin, Marigot', 18.07, -63.08, 7),
  // Terres australes et antarctiques françaises: no inhabitants but those of the bases.
  '98411': point('Amsterdam, base Martin-de-Viviès', -37.8, 77.57, 110),
  '98412': point('Kerguelen, Port-aux-Français', -49.35, 70.22, 100),
  '98413': point('Crozet, base Alfred-Faure', -46.43, 51.86, 120),
  '98414': point('Terre-Adélie, base Dumont-d’Urville', -66.66, 140.0, 1300),
  '98415': point('Îles Éparses, Juan de Nova', -17.05, 42.73, 1500),
  // Polynésie française: the village of the town hall.
  '98711': point('Anaa, Tukuhora', -17.35, -145.51, 70),
  '98713': point('Arutua, Rautini', -15.24, -146.62, 60),
  '98714': point('Bora-Bora, Vaitape', -16.51, -151.75, 20),
  '98716': point('Fakarava, Rotoava', -16.05, -145.62, 110),
  '98717': point('Fangatau, Teana', -15.82, -140.89, 80),
  '98718': point('Fatu-Hiva, Omoa', -10.51, -138.69, 10),
  '98719': point('Gambier, Rikitea', -23.12, -134.97, 180),
  '98720': point('Hao, Otepa', -18.11, -140.9, 200),
  '98721': point('Hikueru', -17.59, -142.61, 100),
  '98722': point('Hitiaa O Te Ra, Tiarei', -17.53, -149.33, 15),
  '98723': point('Hiva-Oa, Atuona', -9.8, -139.04, 25),
  '98724': point('Huahine, Fare', -16.71, -151.03, 12),
  '98726': point('Makemo, Pouheva', -16.63, -143.57, 100),
  '98727': point('Manihi, Paeua', -14.46, -146.07, 30),
  '98728': point('Maupiti, Vaiea', -16.44, -152.25, 450),
  '98729': point('Moorea, Afareaitu', -17.55, -149.78, 90),
  '98730': point('Napuka', -14.17, -141.24, 30),
  '98731': point('Nuku-Hiva, Taiohae', -8.91, -140.1, 120),
  '98732': point('Nukutavake', -19.28, -138.77, 60),
  '98734': point('Papara', -17.75, -149.53, 12),
  '98737': point('Pukapuka', -14.82, -138.81, 10),
  '98739': point('Raivavae, Rairua', -23.87, -147.68, 10),
  '98740': point('Rangiroa, Avatoru', -14.94, -147.7, 120),
  '98741': point('Rapa, Ahurei', -27.62, -144.33, 15),
  '98742': point('Reao, Tapuarava', -18.47, -136.46, 60),
  '98743': point('Rimatara, Amaru', -22.65, -152.8, 210),
  '98744': point('Rurutu, Moerai', -22.45, -151.34, 16),
  '98745': point('Tahaa, Patio', -16.59, -151.49, 10),
  '98746': point('Tahuata, Vaitahu', -9.94, -139.11, 10),
  '98747': point('Taiarapu-Est, Afaahiti', -17.74, -149.32, 20),
  '98748': point('Taiarapu-Ouest, Vairao', -17.78, -149.28, 15),
  '98749': point('Takaroa, Teavaroa', -14.46, -145.03, 60),
  '98750': point('Taputapuatea, Avera', -16.78, -151.42, 12),
  '98751': point('Tatakoto', -17.34, -138.45, 15),
  '98752': point('Teva I Uta, Mataiea', -17.77, -149.41, 12),
  '98753': point('Tubuai, Mataura', -23.35, -149.48, 10),
  '98754': point('Tumaraa, Tevaitoa', -16.79, -151.49, 12),
  '98755': point('Tureia', -20.77, -138.56, 250),
  '98756': point('Ua-Huka, Vaipaee', -8.94, -139.57, 12),
  '98757': point('Ua-Pou, Hakahau', -9.36, -140.05, 12),
  // Nouvelle-Calédonie.
  '98806': point('Farino', -21.66, 165.78, 10),
  '98832': point('Yaté', -22.15, 166.94, 30),
  '98833': point('Kouaoua', -21.4, 165.83, 15),
  '98901': point('Clipperton', 10.3, -109.22, 3),
  // Paris: GeoNames has the city only, not its arrondissements.
  '75101': point('Paris 1er', 48.86, 2.34, 2),
  '75102': point('Paris 2e', 48.87, 2.34, 2),
  '75103': point('Paris 3e', 48.86, 2.36, 2),
  '75104': point('Paris 4e', 48.855, 2.36, 2),
  '75105': point('Paris 5e', 48.845, 2.35, 2),
  '75106': point('Paris 6e', 48.85, 2.33, 2),
  '75107': point('Paris 7e', 48.855, 2.31, 2),
  '75108': point('Paris 8e', 48.875, 2.31, 2),
  '75109': point('Paris 9e', 48.875, 2.34, 2),
  '75110': point('Paris 10e', 48.875, 2.36, 2),
  '75111': point('Paris 11e', 48.86, 2.38, 2),
  '75112': point('Paris 12e', 48.84, 2.39, 4),
  '75113': point('Paris 13e', 48.83, 2.36, 2),
  '75114': point('Paris 14e', 48.83, 2.325, 2),
  '75115': point('Paris 15e', 48.84, 2.29, 2),
  '75116': point('Paris 16e', 48.86, 2.27, 3),
  '75117': point('Paris 17e', 48.89, 2.31, 2),
  '75118': point('Paris 18e', 48.89, 2.35, 2),
  '75119': point('Paris 19e', 48.885, 2.385, 2),
  '75120': point('Paris 20e', 48.865, 2.4, 2),
};

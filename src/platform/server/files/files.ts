import path from 'node:path';
import type { Settings } from '../settings.ts';
import { openFolder } from './folder.ts';
import { openS3 } from './s3.ts';
import type { FileStore } from './store.ts';

type FileSettings = Pick<Settings, 'DATA_DIR' | 'S3_URL' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'>;

/** The files of the house: in the bucket of S3_URL when it is set, else in the folder `files` of DATA_DIR. */
export const openFiles = (settings: FileSettings): FileStore => {
  const folder = path.resolve(settings.DATA_DIR, 'files');
  const { S3_URL, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  return S3_URL && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
    ? openS3({
        ...{ url: S3_URL, region: S3_REGION, accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
        draftsFolder: path.join(folder, '.drafts'),
      })
    : openFolder(folder);
};

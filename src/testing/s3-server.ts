import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface S3TestServer {
  /** Address of the bucket, path style. */
  readonly url: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** What the next requests meet instead of an answer, in order. */
  misbehave(...troubles: ('500' | 'hang' | 'cut')[]): void;
  /** Requests received, misbehaviours included. */
  readonly received: string[];
}

const access = { id: 'TESTACCESSKEY', secret: 'test-secret', region: 'fr-par' };

/** A small server of objects that checks the signature of each request, as S3 does. Ends with the test. */
export const s3Server = async (): Promise<S3TestServer & typeof access> => {
  const objects = new Map<string, Buffer>();
  const troubles: string[] = [];
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    received.push(`${request.method} ${request.url}`);
    const body = await bodyOf(request);
    const trouble = troubles.shift();
    if (trouble === 'hang') return;
    if (trouble === 'cut') return request.socket.destroy();
    if (trouble) return answer(response, 500, 'InternalError');
    if (!signatureIsRight(request)) return answer(response, 403, 'SignatureDoesNotMatch');
    if (request.method === 'PUT' && request.headers['content-length'] === undefined) {
      return answer(response, 411, 'MissingContentLength');
    }
    const declared = request.headers['x-amz-content-sha256'];
    if (request.method === 'PUT' && declared !== sha256(body)) {
      return answer(response, 400, 'XAmzContentSHA256Mismatch');
    }
    const name = request.url ?? '';
    if (request.method === 'PUT') objects.set(name, body);
    if (request.method === 'DELETE') objects.delete(name);
    if (request.method !== 'GET') return answer(response, request.method === 'PUT' ? 200 : 204);
    const found = objects.get(name);
    if (!found) return answer(response, 404, 'NoSuchKey');
    response.writeHead(200, { 'content-length': found.length }).end(found);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...access,
    url: `http://127.0.0.1:${port}/bucket`,
    objects,
    received,
    misbehave: (...next) => {
      troubles.push(...next);
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

const answer = (response: ServerResponse, status: number, code?: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(code ? `<?xml version="1.0"?><Error><Code>${code}</Code></Error>` : '');
};

/** AWS Signature Version 4, computed again from what was received and the secret that both sides know. */
const signatureIsRight = ({ method, url, headers }: IncomingMessage): boolean => {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, id, day, region, names, signature] = pattern.exec(headers.authorization ?? '') ?? [];
  const date = String(headers['x-amz-date']);
  if (id !== access.id || region !== access.region || !day || !names || !signature || !date.startsWith(day))
    return false;
  if (!names.split(';').includes('host') || !names.split(';').includes('x-amz-content-sha256')) return false;
  const [path = '', search = ''] = (url ?? '').split('?');
  const canonical = [
    method,
    path,
    search,
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${access.secret}`));
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
};

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { documentOf, OUTPUT } from '../../src/commands/output.ts';
import { lastValidDay } from '../../src/domain/annotation.ts';
import { dayOf } from '../../src/domain/calendar.ts';
import { fileName } from '../../src/domain/file-name.ts';
import { MAX_VALID_DAYS } from '../../src/domain/published-rules.ts';
import { BIN, useRealWorld } from '../support/executable.ts';

const world = useRealWorld();

describe('the executable', () => {
  it('comes with the licence of the font that it embeds', () => {
    const { files } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const licence = new URL('../../dist/assets/NotoSansSC-LICENSE.txt', import.meta.url);
    expect(files).toContain('dist');
    expect(readFileSync(licence, 'utf8')).toContain('SIL Open Font License, Version 1.1');
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await world.cert(['--version'], world.env())).toMatchObject({ code: 0, out: `${version}\n` });
  });

  it.each([
    [[], { LANG: 'zh_CN.UTF-8' }, '用法'],
    [['--help'], { LANG: 'en_US.UTF-8' }, 'Usage'],
    [['-h'], { CERT_LANG: 'zh' }, '用法'],
    [['--help', '--lang', 'zh-CN'], {}, '用法'],
  ])('shows help: %j with %j', async (args, env, text) => {
    const { code, out } = await world.cert(args, world.env(undefined, env as Record<string, string>));
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it.each([
    [['help'], 0, 'Commands:'],
    [['help', 'list'], 0, '--show-pii'],
    [['help', 'profile', 'list'], 0, 'Usage: cert profile list'],
    [['profile', 'help', 'list'], 0, 'Usage: cert profile list'],
    [['profile', 'help'], 0, 'Usage: cert profile'],
    [['list', 'help'], 0, 'Usage: cert list [options]'],
    [['help', 'exit-codes'], 0, 'QUOTA_EXHAUSTED'],
    [['help', 'nonsense'], 2, ''],
    [['profile'], 2, ''],
  ])('%j ends with %i', async (args, exit, text) => {
    const { code, out } = await world.cert(args, world.env(undefined, { LANG: 'en_US.UTF-8' }));
    expect(code).toBe(exit);
    expect(out).toContain(text);
  });

  it('takes the whole journey as a script does, each answer as its published schema says', async () => {
    const env = world.env('demo_nurse');
    const step = async (name: keyof typeof OUTPUT, args: readonly string[]) => {
      const { code, out, json } = await world.cert([...args, '--json'], env);
      expect(code).toBe(0);
      expect(out.trim().split('\n').at(-1)).toBe('}');
      v.parse(documentOf(OUTPUT[name]), json);
      return json.data;
    };
    await step('list', ['list']);
    await step('info', ['info', '护士']);
    await step('annotate', ['annotate', '护士', '--dry-run']);
    await step('annotate', ['annotate', '护士', '--yes']);
    await step('wait', ['wait', '护士', '--timeout', '30s']);
    await step('history', ['history', '护士']);
    const { results } = await step('download', ['download', '护士', '-o', world.folder]);
    expect(readFileSync(results[0].file.path).subarray(0, 5).toString()).toBe('%PDF-');
    await step('whoami', ['whoami']);
    await step('config-set', ['config', 'set', 'days', '60']);
    await step('config-get', ['config', 'get', 'days']);
    await step('config-list', ['config', 'list']);
    await step('config-path', ['config', 'path']);
    await step('profile-list', ['profile', 'list']);
  });

  it('asks the portal without what a short run never needs', async () => {
    const preload = join(world.folder, 'modules.cjs');
    const report = "process.on('exit', () => process.stderr.write(JSON.stringify(process.moduleLoadList)))";
    writeFileSync(preload, report);
    const { code, err } = await world.cert(
      ['whoami', '--quiet'],
      world.env('demo_nurse', { NODE_OPTIONS: `-r ${preload}` }),
    );
    expect(code).toBe(0);
    for (const unused of ['http2', 'child_process', 'inspector', 'readline', 'crypto'])
      expect(JSON.parse(err)).not.toContain(`NativeModule ${unused}`);
  });

  it('gives one document on failure, as its schema says', async () => {
    const { code, json } = await world.cert(['annotate', 'c-full', '--yes', '--json'], world.env('demo_full'));
    expect(code).toBe(5);
    v.parse(documentOf(OUTPUT.annotate), json);
    expect(json.data.results[0].error.code).toBe('QUOTA_EXHAUSTED');
  });

  it.each(['America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati', 'UTC'])(
    'counts days the same in %s',
    async (TZ) => {
      const { json } = await world.cert(
        ['history', 'c-full', '--json'],
        world.env('demo_full', { TZ, LC_ALL: 'tr_TR.UTF-8' }),
      );
      const shanghai = await world.cert(
        ['history', 'c-full', '--json'],
        world.env('demo_full', { TZ: 'Asia/Shanghai' }),
      );
      expect(json.data).toEqual(shanghai.json.data);
    },
  );

  it
    .skipIf(process.platform !== 'linux')
    .each([[['--version']], [['--help']], [['list']], [['list', '--json']], [['download', 'c-nurse-2019', '-o', '-']]])(
    'does not call it a success when standard output is full: %j',
    async (args) => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [BIN, ...args], {
        env: world.env('demo_nurse'),
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      let err = '';
      child.stderr?.on('data', (chunk) => {
        err += chunk;
      });
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2);
      expect(err).not.toMatch(/\n\s+at /);
    },
  );

  it('ends in order when its reader goes away', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${BIN}" list | head -1`], { env: world.env('demo_many') });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    await new Promise((resolve) => child.once('close', resolve));
    expect(err).not.toMatch(/EPIPE|\n\s+at /);
  });

  it.skipIf(process.platform === 'win32').each([
    ['SIGINT', 130, 'INTERRUPTED'],
    ['SIGTERM', 143, 'TERMINATED'],
    ['SIGHUP', 143, 'TERMINATED'],
  ] as const)('ends when it is told to, though nobody answers: %s, %i', async (signal, code, error) => {
    const silent = createServer();
    const connected = new Promise<void>((resolve) => silent.once('connection', () => resolve()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const child = spawn(process.execPath, [BIN, 'list', '--json'], {
      env: world.env(undefined, { CERT_TOKEN: 'token-of-nobody', CERT_PORTAL: `http://127.0.0.1:${port}` }),
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', (exit) => resolve(exit)));
    await connected;
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(JSON.parse(out).error.code).toBe(error);
    silent.close();
  });
});

describe('cert sandbox', () => {
  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [BIN, 'sandbox', '--port', '0', '--json', ...args], { env: world.env() });
    const document = new Promise<{ data: { url: string; trustAnchor: string } }>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        try {
          resolve(JSON.parse(text));
        } catch {
          // The document is not whole yet.
        }
      });
      child.once('close', () => reject(new Error('the sandbox ended')));
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    return { child, document, ended };
  };

  it('keeps its state through kill -9', async () => {
    const state = join(world.folder, 'sandbox.json');
    const first = start(['--state', state]);
    const { trustAnchor } = (await first.document).data;
    const anchor = readFileSync(trustAnchor, 'utf8');
    const env = (url: string) => world.env('demo_nurse', { CERT_PORTAL: url });
    const made = await world.cert(['annotate', '护士', '--yes', '--json'], env((await first.document).data.url));
    expect(made.code).toBe(0);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start(['--state', state]);
    const { json } = await world.cert(['history', '护士', '--json'], env((await second.document).data.url));
    expect(json.data.annotations.map(({ id }: { id: string }) => id)).toEqual([made.json.data.results[0].annotationId]);
    expect((await second.document).data.trustAnchor).toBe(trustAnchor);
    expect(readFileSync(trustAnchor, 'utf8')).toBe(anchor);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect(existsSync(trustAnchor)).toBe(true);
  });

  it('goes on with a PDF where it was killed', async () => {
    const state = join(world.folder, 'resumed.json');
    const first = start(['--state', state]);
    const { url } = (await first.document).data;
    const credentials = JSON.stringify({ username: 'demo_mixed', password: 'Sandbox2026' });
    const session = await fetch(`${url}/api/v1/sessions`, { method: 'POST', body: credentials });
    const authorization = `Bearer ${(await session.json()).accessToken}`;
    const part = (portal: string, headers: Record<string, string>) =>
      fetch(`${portal}/api/v1/annotations/a-mixed-ready/file`, { headers: { authorization, ...headers } });
    const begun = await part(url, { range: 'bytes=0-9999' });
    const [beginning, etag] = [Buffer.from(await begun.arrayBuffer()), begun.headers.get('etag') ?? ''];
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start(['--state', state]);
    const rest = await part((await second.document).data.url, { range: 'bytes=10000-', 'if-match': etag });
    expect(rest.status).toBe(206);
    const digest = createHash('sha256')
      .update(beginning)
      .update(Buffer.from(await rest.arrayBuffer()));
    expect(rest.headers.get('repr-digest')).toBe(`sha-256=:${digest.digest('base64')}:`);
    second.child.kill('SIGINT');
    await second.ended;
  });

  it('hands out its trust anchor, and takes it back at the end', async () => {
    const { child, document, ended } = start([]);
    const { data } = await document;
    v.parse(documentOf(OUTPUT.sandbox), await document);
    expect(readFileSync(data.trustAnchor, 'utf8')).toBe(await (await fetch(`${data.url}/sandbox/trust-anchor`)).text());
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(dirname(data.trustAnchor))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('the viewer', () => {
  it('is told nothing that is for cert alone', async () => {
    const [bin, told] = [join(world.folder, 'bin'), join(world.folder, 'told')];
    mkdirSync(bin, { recursive: true });
    for (const name of ['xdg-open', 'open'])
      writeFileSync(join(bin, name), `#!/bin/sh\nenv > '${told}'\n`, { mode: 0o755 });
    const env = world.env('demo_nurse', { PATH: `${bin}:${process.env.PATH}`, CERT_PASSPHRASE: 'planted passphrase' });
    expect((await world.cert(['view', 'c-nurse-2019'], env)).code).toBe(0);
    expect(readFileSync(told, 'utf8')).toContain(`HOME=${world.folder}`);
    expect(readFileSync(told, 'utf8')).not.toMatch(/CERT_|Sandbox2026|planted/);
  });
});

describe('cert demo', () => {
  const preload = () => {
    const path = join(world.folder, 'preload.cjs');
    writeFileSync(path, "process.stderr.write('preloaded\\n');");
    return path;
  };

  it("needs nothing of the person's own surroundings", async () => {
    const hostile = world.env(undefined, {
      CERT_TOKEN: 'token-of-another-portal',
      CERT_PROFILE: 'nobody',
      CERT_PORTAL: 'https://portal.invalid',
      CERT_PASSPHRASE: 'x',
      CERT_DEBUG: '1',
      HTTPS_PROXY: 'nonsense://',
      http_proxy: 'a b',
      NODE_OPTIONS: `--require ${preload()}`,
    });
    const { code, err } = await world.cert(['demo', '-o', join(world.folder, 'hostile')], hostile);
    expect(code).toBe(0);
    expect(err.match(/preloaded/g)).toHaveLength(1);
    expect(err).not.toContain('> GET');
  }, 60_000);

  it('says what failed where a step fails', async () => {
    const folder = join(world.folder, 'taken');
    mkdirSync(folder);
    const validUntil = lastValidDay(dayOf(new Date()), MAX_VALID_DAYS);
    const taken = fileName({ qualification: '护士执业资格', validUntil, certificateId: '' }, { unique: false });
    writeFileSync(join(folder, taken), 'mine');
    const { code, json } = await world.cert(['demo', '-o', folder, '--json'], world.env());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'USAGE' });
    expect(json.error.message).toMatch(/^cert download .* exit code 2: .*exists/);
    expect(readFileSync(join(folder, taken), 'utf8')).toBe('mine');
  }, 60_000);

  it.skipIf(process.platform === 'win32')('tells a folder that it cannot make', async () => {
    const { code, json } = await world.cert(['demo', '-o', '/dev/null/demo', '--json'], world.env());
    expect({ code, error: json.error.code }).toEqual({ code: 2, error: 'FILE_NOT_WRITABLE' });
  });

  it('takes the journey and ends with the path of the PDF', async () => {
    const { code, json } = await world.cert(['demo', '--json', '-o', join(world.folder, 'demo')], world.env());
    expect(code).toBe(0);
    v.parse(documentOf(OUTPUT.demo), json);
    expect(json.data.file.verdict).toBe('valid');
    expect(readFileSync(json.data.file.path).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

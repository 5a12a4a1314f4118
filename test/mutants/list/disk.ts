/** What is on the disk is whole, and one `cert` works at a time: `src/disk`, `src/wallet`. */
import { mutantsOf } from '../mutant.ts';

const ATOMIC = ['test/unit/disk/atomic.test.ts'];
const LOCK = ['test/unit/disk/lock.test.ts'];
const RECEIVE = ['test/unit/wallet/receive.test.ts'];
const SAVE = ['test/unit/wallet/save-files.test.ts'];
const EXAMINED = ['test/unit/wallet/examined.test.ts'];
const JSON_FILE = ['test/unit/disk/json-file.test.ts'];

export const DISK_BROKEN = [
  ...mutantsOf('src/disk/atomic.ts', ATOMIC, [
    ['a file is synced before its name', '    await handle.sync();', ''],
    ['a name is synced', 'await syncFolder(dirname(target));', ''],
    ['a folder is synced at all', 'await handle?.sync().catch(() => undefined);', ''],
    [
      'the parents of a new folder are synced',
      'for (let folder = path; folder.length >= first.length; folder = dirname(folder))',
      'for (const folder of [] as string[])',
    ],
    [
      'nothing is replaced unasked',
      'if (replace) await rename(path, target);',
      'if (true) await rename(path, target);',
    ],
    [
      'nothing is replaced unasked, without hard links',
      "const claim = await open(target, 'wx', 0o600)",
      "const claim = await open(target, 'w', 0o600)",
    ],
    [
      'a file in the making is private',
      "const handle = await open(path, 'wx', 0o600);",
      "const handle = await open(path, 'wx', 0o644);",
    ],
    ['only stale parts are removed', 'if (nowMs - writtenMs > STALE_MS)', 'if (true)'],
    ['only parts of the same file are removed', " || name.replace(PART, '') !== ours", ''],
    ['a claim that failed is given up', 'await removeFile(target).catch(() => undefined);', ''],
  ]),
  ...mutantsOf('src/disk/lock.ts', LOCK, [
    [
      'a live owner keeps the lock',
      '&& processes.isAlive(latest.owner, latest.lockedAt)) return latest.owner;',
      '&& false) return latest.owner;',
    ],
    [
      'a dead owner loses the lock',
      '&& processes.isAlive(latest.owner, latest.lockedAt)) return latest.owner;',
      ') return latest.owner;',
    ],
    [
      'a lock that was taken over is not held',
      'number === Math.max(...(await numbers(folder, name).catch(() => [])))',
      'true',
    ],
    [
      'a generation that came too late is given up',
      'if (!(await isHeld())) await remove(folder, name, number);',
      'if (false) await remove(folder, name, number);',
    ],
    ['older generations go', 'if (older < number) await', 'if (false) await'],
    [
      'a released lock is free',
      'release: () => truncate(ownerFile(folder, name, number)).catch(() => undefined)',
      'release: async () => undefined',
    ],
  ]),
  ...mutantsOf('src/disk/process-table.ts', LOCK, [
    [
      'a process of another machine is believed for a while',
      'Math.abs(now().getTime() - lockedAt.getTime()) < FOREIGN_LOCK_MS',
      'false',
    ],
    [
      'a process of another machine is not believed for ever',
      'Math.abs(now().getTime() - lockedAt.getTime()) < FOREIGN_LOCK_MS',
      'true',
    ],
    ['no process lives through a reboot', '!sameBoot(owner.boot, boot) || ', ''],
    ['a process that ended is dead', '|| !runs(owner.pid, signal)', ''],
    ['a number that was given again is another process', 'return ticks === owner.started;', 'return true;'],
  ]),
  ...mutantsOf(
    'src/disk/ordinary-file.ts',
    ['test/unit/disk/read-text.test.ts'],
    [
      [
        'a pipe in a file’s place is not waited for',
        "  if (!there.isFile()) throw new CertError('FILE_NOT_READABLE', { path, detail: 'not-a-file' });",
        '',
      ],
    ],
  ),
  ...mutantsOf('src/wallet/receive.ts', RECEIVE, [
    ['a file has the length that was promised', 'if (length !== undefined && length !== bytes)', 'if (false)'],
    ['a file begins as a PDF', 'if (!this.#start.equals(START_MARK))', 'if (false)'],
    ['a file ends as a PDF', 'if (!this.#end.includes(END_MARK))', 'if (false)'],
    [
      'a file has the digest that was promised',
      "return sha256 === undefined || sha256 === this.sha256() ? undefined : { kind: 'digest' };",
      'return undefined;',
    ],
    ['a part goes where it belongs', 'if (answer.start !== contents.bytes) {', 'if (false) {'],
    [
      'what came before is forgotten when it comes again',
      'await sink.clear();\n      contents = new Contents();',
      'contents = new Contents();',
    ],
    ['a transfer is not resumed for ever', 'const MAX_RESUMES = 3;', 'const MAX_RESUMES = 30;'],
    ['a damaged file is not fetched for ever', 'const MAX_FRESH_STARTS = 2;', 'const MAX_FRESH_STARTS = 20;'],
  ]),
  ...mutantsOf(
    'src/wallet/save-files.ts',
    [...SAVE, ...EXAMINED],
    [
      [
        'a file that failed is not published',
        'const received = await receiveExamined(open, fileSink(part, path), examination)',
        'const received = await receiveExamined(open, fileSink(part, path), {})',
      ],
      [
        'the same bytes are success',
        "if (await holds(path, received)) return { path, ...received, outcome: 'up-to-date' };",
        '',
      ],
      [
        'only a file may give way',
        'if (there === undefined || there.isFile() || there.isSymbolicLink()) return;',
        'return;',
      ],
      ['what is suspicious is kept aside', "isCertError(error, 'FILE_NOT_VERIFIED') ||", ''],
      ['nothing is left behind', '    await discard(part);\n  }\n}\n\nconst begin', '  }\n}\n\nconst begin'],
    ],
  ),
  ...mutantsOf('src/domain/verification.ts', EXAMINED, [
    ['a changed file is a fault', '[structure, integrity, revisions].find', '[structure, revisions].find'],
    [
      'the annotation of another is a fault',
      "annotation.code === 'ANNOTATION_MISMATCH' ? annotation.code : undefined",
      'undefined',
    ],
    [
      'a copy that has lapsed is no fault of the file',
      '[structure, integrity, revisions].find',
      '[structure, integrity, revisions, annotation].find',
    ],
  ]),
  ...mutantsOf('src/wallet/examined.ts', EXAMINED, [
    ['a file that fails is fetched once more', 'const MAX_COPIES = 2;', 'const MAX_COPIES = 1;'],
    [
      'a rest behind the signature is fetched once more',
      " || verification.layers.structure.code === 'CONTENTS_PADDING'",
      '',
    ],
    ['what fails is kept aside unless it is wanted', 'if (keepUnverified) return', 'if (true) return'],
  ]),
  ...mutantsOf('src/disk/json-file.ts', JSON_FILE, [
    ['a newer version is told apart', 'if (v.is(newer, content))', 'if (false)'],
    ['a damaged file is told', 'if (whole.success)', 'if (true)'],
    [
      'what cannot be changed is refused first',
      '    change(this.read());\n    const { makeFolder',
      '    const { makeFolder',
    ],
    [
      'changes are made one after the other',
      'await exclusively({ path: this.path, lockName, ...locking }, () =>',
      'await ((_: unknown, work: () => Promise<void>) => work())({ path: this.path, lockName, ...locking }, () =>',
    ],
    [
      'a change is made while the lock is held',
      'await exclusively({ path: this.path, lockName, ...locking }, () =>',
      'await exclusively({ path: this.path, lockName, ...locking }, async () => {});\n    await ((work: () => Promise<void>) => work())(() =>',
    ],
  ]),
];

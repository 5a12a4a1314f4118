/** No slot is wasted: `src/submissions`. */
import { mutantsOf } from '../mutant.ts';

const SUBMISSIONS = ['test/unit/submissions/submissions.test.ts'];
const JOURNAL = ['test/unit/submissions/journal.test.ts'];

export const SUBMISSIONS_BROKEN = [
  ...mutantsOf('src/submissions/apply-once.ts', SUBMISSIONS, [
    ['the lock is still held before the POST', 'if (!(await this.#lock.isHeld()))', 'if (false)'],
    ['the intent is written', 'await this.#journal.append(intent);', ''],
    [
      'the intent is on the disk before the POST',
      'await this.#journal.append(intent);',
      'void this.#journal.append(intent);',
    ],
    ['reserved slots are not taken', 'if (quota.remaining <= wanted.reserve)', 'if (false)'],
    ['a second sending has the same key', 'this.#send(again, { isNew: false })', 'this.#sendNew(wanted, items)'],
    [
      'an answer about another certificate is not believed',
      'if (annotation.certificateId !== certificate)',
      'if (false)',
    ],
    [
      'annotations of other certificates are not ours',
      'items.filter(({ certificateId }) => certificateId === this.#certificateId)',
      'items',
    ],
    ['what another start made meanwhile is joined', ', ...newerThan(items, wanted.seen)]', ']'],
    ['what was not delivered is the same intention', '[...undelivered(entries), ', '['],
    ['a lost answer is looked for in the list', 'if (became !== undefined) return became;', ''],
    [
      'a lost answer is sent again only to an idempotent portal',
      'if (!(await portal.meta()).features.idempotentSubmit) throw lost;',
      '',
    ],
    [
      'a gateway’s refusal does not settle what is sent again',
      'if (isRefused && (isNew || isCertError(error, ...REFUSALS)))',
      'if (isRefused)',
    ],
    ['what is found is settled', 'entries.push(await this.#conclude(intent, became.id));', ''],
    ['what is given up is settled', 'await this.#conclude(intent, null);', ''],
    ['an earlier application that is unknown is told to be one', 'isEarlier: true', 'isEarlier: false'],
    ['a refusal settles what is new', 'if (isRefused && (isNew || ', 'if (isRefused && (false || '],
  ]),
  ...mutantsOf('src/submissions/settlement.ts', SUBMISSIONS, [
    [
      'what is open is settled first',
      'for (const intent of openIntents(entries)) {',
      'for (const intent of [] as Intent[]) {',
    ],
    ['nothing unknown is sent again', 'if (!wanted.resubmit && !(', 'if (false && !('],
    ['only an idempotent portal gets a key again', 'const again = idempotentSubmit ? ', 'const again = true ? '],
  ]),
  ...mutantsOf('src/submissions/journal.ts', JOURNAL, [
    ['an entry is synced', 'await handle.sync();', ''],
    ['the folder of a new journal is synced', 'if (before.entries.length === 0) await syncFolder(dirname(path));', ''],
    ['a torn line goes before anything is added', 'if (before.isTorn || ', 'if ('],
    ['no open intent is forgotten', 'open.has(entry) || ', ''],
    ['a journal does not grow without end', 'const MAX_ENTRIES = 200;', 'const MAX_ENTRIES = 200_000;'],
    ['a newer journal is left alone', 'if (v.is(newerLine, content))', 'if (false)'],
  ]),
  ...mutantsOf('src/submissions/submissions.ts', SUBMISSIONS, [
    ['each portal has journals of its own', 'portal.origin}\\n', "'' }\\n"],
  ]),
];

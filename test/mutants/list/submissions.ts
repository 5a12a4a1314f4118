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
    ['reserved slots are not taken', 'if (!maySend) throw', 'if (false) throw'],
    [
      'a second sending has the same key',
      'this.#send(again, entries, { isFirst: false })',
      'this.#sendNew(wanted, items, entries)',
    ],
    ['what another start made meanwhile is joined', ', ...newerThan(items, wanted.seen)]', ']'],
    ['what was not delivered is the same intention', '[...undelivered(entries), ', '['],
    ['a refusal settles what is sent', "if (end.is === 'refused' || ", 'if ('],
    ['what never left does not settle what is sent again', "(end.is === 'unsent' && isFirst)", "end.is === 'unsent'"],
  ]),
  ...mutantsOf('src/submissions/sending.ts', SUBMISSIONS, [
    [
      'an answer about another certificate is not believed',
      'if (annotation.certificateId === certificateId)',
      'if (true)',
    ],
    ['a lost answer is looked for in the list', "if (annotation !== undefined) return { is: 'made', annotation };", ''],
    ['a lost answer is sent again only to an idempotent portal', 'if (!looked.isIdempotent)', 'if (false)'],
    ['a gateway’s refusal settles nothing', 'if (isRefusal(error))', 'if (true)'],
    [
      'a want of slots is believed only where the count agrees',
      "isCertError(refused.error, 'QUOTA_EXHAUSTED') && quota",
      'false && quota',
    ],
  ]),
  ...mutantsOf('src/submissions/recall.ts', SUBMISSIONS, [
    [
      'of two of one second the one that no list shows is the later',
      '[...unlisted, ...listed].sort',
      '[...listed, ...unlisted].sort',
      'lags behind',
    ],
    [
      'a whole list decides on what others applied for',
      'ours.has(annotation.id) && mustCount(annotation)',
      'mustCount(annotation)',
      'lags behind',
    ],
    ['annotations of other certificates are not ours', 'items.filter(isOurs)', '[...items]'],
    [
      'what the list does not show is asked for',
      'for (const id of [...known].slice(0, MOST_ASKED))',
      'for (const id of [] as string[])',
    ],
  ]),
  ...mutantsOf('src/submissions/settlement.ts', SUBMISSIONS, [
    [
      'what is open is settled first',
      'for (const intent of openIntents(entries)) {',
      'for (const intent of [] as Intent[]) {',
    ],
    ['nothing unknown is sent again', 'if (!wanted.resubmit || !isEarlier)', 'if (false)'],
    ['only an idempotent portal gets a key again', '=> idempotentSubmit && isNew', '=> isNew'],
  ]),
  ...mutantsOf('src/submissions/journal.ts', JOURNAL, [
    ['an entry is written whole', 'await writeWhole(path, journalText(compacted(entries)));', ''],
    ['a journal does not grow without end', 'journalText(compacted(entries))', 'journalText(entries)'],
    ['a journal that has moved is read where it was', '[...formerPaths, path].flatMap', '[path].flatMap'],
  ]),
  ...mutantsOf('src/submissions/journal-text.ts', JOURNAL, [
    ['damage is told', 'return said === sum ?', 'return true ?'],
    ['a newer journal is left alone', 'if (v.is(newerHead, parsed(first)))', 'if (false)'],
    ['no intent that may have been sent is forgotten', ' && intentsIn(entries) === counted.output.intents', ''],
  ]),
  ...mutantsOf('src/submissions/submissions.ts', SUBMISSIONS, [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it stands so in the code
    ['each portal has journals of its own', 'update(`${name}\\n', 'update(`\\n'],
  ]),
];

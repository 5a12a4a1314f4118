/** A seal proves no more than was checked: `src/pdf/ses`. */
import { mutantsOf } from '../mutant.ts';

const ATTACKS = ['test/unit/pdf/attacks.test.ts'];
const ROWS = ['test/unit/pdf/table/seals.test.ts'];

export const SEALS_BROKEN = [
  ...mutantsOf('src/pdf/ses/check-seal-signature.ts', ATTACKS, [
    ['the algorithm is the one that is checked', ' || signature.algorithm !== SM2_WITH_SM3', ''],
    ['the digest is that of the file', '!signature.dataHash.equals(digestOf(SM3, ...covered))', 'false'],
    ['the signature is that of the user', "if (check !== 'match')", 'if (false)'],
    [
      'nothing is added that nobody signed',
      'embedded: [], isCanonical: false };',
      'embedded: [], isCanonical: true };',
    ],
  ]),
  ...mutantsOf('src/pdf/ses/seal-signature.ts', ATTACKS, [
    ['the signature has its elements and no more', '(parts !== 4 && parts !== 5)', 'false'],
    ['what is signed has its elements and no more', '(fields !== 5 && fields !== 6)', 'false'],
  ]),
  ...mutantsOf('src/pdf/ses/read-seal.ts', ATTACKS, [
    ['the seal is one', "!== 'ES'", "=== ''"],
    ['the seal has its elements and no more', '!picture || more.length > 0', '!picture'],
    ['an extension is one', '  requireExtensions(extensions);\n', ''],
  ]),
  ...mutantsOf('src/pdf/ses/read-seal.ts', ROWS, [
    ['the edition of 2014 signs the certificate too', 'parts === 2 ? sequenceOf(info, certificate, algorithm) : ', ''],
    ['a list of digests is a list', 'return user.child(1, TAG.octetString).content;', 'return user.content;'],
  ]),
  ...mutantsOf('src/pdf/ses/judge-seal.ts', ATTACKS, [
    ['the user stands in the list', "mayUse(user, seal) ? 'TRUSTED' : 'SEAL_NOT_FOR_SIGNER'", "'TRUSTED'"],
    ['the seal had begun', "at < seal.validFrom ? 'SEAL_NOT_YET_VALID' : 'TRUSTED'", "'TRUSTED'"],
    ['the seal was not over', "at > seal.validUntil ? 'SEAL_EXPIRED' : 'TRUSTED'", "'TRUSTED'"],
    ['the maker signed', "if (check === 'match') return 'TRUSTED';", "return 'TRUSTED';"],
    ['the maker is trusted', "if (last === 'TRUSTED') return last;", "return 'TRUSTED';"],
    ['a seal that cannot be read is not trusted', "gravestOf([own, 'SEAL_UNREADABLE'])", 'own'],
    ['what proves something is said first', "codes.find((code) => layer('signer', code).result === 'fail') ??", ''],
  ]),
  ...mutantsOf('src/pdf/ses/judge-seal.ts', ROWS, [
    ['a maker may have expired since', "code === 'CERTIFICATE_EXPIRED' ? await codeAt(createdAt) : code", 'code'],
    ['a maker with a certificate for servers has to be bound', 'return binds ? {', 'return true ? {'],
  ]),
  ...mutantsOf('src/pdf/ses/sm2.ts', ATTACKS, [
    ['the algorithm of the maker is the one that is checked', 'algorithm !== SM2_WITH_SM3 || ', ''],
  ]),
];

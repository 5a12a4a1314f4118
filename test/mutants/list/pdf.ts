/** A verdict says no more than was checked: `src/pdf`, layer by layer. */
import { mutantsOf } from '../mutant.ts';

const ATTACKS = ['test/unit/pdf/attacks.test.ts'];
const FILES = ['test/unit/pdf/attacks.test.ts', 'test/unit/pdf/good-files.test.ts'];
const ENCRYPTED = ['test/unit/pdf/table/encrypted.test.ts'];
const REVISIONS = ['whole-files', 'validation-data', 'several-signatures'].map(
  (name) => `test/unit/pdf/table/${name}.test.ts`,
);
const SM2 = ['test/unit/pdf/sm2.test.ts'];
const CONTAINERS = ['test/unit/pdf/table/containers.test.ts'];
const SIGNERS = ['test/unit/pdf/table/signers.test.ts'];

export const PDF_BROKEN = [
  ...mutantsOf('src/pdf/verify-pdf.ts', ATTACKS, [
    [
      'structure: there are only zeros behind the signature',
      "read?.isPadded === false ? 'CONTENTS_PADDING' : inPlace",
      'inPlace',
    ],
    [
      'integrity: somebody vouches for what is not signed',
      "trust.hasUnsignedContent ? 'UNSIGNED_CONTENT' : integrity.code",
      'integrity.code',
    ],
    ['signer: nobody has signed in the future', "isAhead ? 'SIGNED_IN_FUTURE' : 'TRUSTED'", "'TRUSTED'"],
    [
      'signer: nobody is trusted whose signature does not hold',
      'signer === undefined || !holds',
      'signer === undefined',
    ],
    ['annotation: what a changed file states is not believed', "worst.revisions.result !== 'fail' && worst", 'worst'],
  ]),
  ...mutantsOf('src/pdf/revisions/judge.ts', REVISIONS, [
    ['revisions: nothing was added', 'if (coveredEnd === file.length)', 'if (true)'],
    ['revisions: what was added is blank', 'if (isBlankFrom(file, coveredEnd))', 'if (true)'],
    ['revisions: what was added may be', "isAllowed() ? 'VALIDATION_DATA_ADDED' :", "true ? 'VALIDATION_DATA_ADDED' :"],
    [
      'revisions: what stands between two signatures may be there',
      '!isForbidden && isAllowedChange(',
      'true || isAllowedChange(',
    ],
    ['revisions: an earlier signature forbids further ones', '!next.isTimestamp && ', 'false && '],
    [
      'revisions: a timestamp is confirmed',
      "(await isConfirmed(added)) ? 'TIMESTAMP_ADDED'",
      "true ? 'TIMESTAMP_ADDED'",
    ],
  ]),
  ...mutantsOf('src/pdf/revisions/allowed.ts', REVISIONS, [
    ['every object that was added is explained', 'return change.isExplained;', 'return true;'],
    ['the catalog is as it was', 'before, after)) return false;', 'before, after) && false) return false;'],
    ['a trailer names the same catalog', "|| !isEqual(before.get('Root'), after.get('Root'))", ''],
    ['a trailer says nothing new', ': isEqual(before.get(key), value)', ': true'],
    ['nothing is taken away', 'if (older.has(number)) throw damaged();', ';'],
    [
      'validation data does not go away',
      'if (value === undefined && catalogs.older.get(key) !== undefined) throw damaged();',
      '',
    ],
  ]),
  ...mutantsOf('src/pdf/revisions/appended.ts', REVISIONS, [
    ['a revision follows the one that was signed', "section.trailer.get('Prev') !== previous || ", ''],
    ['a revision has one index', " || section.trailer.get('XRefStm') !== undefined", ''],
    [
      'an entry leads to its object',
      'if (object?.offset !== entry.offset || object.generation !== entry.generation) throw damaged();',
      '',
    ],
    ['an object has an entry', 'if (!entries.has(number) && !isOwnIndex) throw damaged();', ''],
    ['an object in a stream has an entry', 'if (inside.size > 0) throw damaged();', ''],
  ]),
  ...mutantsOf('src/pdf/revisions/validation-data.ts', REVISIONS, [
    ['validation data is that', 'if (!isDer(document.decoded(found))) throw damaged();', ''],
  ]),
  ...mutantsOf('src/pdf/revisions/form-change.ts', REVISIONS, [
    [
      'the form is as it was',
      'if (!isExtended(fieldsBefore, fields, field === undefined ? [] : [field])) throw damaged();',
      '',
    ],
    ['fields have names of their own', 'checkName(change, field, fieldsBefore);', ';'],
  ]),
  ...mutantsOf('src/pdf/revisions/added-signature.ts', REVISIONS, [
    ['a signature covers little of a page', 'if (!(share <= mostOfAPage)) throw damaged();', ';'],
    ['a page is as it was', "if (!isEqualBut(['Annots'], before, after)) throw damaged();", ''],
    ['a page gets no other annotations', 'if (!isExtended(listBefore, list, widgets)) throw damaged();', ''],
  ]),
  ...mutantsOf('src/pdf/structure.ts', ATTACKS, [
    ['the hole is the contents and nothing else', 'if (!isInPlace) return', 'if (false) return'],
    ['the hole begins where the contents do', ' && contents.start === beforeLength', ''],
    ['the hole ends where the contents do', ' && contents.end === afterStart', ''],
    ['the range begins with the file', 'start === 0 && ', ''],
    ['the range ends within the file', 'if (coveredEnd > bytes.length)', 'if (false)'],
    ['the parts are in order', 'Number(afterStart) > Number(beforeLength) && ', ''],
    ['no entry stands there twice', 'if (dictionary.isAmbiguous)', 'if (false)'],
    ['the contents are plain digits', 'if (isKnown && !isPlainHex(', 'if (false && !isPlainHex('],
    ['nothing stands in front of the file', 'header > 0 && ', 'false && '],
    ['a file is bounded', 'if (bytes.length > MAX_PDF_BYTES)', 'if (false)'],
  ]),
  ...mutantsOf('src/pdf/encryption/decryption.ts', ENCRYPTED, [
    ['a password that is needed is needed', "if (key === undefined) throw new SyntaxFailure('encrypted');", ''],
    [
      'a crypt filter is one that is there',
      "if (method === undefined || (method !== 'Identity' && this.#key.length === 0)) throw damaged();",
      '',
    ],
  ]),
  ...mutantsOf('src/pdf/encryption/security-handler.ts', ENCRYPTED, [
    [
      'the security handler is the standard one',
      "if (!isName(resolve(dictionary.get('Filter')), 'Standard')) return undefined;",
      '',
    ],
    [
      'no entry of an encryption stands there twice',
      ' || dictionary.isAmbiguous) return undefined;',
      ') return undefined;',
    ],
    ['a revision fits its version', 'REVISIONS[version]?.includes(revision) !== true', 'false'],
    ['a key has a length', 'bits >= LEAST_KEY_BITS && bits <= MOST_KEY_BITS', 'true'],
    ['a method belongs to the version', "version === 5 ? ['AESV3'] : ['V2', 'AESV2']", "['V2', 'AESV2', 'AESV3']"],
  ]),
  ...mutantsOf('src/pdf/encryption/file-key.ts', ENCRYPTED, [
    [
      'the password is the user’s',
      'return check.equals(user.subarray(0, check.length)) ? key : undefined;',
      'return key;',
    ],
    [
      'the password is the user’s, in new files',
      'if (!hash(check.subarray(32, 40), beside).equals(check.subarray(0, 32))) return undefined;',
      '',
    ],
  ]),
  ...mutantsOf('src/pdf/encryption/ciphers.ts', ENCRYPTED, [
    ['a string is encrypted in whole blocks', 'if (written.length % BLOCK_BYTES !== 0) throw damaged();', ''],
    ['a string is padded', 'if (plain === undefined) throw damaged();', ''],
    ['each generation of an object has its key', 'id.writeUIntLE(generation % 2 ** 16, 3, 2);', ''],
  ]),
  ...mutantsOf('src/pdf/syntax/reader.ts', ENCRYPTED, [
    ['the contents of a signature are plain', "entries.has('ByteRange')) entries.set(", 'false) entries.set('],
  ]),
  ...mutantsOf('src/pdf/syntax/stream.ts', ENCRYPTED, [
    ['what is decrypted is bounded', 'if (decryption !== undefined) budget.spendOnBytes(written.data.length);', ''],
  ]),
  ...mutantsOf('src/pdf/signature-field.ts', ATTACKS, [
    [
      'a signature that nobody uses does not count',
      "if (!isName(type, 'Sig') || signature === undefined) continue;",
      'if (signature === undefined) continue;',
    ],
  ]),
  ...mutantsOf('src/pdf/integrity.ts', ATTACKS, [
    ['there is one signer', 'if (others.length > 0)', 'if (false)'],
    ['the content is data', 'if (!DATA.has(data.contentType))', 'if (false)'],
    ['a timestamp belongs to the signature', "if (timestamp.result === 'mismatch')", 'if (false)'],
    ['there is no more than a timestamp', 'attributes.size === 1 ? ', 'true ? '],
    ['PAdES names the certificate', 'isBound(signer, attributes) === undefined', 'false'],
  ]),
  ...mutantsOf('src/pdf/cms/signer.ts', ATTACKS, [
    [
      'the digest is that of the content',
      ".equals(digestOf(digest, ...content))) return end('DIGEST_MISMATCH');",
      ".equals(Buffer.alloc(0)) && false) return end('DIGEST_MISMATCH');",
    ],
    ['the content type is the signed one', 'if (!isSameType(oidOf(contentType), data.contentType))', 'if (false)'],
    ['a file is not taken for attributes', 'if (beginLikeAttributes(', 'if (false && beginLikeAttributes('],
    ['the signature is the signer’s', "if (check === 'mismatch')", 'if (false)'],
    ['digest and signature algorithm agree', 'if (algorithm.digest !== digest) return false;', ''],
    [
      'the signer’s word on the digest is kept',
      'digestAlgorithm?.raw.equals(signer.digestAlgorithm.raw) === true &&',
      '',
    ],
    [
      'the signer’s word on the signature algorithm is kept',
      'signatureAlgorithm.content.equals(signer.signatureAlgorithm.content)',
      'true',
    ],
    ['the signer’s word on algorithms counts at all', 'if (protection === undefined) return true;', 'return true;'],
    ['the certificate is the one that the signer named', 'isBound(certificate, attributes) === false', 'false'],
    [
      'the certificate has the serial number that is named',
      'serialNumber?.as(TAG.integer).content.equals(certificate.serialNumber) === true',
      'true',
    ],
    [
      'the attributes that have to be there are',
      'if (contentType === undefined || messageDigest === undefined)',
      'if (messageDigest === undefined)',
    ],
    ['a weak algorithm is said to be one', "check === 'weak' ? 'ALGORITHM_WEAK' : 'UNCHANGED'", "'UNCHANGED'"],
  ]),
  ...mutantsOf('src/pdf/cms/signed-content.ts', ATTACKS, [
    [
      'an embedded digest is the file’s',
      "match === undefined ? { code: 'DIGEST_MISMATCH' } : ",
      'match === undefined ? { parts: [octets.content], isWeak: false } : ',
    ],
    ['what is embedded is a digest', 'if (digests.length === 0)', 'if (false)'],
  ]),
  ...mutantsOf('src/pdf/cms/signed-content.ts', CONTAINERS, [
    ['an embedded SHA-1 digest is weak', 'isWeak: match.isWeak', 'isWeak: false'],
  ]),
  ...mutantsOf('src/pdf/bare-signature.ts', CONTAINERS, [
    ['a bare signature is the signer’s', "if (check !== 'mismatch')", 'if (true)'],
    ['a bare signature with SHA-1 is weak', "check === 'weak' ? 'ALGORITHM_WEAK' : 'UNCHANGED'", "'UNCHANGED'"],
  ]),
  ...mutantsOf('src/pdf/signature-form.ts', CONTAINERS, [
    [
      'what stands in its place decides on a signature',
      "first === TAG.oid) return 'cms';",
      'first === TAG.oid) return FORM_BY_NAME.get(name);',
    ],
  ]),
  ...mutantsOf('src/pdf/cms/attributes.ts', ATTACKS, [
    ['no attribute stands there twice', 'values.has(type) || ', ''],
    ['a known attribute has one value', ' || !isOne', ''],
  ]),
  ...mutantsOf('src/pdf/cms/embedded.ts', ATTACKS, [
    ['embedded certificates are bounded', 'certificates.length > MAX_CERTIFICATES ||', ''],
    ['embedded revocation lists are bounded', '|| revocationLists.length > MAX_CERTIFICATES', ''],
    ['versions follow the standard', 'data.version === (isPlain ? 1 : 3)', 'true'],
  ]),
  ...mutantsOf('src/pdf/cms/signed-data.ts', ATTACKS, [
    ['a container is what it says', 'if (!SIGNED_DATA.has(oidOf(container.child(0))))', 'if (false)'],
    ['nothing stands behind the signers', 'more.length > 0 || encapsulated', 'encapsulated'],
  ]),
  ...mutantsOf('src/pdf/cms/vouched.ts', ATTACKS, [
    ['somebody signed each certificate', 'if (!(await isSigned(certificate, possible))) return false;', ''],
    ['somebody signed each revocation list', 'if (!(await isSigned(list, possible))) return false;', ''],
  ]),
  ...mutantsOf('src/pdf/cms/timestamp.ts', ATTACKS, [
    ['a timestamp names the signature', "isOf === false ? 'mismatch' : 'unsupported'", "'unsupported'"],
    ['a timestamp is signed', "if (code !== 'UNCHANGED' && code !== 'ALGORITHM_WEAK')", 'if (false)'],
  ]),
  ...mutantsOf('src/pdf/asn1/element.ts', ATTACKS, [
    ['a length has no long form where the short one does', 'if (length < 0x80 || ', 'if ('],
    ['a length has no leading zeros', '|| length < 256 ** (count - 1)', ''],
  ]),
  ...mutantsOf('src/pdf/x509/certificate.ts', ATTACKS, [
    ['a certificate names one signature algorithm', 'if (!algorithm.raw.equals(signed.algorithm.raw))', 'if (false)'],
  ]),
  ...mutantsOf('src/pdf/x509/extensions.ts', ATTACKS, [
    [
      'name constraints count whether or not they are critical',
      'if (oid === OID.nameConstraints || (isCritical && !UNDERSTOOD.has(oid)))',
      'if (isCritical && !UNDERSTOOD.has(oid))',
    ],
    ['critical extensions that are not understood count', ' || (isCritical && !UNDERSTOOD.has(oid))', ''],
  ]),
  ...mutantsOf('src/pdf/x509/issuers.ts', ATTACKS, [
    ['an issuer has the name that is given', 'issuer.subject.equals(certificate.issuer) && ', ''],
  ]),
  ...mutantsOf('src/pdf/x509/path-validation.ts', SIGNERS, [
    [
      'a missing issuer is told from an untrusted one',
      'if (signer === undefined || above.length > 0 ||',
      'if (signer === undefined || above.length >= 0 ||',
    ],
    [
      'an issuer of the same name is not missing',
      'return ![...anchors, ...embedded]',
      'return true || ![...anchors, ...embedded]',
    ],
    ['a clock may be slow by a day', '<= MOST_BEFORE_MS', '< MOST_BEFORE_MS'],
    ['a clock may be slow by no more than a day', 'const MOST_BEFORE_MS = 24 *', 'const MOST_BEFORE_MS = 25 *'],
    ['a clock may be fast by ten minutes', '<= MOST_AFTER_MS', '< MOST_AFTER_MS'],
    ['a clock may be fast by no more than ten minutes', 'const MOST_AFTER_MS = 10 *', 'const MOST_AFTER_MS = 11 *'],
    [
      'no authority gets an allowance of its own',
      '<= MOST_BEFORE_MS ? notBefore : at',
      '<= MOST_BEFORE_MS ? new Date() : at',
    ],
  ]),
  ...mutantsOf('src/pdf/x509/usage.ts', SIGNERS, [
    ['certificates of seals say client and server', '(binds || !usages', '(false || !usages'],
  ]),
  ...mutantsOf('src/pdf/x509/path-validation.ts', ATTACKS, [
    ['a certificate has begun', 'if (at < certificate.notBefore)', 'if (false)'],
    ['a certificate has not ended', 'if (at > certificate.notAfter)', 'if (false)'],
    ['an authority is one', 'if (!maySignCertificates(certificate, index === chain.length - 1))', 'if (false)'],
    ['a chain is not too long', 'below > most', 'false'],
    ['a chain ends in an anchor', "if (end === 'nobody')", 'if (false)'],
    ['a chain is signed', "check === 'unsupported' || check === 'mismatch' ||", "check === 'unsupported' ||"],
    ['a wrong signature is told', "if (end === 'mismatch')", 'if (false)'],
    [
      'a restriction that is not understood is told',
      'if (certificates.some(({ extensions }) => extensions.hasUnknownRestriction))',
      'if (false)',
    ],
    [
      'a weak signature in a chain is told',
      "chain.some(({ isWeak }) => isWeak) ? 'CERTIFICATE_WEAK' : 'TRUSTED'",
      "'TRUSTED'",
    ],
  ]),
  ...mutantsOf('src/pdf/x509/usage.ts', ATTACKS, [
    [
      'an authority’s key signs no documents unless its usage says so',
      "if (!hasUsage(certificate, DIGITAL_SIGNATURE | NON_REPUDIATION)) return 'forbidden';",
      '',
    ],
    ['a signer’s certificate is for documents', "isForDocuments(certificate) ? 'allowed' : 'elsewhere'", "'allowed'"],
    ['a web server signs no documents', ' && (binds || !usages.includes(SERVER_AUTHENTICATION))', ''],
    ['an authority may issue', ' && hasUsage(certificate, KEY_CERT_SIGN)', ''],
    ['an old certificate is an authority only at the top', '? isTop', '? true'],
  ]),
  ...mutantsOf('src/pdf/crypto/verify-signature.ts', ATTACKS, [
    ['a short RSA key is weak', 'modulusLength !== undefined && modulusLength < LEAST_RSA_BITS', 'false'],
    [
      'an RSA key of exponent 1 is weak',
      'publicExponent !== undefined && publicExponent < LEAST_RSA_EXPONENT',
      'false',
    ],
    ['a weak digest is weak', 'algorithm.digest.isWeak || ', ''],
  ]),
  ...mutantsOf('src/pdf/crypto/verify-sm2.ts', SM2, [
    ['SM2: the equation holds', 'return (e + x) % n === r;', 'return true;'],
    ['SM2: r and s are not zero', 'r === 0n || s === 0n || ', ''],
    ['SM2: the data is in it', '.update(z).update(data)', '.update(z)'],
  ]),
  ...mutantsOf('src/pdf/stated-annotation.ts', FILES, [
    [
      'an annotation is not over',
      "return stated.validUntil < today ? 'ANNOTATION_EXPIRED' : 'IN_FORCE';",
      "return 'IN_FORCE';",
    ],
    [
      'an annotation holds through its last day',
      'return stated.validUntil < today ?',
      'return stated.validUntil <= today ?',
    ],
    ['an annotation is the one that was asked for', 'differs(expected?.id, stated.id) ||', ''],
    ['an annotation ends when the portal says', '|| differs(expected?.validUntil, stated.validUntil)', ''],
    [
      'the portal’s record counts where the file is silent',
      "expected.validUntil < today ? 'ANNOTATION_EXPIRED' :",
      "false ? 'ANNOTATION_EXPIRED' :",
    ],
  ]),
];

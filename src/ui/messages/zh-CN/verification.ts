import type { trust as enTrust, verification as enVerification, ReasonTexts } from '../en/verification.ts';

const askAgain = '请勿使用此文件。请重新下载，或向提供者索取原始文件。';
const forged = '请勿采信此文件。请从网站下载原始文件，或请持证人提供。';

const reasons: ReasonTexts = {
  structure: {
    ONE_SIGNATURE: { meaning: '仅有一个签名，覆盖除签名本身以外的全部内容。' },
    SEVERAL_SIGNATURES: { meaning: '有多个签名，各自覆盖除自身以外的全部内容。' },
    NOT_A_PDF: { meaning: '这不是 PDF 文件，无论文件名如何。', advice: askAgain },
    REWRITTEN: {
      meaning: '文件签名后被其他软件重新生成，签名已无法对应。',
      advice: '请索取原始文件。打印、另存或转换过的文件不再保留有效签名。',
    },
    BYTES_BEFORE_HEADER: { meaning: 'PDF 之前被加入了其他内容，没有签名覆盖它。', advice: askAgain },
    STRUCTURE_DAMAGED: { meaning: '文件已损坏，无法读取其结构。', advice: askAgain },
    SIGNATURE_AMBIGUOUS: { meaning: '签名自相矛盾：同一项出现两次。', advice: forged },
    BYTE_RANGE_INVALID: { meaning: '签名没有正确说明覆盖文件的哪一部分，或没有覆盖文件开头。', advice: forged },
    BYTE_RANGE_BEYOND_END: { meaning: '文件结尾缺失：签名覆盖的内容比现有的多。', advice: askAgain },
    BYTE_RANGE_HOLE: { meaning: '签名除自身位置外还遗漏了其他内容，那里可能已被改动。', advice: forged },
    CONTENTS_INVALID: { meaning: '签名所在位置的内容不是签名应有的样子。', advice: forged },
    CONTENTS_PADDING: {
      meaning: '签名所在位置的后面附有未经签名的内容。',
      advice: '有些软件会留下这种内容。请向发证机构核实，或从网站下载原始文件。',
    },
    NO_SIGNATURE: {
      meaning: '文件没有签名：无法证明由谁制作，也无法证明未被改动。',
      advice: '请索取带签名的原始文件。打印扫描件或用软件另存的文件会失去签名。',
    },
    SIGNATURE_NOT_IN_USE: {
      meaning: '文件中有签名，但文档已不再使用它。',
      advice: '请视为没有签名的文件，并索取原始文件。',
    },
    ENCRYPTED: {
      meaning: '打开文件需要密码，或者 cert 不支持它的加密方式。',
      advice: '请索取没有密码的文件，或用功能完整的 PDF 阅读器验证。',
    },
    FILE_TOO_LARGE: { meaning: '文件大于 50 MB，电子证书不会这么大。', advice: '请确认是否选对了文件。' },
    FILE_TOO_COMPLEX: {
      meaning: '文件结构过于复杂，验证已中止。',
      advice: '电子证书不会这样制作。请确认是否选对了文件。',
    },
    FORMAT_NOT_SUPPORTED: {
      meaning: '签名的类型 cert 不认识。',
      advice: '请用功能完整的 PDF 阅读器验证，或到发证机构网站核验。',
    },
    OFD_FILE: {
      meaning: '这是 OFD 文件，cert 只验证 PDF 文件。',
      advice: '请用 OFD 阅读器验证，或到发证机构网站核验。',
    },
  },
  integrity: {
    UNCHANGED: { meaning: '所签内容一个字节都没有改动。' },
    CMS_MALFORMED: { meaning: '签名已损坏或未完成，无法读取。', advice: askAgain },
    CONTENT_EMBEDDED: { meaning: '签名自带内容，签的是那份内容而不是本文件。', advice: forged },
    SEVERAL_SIGNERS: { meaning: '一个签名声称有多个签名人，PDF 中不允许。', advice: forged },
    SIGNED_ATTRIBUTES_INVALID: { meaning: '签名缺少与文件对应的信息。', advice: forged },
    CONTENT_TYPE_MISMATCH: { meaning: '这个签名不是为文档而做的。', advice: forged },
    DIGEST_MISMATCH: { meaning: '文件在签名之后被改动过。', advice: forged },
    SIGNATURE_MISMATCH: {
      meaning:
        '签名与文件或所示数字证书不符：其中之一被改动过，或由他人签名。（SM2 签名还可能是使用了 1234567812345678 以外的用户标识。）',
      advice: forged,
    },
    ALGORITHM_MISMATCH: { meaning: '签名对自身所用方法的说明自相矛盾。', advice: forged },
    SIGNER_CERTIFICATE_MISSING: { meaning: '签名中没有签名人的数字证书，无法得知由谁签名。', advice: askAgain },
    SIGNER_CERTIFICATE_MISMATCH: { meaning: '签名中的数字证书不是签名人指明的那一个。', advice: forged },
    TIMESTAMP_MISMATCH: { meaning: '时间戳不属于这个签名。', advice: forged },
    ALGORITHM_WEAK: {
      meaning: '签名相符，但使用的旧方法如今可以被伪造。',
      advice: '证明力很弱。请索取重新签名的文件，或向发证机构核实。',
    },
    ALGORITHM_NOT_SUPPORTED: {
      meaning: '签名使用了 cert 无法验证的方法。这并不说明文件有问题。',
      advice: '请用发证机构推荐的阅读器验证，或到发证机构网站核验。',
    },
    SIGNED_ATTRIBUTES_MISSING: {
      meaning: '签名相符，但缺少此类签名必须有的信息。',
      advice: '请用功能完整的 PDF 阅读器验证，或向发证机构核实。',
    },
    SIGNER_CERTIFICATE_NOT_BOUND: {
      meaning: '签名相符，但没有按此类签名的要求指明数字证书。',
      advice: '请用功能完整的 PDF 阅读器验证，或向发证机构核实。',
    },
    UNSIGNED_CONTENT: {
      meaning: '文件没有改动，但签名旁附有未经签名的内容。',
      advice: '页面内容即签名内容。如需完全确定，请向发证机构核实。',
    },
    SEAL_UNREADABLE: {
      meaning: '电子印章的数据格式 cert 无法读取。',
      advice: '请用发证机构推荐的阅读器验证，或向发证机构核实。',
    },
    NOT_CHECKED: { meaning: '未验证。' },
  },
  signer: {
    TRUSTED: { meaning: '签名人的数字证书由您信任的机构签发。' },
    CERTIFICATE_EXPIRED: {
      meaning: '在其声称的签名时间，签名人或其机构的数字证书已过期。',
      advice: '请向发证机构索取正确签名的文件。',
    },
    CERTIFICATE_NOT_YET_VALID: {
      meaning: '在其声称的签名时间，签名人或其机构的数字证书尚未生效。',
      advice: '请向发证机构索取正确签名的文件。',
    },
    CERTIFICATE_FOR_OTHER_PURPOSE: {
      meaning: '签名人的数字证书是为其他用途签发的。',
      advice: '请向发证机构核实是否用此数字证书签名。',
    },
    KEY_USAGE_WRONG: { meaning: '签名人的数字证书不得用于签署文档。', advice: forged },
    ISSUER_NOT_CA: { meaning: '签名人的数字证书由无权颁发证书者颁发。', advice: forged },
    PATH_TOO_LONG: { meaning: '签名人证书链中的某个机构无权再授权下级机构。', advice: forged },
    CERTIFICATE_SIGNATURE_MISMATCH: {
      meaning: '签名人证书链中有证书被改动，或并非由其所称机构颁发。',
      advice: forged,
    },
    NO_TRUST_ANCHOR: {
      meaning: '无法判断签名人是否可信：您尚未添加信任的机构。',
      advice: '请从该机构官方网站取得根证书，并添加：cert trust add ROOT.pem',
    },
    NOT_TRUSTED: {
      meaning: '签名人的数字证书不是由您信任的机构签发：任何人都可以用任何名义签名。',
      advice: '如确认签名人无误，请从可靠来源取得其机构的根证书：cert trust add ROOT.pem',
    },
    ISSUER_CERTIFICATE_MISSING: {
      meaning: '缺少签发机构的证书：文件中没有附带为签名人签发数字证书的机构的证书。',
      advice: '请从该机构官方网站取得其证书（中级证书也可），并添加：cert trust add ISSUER.cer',
    },
    SIGNED_IN_FUTURE: {
      meaning: '声称的签名时间在未来。',
      advice: '请检查本机时钟是否正确；否则请向发证机构核实。',
    },
    CERTIFICATE_WEAK: {
      meaning: '签名人证书链中有证书使用如今可以被伪造的旧方法。',
      advice: '证明力很弱。请向发证机构核实。',
    },
    CERTIFICATE_NOT_SUPPORTED: {
      meaning: '签名人证书链中有 cert 不认识的规则或方法。',
      advice: '请用功能完整的 PDF 阅读器验证，或向发证机构核实。',
    },
    SEAL_NOT_FOR_SIGNER: {
      meaning: '签章人不在电子印章的签章人证书列表中，无权使用该印章。',
      advice: forged,
    },
    SEAL_NOT_YET_VALID: { meaning: '签章时电子印章尚未生效。', advice: '请向发证机构索取正确签章的文件。' },
    SEAL_EXPIRED: { meaning: '签章时电子印章已过有效期。', advice: '请向发证机构索取正确签章的文件。' },
    SEAL_SIGNATURE_MISMATCH: {
      meaning: '电子印章不是由所示制章人制作，或制作后被改动过。',
      advice: forged,
    },
    SEAL_MAKER_INVALID: { meaning: '制章人的数字证书无效，或不能用于制作电子印章。', advice: forged },
    SEAL_MAKER_NOT_TRUSTED: {
      meaning: '制章人的数字证书不是由您信任的机构签发。',
      advice: '请从可靠来源取得制章人所属机构的根证书，并添加：cert trust add ROOT.pem',
    },
    SEAL_UNREADABLE: {
      meaning: '电子印章的数据格式 cert 无法读取。',
      advice: '请用发证机构推荐的阅读器验证，或向发证机构核实。',
    },
    NOT_CHECKED: { meaning: '未验证。' },
  },
  revisions: {
    NOTHING_ADDED: { meaning: '签名之后没有添加任何内容。' },
    WHITE_SPACE_ADDED: { meaning: '签名之后仅添加了空白字符。' },
    VALIDATION_DATA_ADDED: { meaning: '签名之后仅添加了验证数据。' },
    TIMESTAMP_ADDED: { meaning: '签名之后仅添加了时间戳和验证数据。' },
    SIGNATURE_ADDED: { meaning: '签名之后仅添加了其他签名。' },
    ADDED_AFTER_SIGNING: {
      meaning: '签名之后文件被添加了内容：您看到的可能不是签名时的内容。',
      advice: forged,
    },
    TIMESTAMP_NOT_CONFIRMED: {
      meaning: '签名之后添加了时间戳，但它不是由您信任的机构签发。',
      advice: '请从时间戳机构官方网站取得根证书，并添加：cert trust add ROOT.pem',
    },
    NOT_CHECKED: { meaning: '未验证。' },
  },
  annotation: {
    IN_FORCE: { meaning: '加注今天在有效期内。' },
    IN_FORCE_BY_RECORD: { meaning: '文件中没有 cert 能读取的加注信息；按网站所示，今天在有效期内。' },
    NONE_STATED: { meaning: '文件中没有 cert 能读取的加注信息。使用期限请看页面内容。' },
    ANNOTATION_EXPIRED: { meaning: '加注件已过期，不能再使用。', advice: '持证人可重新申请：cert get' },
    ANNOTATION_MISMATCH: {
      meaning: '这是另一个加注件，不是所要的那一个。',
      advice: '请重新下载。如仍如此，请联系网站的咨询电话。',
    },
    ANNOTATION_UNREADABLE: {
      meaning: '文件中的加注信息 cert 无法读取。',
      advice: '使用期限请看页面内容。',
    },
    NOT_CHECKED: { meaning: '未验证。' },
  },
};

export const verification: typeof enVerification = {
  reasons,
  layer: { structure: '结构', integrity: '完整性', signer: '签名人', revisions: '后续改动', annotation: '加注' },
  verdict: { valid: '有效', invalid: '无效', unknown: '未能验证' },
  signatureOf: (number, total) => `第 ${number} 个签名，共 ${total} 个`,
  signedBy: '签名人',
  issuedBy: '签发机构',
  missing: '缺少证书',
  signingTime: '签名时间',
  covers: '覆盖范围',
  annotation: '加注有效期',
  seal: '电子印章',
  sealMaker: '制章人',
  sealValidity: '印章有效期',
  sealNamed: (name, id) => `${name}（印章编号 ${id}）`,
  sealPeriod: (from, until) => `${from} 至 ${until}`,
  claim: (time) => `${time}（签名人自行声明）`,
  unproved: (name) => `${name}（未经证实）`,
  wholeFile: (bytes) => `整个文件，${bytes} 字节`,
  partOfFile: (covered, added) => `${covered} 字节；之后添加了 ${added} 字节`,
  inForceUntil: (day) => `至 ${day}`,
  column: { file: '文件', verdict: '结论', validUntil: '有效期至' },
  progress: (done, total) => `正在验证：${done}/${total}`,
  moreReports: (count) => `另有 ${count} 个文件未通过：全部见下表；原因可用 \`cert verify 文件\` 查看。`,
  summary: (total, valid, invalid, unknown) =>
    `共 ${total} 个文件：有效 ${valid}，无效 ${invalid}，未能验证 ${unknown}`,
};

export const trust: typeof enTrust = {
  none: '尚未添加受信任的根证书。添加：cert trust add ROOT.pem',
  added: (name) => `已添加信任：${name}`,
  known: (name) => `此前已信任：${name}`,
  removed: (name) => `已不再信任：${name}`,
  everyProfile: '所有账号配置',
  validity: (from, to) => `${from} 至 ${to}`,
  term: { name: '名称', subject: '主体', fingerprint: 'SHA-256', validity: '有效期', profile: '适用于' },
};

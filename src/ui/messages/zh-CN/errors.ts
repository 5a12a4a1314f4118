import type { ErrorParams, FileReason, SystemCode, UnavailableReason } from '../../../errors.ts';
import { type ErrorTexts, usageText } from '../error-text.ts';
import { inWords } from '../in-words.ts';
import { isShellWord } from '../shell-word.ts';
import { accountErrors } from './account-errors.ts';
import { fileErrors } from './file-errors.ts';
import { networkErrors, seconds } from './network-errors.ts';
import { FILE_REASONS, PATH_REASONS, TRUST_FILE_REASONS } from './reasons.ts';
import { registration } from './registration.ts';
import { setupErrors } from './setup-errors.ts';
import { usage } from './usage.ts';

const NUMBERS = { managementNumber: '管理号', enquiryNumber: '查询编号' };

const STORES = { keychain: '钥匙串', file: '加密文件', none: '存储位置' };

const elsewhere =
  '可在 `cert login` 后加上 --store file，把密码保存到加密文件；脚本中请设置 CERT_TOKEN，或 CERT_USERNAME 与 CERT_PASSWORD。';

const UNAVAILABLE: { readonly [R in UnavailableReason]: (said: string) => string } = {
  'not-installed': () => '未安装其组件 keytar',
  'library-missing': (said) => `系统缺少所需的库（${said}）`,
  'no-service': () => '当前会话中没有钥匙串服务',
  'no-process': (said) => `无法启动其进程${said && `（${said}）`}`,
  'process-ended': (said) => `其进程已结束（${said}）`,
  'store-is-none': () => '已选择不保存',
};

function whyUnavailable({
  reason,
  said = '',
}: Pick<ErrorParams['SECRET_STORE_UNAVAILABLE'], 'reason' | 'said'>): string {
  if (reason === undefined) return `其答复为“${said}”`;
  return Object.hasOwn(UNAVAILABLE, reason)
    ? UNAVAILABLE[reason as UnavailableReason](said)
    : inWords(FILE_REASONS, reason as FileReason | SystemCode);
}

const fieldNames: Readonly<Record<string, string>> = registration.field;

export const errors: ErrorTexts = {
  UNEXPECTED: ({ detail }) => ({
    message: `意外错误：${detail}`,
    hint: '这是 cert 的缺陷，请附上命令、`cert --version` 和 `--debug` 的输出来报告。',
  }),
  USAGE: ({ fault }) => ({ message: usageText(usage, fault), hint: '用法见 `cert --help`。' }),
  INPUT_REQUIRED: ({ flag, path }) => ({
    message: `${path === undefined ? '' : `${path}：`}需要您确认或填写，但当前无法提问。`,
    hint: `请在终端中运行，或加上 ${flag}。`,
  }),
  ...setupErrors,
  ...networkErrors,
  PORTAL_NOT_CONFIGURED: () => ({
    message: '尚未配置网站：cert 不知道到哪里登录。',
    hint: '用 `cert login --portal 网址` 或 CERT_PORTAL 指定；没有网站也可用 `cert demo` 或 `cert sandbox` 体验。',
  }),
  PORTAL_URL_INVALID: ({ url }) => ({ message: `网址无效：${url}`, hint: '网址形如 https://portal.example' }),
  PORTAL_NOT_HTTPS: ({ url }) => ({
    message: `${url} 未加密：没有发送任何内容。`,
    hint: '请使用 https://。只有本机（127.0.0.1、localhost）可以使用 http。',
  }),
  PROFILE_NOT_FOUND: ({ name, known }) => ({
    message: `没有名为 ${name} 的账号配置。`,
    hint:
      known.length > 0
        ? `已有：${known.join('、')}`
        : '还没有账号配置：请运行 `cert login --portal 网址`（不带 --profile 和 CERT_PROFILE），登录后即自动建立。',
  }),
  PROFILE_EXISTS: ({ name }) => ({
    message: `已有名为 ${name} 的账号配置：未作任何更改。`,
    hint: '`cert profile list` 列出所有账号配置。',
  }),
  CERTIFICATE_AMBIGUOUS: ({ selector, choices }) => ({
    message: selector === undefined ? '请指明是哪一本证书。' : `“${selector}”对应多本证书。`,
    hint: `请用编号指定一本：${choices.join('、')}`,
  }),
  SCENARIO_NOT_SUPPORTED: ({ scenario, known }) => ({
    message: `网站不提供使用场景 ${scenario}。`,
    hint: known.length > 0 ? `可选：${known.join('、')}` : '见 `cert annotate --help`。',
  }),
  VALID_DAYS_OUT_OF_RANGE: ({ days, max }) => ({
    message: `加注有效期不能是 ${days} 天。`,
    hint: `请给出 1 到 ${max} 的整数。`,
  }),
  ID_NUMBER_INVALID: () => ({
    message: '证件号码有误：未发送任何内容。',
    hint: '居民身份证号码为 18 位，最后一位是校验码。请检查是否输错；如确认无误，可在终端中运行并由本人确认。',
  }),
  VALIDATION_FAILED: ({ fields }) => ({
    message: `填写有误：${fields.map(({ field, message }) => `${inWords(fieldNames, field)}（${message}）`).join('；')}`,
    hint: '尚未注册。请更正后重试。',
  }),
  PATH_INVALID: ({ path, detail, at = '' }) => ({
    message: `路径“${path}”无效：${PATH_REASONS[detail](at)}`,
    hint: detail === 'other-home' ? `请写出完整路径；以 ~ 开头的名称请写作 ./${path}` : '请检查路径。',
  }),
  FILE_EXISTS: ({ path }) => ({
    message: `${path} 已存在且内容不同：未作覆盖。`,
    hint: '请另选位置；`cert get`、`cert download` 和 `cert remind` 可用 --force 替换。',
  }),
  FILE_CHANGED: ({ path }) => ({
    message: `${path} 保存之后被更改过。`,
    hint: '请用 `cert get -o 位置` 另存，或用 `cert get --force` 替换。',
  }),
  FILE_MISSING: ({ path }) => ({
    message: `${path} 已不存在。`,
    hint: '`cert get` 可重新保存；加注件仍在有效期内时不占用次数。',
  }),
  NOTHING_DUE: () => ({ message: '没有即将到期的文件。', hint: '不使用 --exit-code 时，这不算失败。' }),
  FILE_NOT_WRITABLE: ({ path, detail, pid }) => ({
    message: `无法写入 ${path}：${inWords(FILE_REASONS, detail)}${pid === undefined ? '' : `（进程 ${pid}）`}`,
    hint: '请检查文件夹、权限和剩余空间，或另选位置。',
  }),
  NO_VIEWER: ({ path }) => ({ message: '无法启动阅读器。', hint: `文件在这里：${path}` }),
  PORT_IN_USE: ({ port }) => ({ message: `端口 ${port} 已被占用。`, hint: '请用 --port 另选，0 表示任意端口。' }),
  FILE_NOT_FOUND: ({ path }) => ({ message: `找不到 ${path}`, hint: '请检查路径。' }),
  FILE_NOT_READABLE: ({ path, detail }) => ({
    message: `无法读取 ${path}：${inWords(FILE_REASONS, detail)}`,
    hint: '请检查路径和权限。',
  }),
  NO_PDF_FOUND: ({ path }) => ({
    message: `${path} 中没有 PDF 文件`,
    hint: '查找的是名称以 .pdf 结尾的文件，包括下级文件夹。',
  }),
  TRUST_FILE_INVALID: ({ path, detail }) => ({
    message: `${path} 不是数字证书文件：${TRUST_FILE_REASONS[detail]}`,
    hint: '请给出机构的根证书，PEM（-----BEGIN CERTIFICATE-----）或 DER 格式。',
  }),
  TRUST_ANCHOR_NOT_FOUND: ({ fingerprint }) => ({
    message: `没有指纹为 ${fingerprint} 的信任根证书`,
    hint: '`cert trust list` 可列出。请至少给出 8 位，并且只与一个相符。',
  }),
  VERIFICATION_FAILED: ({ invalid, unknown }) => ({
    message: invalid > 0 ? `${invalid} 个文件无效，请勿采信。` : `${unknown} 个文件未能验证。`,
    hint: '报告中说明了原因和处理办法；各项原因详见 `cert help verification`。',
  }),
  CERTIFICATE_NOT_FOUND: ({ selector }) => ({
    message:
      selector === undefined
        ? '此账号下没有证书。'
        : selector.trim() === ''
          ? '没有写明是哪一本证书。'
          : `您没有证书“${selector}”。`,
    hint: selector === undefined ? '`cert list` 列出可能的原因。' : '`cert list` 列出您的证书及其编号。',
  }),
  ANNOTATION_NOT_FOUND: ({ id }) => ({ message: `没有加注 ${id}。`, hint: '见 `cert history`。' }),
  LOOKUP_NOT_FOUND: ({ numbers }) => ({
    message: `网站上没有与该姓名、证件号码和${numbers.map((number) => NUMBERS[number]).join('或')}相符的证书。`,
    hint: `这并不说明证书是伪造的。请对照证书检查这三项${
      numbers.length > 1
        ? '；请注意不要使用证书编号。'
        : numbers.includes('enquiryNumber')
          ? '：如果填写的其实是管理号，请运行 `cert lookup --number 管理号：号码`。'
          : '：如果填写的其实是查询编号，请运行 `cert lookup --enquiry-number 查询编号`；请注意不要使用证书编号。'
    }`,
  }),
  ANNOTATION_REQUIRED: ({ certificate }) => ({
    message: `${certificate} 尚未加注，加注后才能下载。`,
    hint: `申请证书加注：\`cert annotate ${certificate} --wait\``,
  }),
  ANNOTATION_EXPIRED: ({ certificate, validUntil }) => ({
    message: `${certificate} 的加注件已过期${validUntil ? `（有效期至 ${validUntil}）` : ''}。`,
    hint: `请重新申请：\`cert annotate ${certificate} --wait\``,
  }),
  ROUTE_NOT_FOUND: ({ route }) => ({
    message: `网站没有此项内容：${route}`,
    hint: '网址是否正确？该网站是否支持本工具的接口约定？',
  }),
  ...accountErrors,
  QUOTA_EXHAUSTED: ({ certificate = '', nextSlotOn, reserved = 0, rule }) => ({
    message: `${certificate && `${certificate} 的`}加注次数已用完${reserved > 0 ? `（另保留 ${reserved} 次）` : ''}${
      nextSlotOn ? `：${nextSlotOn} 起可再次申请` : ''
    }。`,
    hint:
      reserved > 0
        ? '如需使用保留的次数，请减小 --reserve。用 `cert history` 查看。'
        : `${
            rule === undefined
              ? '同一证书在一段时间内的加注件数量有限。'
              : `同一证书 ${rule.windowDays} 天内最多有 ${rule.limit} 个加注件。`
          }用 \`cert history\` 查看。`,
  }),
  NOTICE_NOT_ACCEPTED: ({ version }) => ({
    message: `尚未同意服务须知${version ? `（${version}）` : ''}。`,
    hint: `\`cert login\` 会显示服务须知并询问是否同意${version && isShellWord(version) ? `；已经阅读的，可运行 \`cert login --accept-notice ${version}\`` : ''}。`,
  }),
  CERTIFICATE_REVOKED: ({ certificate }) => ({
    message: `${certificate} 已撤销，不能加注，也不能下载。`,
    hint: '请咨询发证机构。',
  }),
  STATUS_NOT_KNOWN: ({ certificate, annotation, status }) => ({
    message: `网站给出的${annotation === undefined ? `${certificate} 的` : `${certificate} 的加注 ${annotation} 的`}状态为“${status}”，当前版本的 cert 尚不认识，因此没有占用次数。`,
    hint: '其含义请以网站为准；新版本的 cert 可能已经支持。',
  }),
  ANNOTATION_NOT_REQUIRED: ({ certificate }) => ({
    message: `${certificate} 无需加注。`,
    hint: `可直接下载：\`cert download ${certificate}\``,
  }),
  ANNOTATION_FAILED: ({ certificate, said }) => ({
    message: `网站未能生成 ${certificate} 的加注件${said ? `：${said}` : '。'}`,
    hint: '生成失败不占用次数。请重新申请，或拨打网站服务电话。',
  }),
  FEATURE_NOT_AVAILABLE: ({ feature }) => ({
    message: {
      lookup: '该网站不提供证书查验。',
      registration: '该网站不提供用户注册。',
      qrLogin: '该网站不提供扫码登录。',
    }[feature],
    hint: '请访问网站本身办理。',
  }),
  USERNAME_TAKEN: () => ({ message: '该用户名已被使用。', hint: '请另选用户名。用户名区分大小写。' }),
  ID_ALREADY_REGISTERED: () => ({
    message: '该证件已注册过账号。',
    hint: '请用该账号登录：`cert login --portal 网址`。忘记用户名或密码，请到报名服务平台“找回用户名或密码”。',
  }),
  PORTAL_REFUSED: ({ status, said }) => ({ message: `网站拒绝（${status}）：${said}` }),
  ...fileErrors,
  ANNOTATION_GENERATING: ({ certificate }) => ({
    message: `${certificate}：证书生成中…`,
    hint: `网站将在 24 小时内生成。等待请用 \`cert wait ${certificate}\``,
  }),
  OUTCOME_UNKNOWN: ({ certificate, isEarlier }) => ({
    message: `${certificate} ${isEarlier ? '先前' : ''}的加注申请已发出，但没有收到明确答复：可能已占用一次。`,
    hint: `没有重复提交。请用 \`cert history ${certificate}\` 查看，列表可能有延迟，请稍后再看一次；如始终没有，可再次申请：\`cert annotate ${certificate} --resubmit\``,
  }),
  APPLICATION_OPEN: ({ count }) => ({
    message: `有 ${count} 项加注申请结果不明：忘记它们可能重复占用次数。未清除任何内容。`,
    hint: '请先运行 `cert get` 查明结果；仍要清除，请运行 `cert logout --all --purge --force`',
  }),
  SECRET_STORE_UNAVAILABLE: ({ store, path = '', ...why }) => ({
    message: `无法使用${STORES[store]}${path && ` ${path}`}：${whyUnavailable(why)}`,
    hint: store === 'file' ? '请检查文件夹、权限和剩余空间。' : elsewhere,
  }),
  SECRET_STORE_LOCKED: ({ store }) => ({
    message: `${STORES[store]}已锁定。`,
    hint: `请解锁后重试；也${elsewhere}`,
  }),
  SECRET_STORE_DISMISSED: ({ store }) => ({
    message: `${STORES[store]}仍未解锁：解锁窗口已被关闭。`,
    hint: `请重试并解锁；也${elsewhere}`,
  }),
  SECRET_STORE_TIMED_OUT: ({ store, afterMs }) => ({
    message: `${STORES[store]}在 ${seconds(afterMs)}内没有应答，可能在等待解锁。`,
    hint: `请解锁后重试；也${elsewhere}`,
  }),
  SECRET_TOO_LARGE: ({ store, bytes, maxBytes }) => ({
    message: `内容为 ${bytes} 字节，过大，无法保存到${STORES[store]}（最多 ${maxBytes} 字节）。`,
    hint: '请保存到加密文件：在 `cert login` 后加上 --store file。',
  }),
  PASSPHRASE_WRONG: ({ path }) => ({
    message: `口令无法打开 ${path}。`,
    hint: '如果忘记口令，该文件便无法恢复：请删除它并重新登录。',
  }),
  PASSPHRASE_TOO_SHORT: ({ minCharacters }) => ({
    message: `口令至少需要 ${minCharacters} 个字符。`,
    hint: '可以用几个随机的词组成。',
  }),
  CERTIFICATE_BUSY: ({ certificate, pid }) => ({
    message: `另一个 cert 正在处理 ${certificate}${pid === undefined ? '' : `（进程 ${pid}）`}。`,
    hint: '请等它结束后重试。',
  }),
  INTERRUPTED: () => ({ message: '已中断。' }),
  TERMINATED: () => ({ message: '已终止。' }),
};

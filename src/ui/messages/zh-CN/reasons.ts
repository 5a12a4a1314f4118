import type {
  ContentReason,
  EnvironmentReason,
  FileReason,
  InputReason,
  PathReason,
  SystemCode,
  TrustFileReason,
} from '../../../errors.ts';

/** Why a file cannot be read or written. */
export const FILE_REASONS: Readonly<Record<FileReason, string>> = {
  'no-permission': '没有权限',
  'read-only': '磁盘为只读',
  'no-folder': '所在文件夹不存在',
  'parent-is-file': '所在位置不是文件夹',
  'is-folder': '它是文件夹',
  exists: '已存在',
  'disk-full': '磁盘空间不足',
  'disk-quota': '磁盘配额已用完',
  'too-large': '文件过大',
  'name-too-long': '文件名过长',
  'link-loop': '链接循环',
  'in-use': '其他程序正在使用',
  'in-use-by-cert': '另一个 cert 正在使用',
  'not-a-file': '它不是文件',
  'not-a-lock': '它不是 cert 创建的，却占用了锁的位置，请将其移除',
};

/** Why a file of ours cannot be used. */
export const CONTENT_REASONS: Readonly<Record<FileReason | ContentReason, string>> = {
  ...FILE_REASONS,
  'not-json': '内容不是 JSON',
  'newer-version': '由更新版本的 cert 写入',
  'wrong-value': '其中有无效的内容',
  damaged: '内容已损坏',
  missing: '文件不存在',
  'too-slow': '写入一方的程序未能及时完成',
};

/** What to do about it. Only a file that is of no use to anybody is to be moved away. */
export function contentAdvice(reason: FileReason | ContentReason | SystemCode): string {
  if (reason === 'newer-version') return '请更新 cert。';
  if (reason === 'no-permission') return '请检查其权限和所有者。';
  return '请修复该文件，或将其移走后重新开始。';
}

const ENVIRONMENT_REASONS: Readonly<Record<EnvironmentReason, (other: string) => string>> = {
  'not-a-token': () => '不是令牌',
  incomplete: (other) => `未设置，须与 ${other} 同时设置`,
  'with-profile': () => '不能与 --profile 同用',
  'not-absolute': (path) => `不是绝对路径：${path}`,
  'no-home': () => '没有指明主文件夹',
  'not-one-of': (values) => `应为 ${values} 之一`,
};

/** Why something cannot be a path. */
export const PATH_REASONS: Readonly<Record<PathReason, (at: string) => string>> = {
  empty: () => '路径为空',
  invisible: (at) => `其中有不可见字符（${at}）`,
  'other-home': () => '~ 只能表示您自己的主文件夹',
};

/** Why a file is of no use as one of certificates. */
export const TRUST_FILE_REASONS: Readonly<Record<TrustFileReason, string>> = {
  'too-large': '文件过大',
  'no-certificate': '其中没有数字证书',
  'too-many-certificates': '其中的数字证书过多',
  damaged: '其中的内容无法作为数字证书读取',
};

/** What is wrong with a variable. */
export const environmentReason = (reason: EnvironmentReason, other: string): string =>
  ENVIRONMENT_REASONS[reason](other);

/** Why something that was given is not used, and how to give it. */
export const INPUT_REASONS: Readonly<Record<InputReason, { readonly what: string; readonly advice: string }>> = {
  blank: { what: '其中有空格', advice: '用户名中不能有空格。' },
  'blank-at-end': {
    what: '开头或结尾有空格',
    advice: '在 cmd.exe 中请写 `echo 密码|`，竖线前不留空格；如空格确是密码的一部分，请在终端中输入。',
  },
  untypable: {
    what: '其中有键盘无法输入的字符（控制字符、不可见字符或特殊空格）',
    advice: '请手动输入，不要粘贴；如来自文件，请用 UTF-8 重新保存。',
  },
  'several-lines': { what: '行数多于所需', advice: '每项内容请占一行。' },
  'too-long': { what: '内容过长', advice: '请检查文件或程序是否正确：其中只应有一行。' },
  'not-text': {
    what: '不是 UTF-8 编码的文本',
    advice: 'PowerShell 的 `>` 会写成 UTF-16，请改用 `Set-Content -Encoding utf8`。',
  },
};

import type { ContentReason, EnvironmentReason, FileReason } from '../../../errors.ts';

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
  'too-large': '超过系统允许的大小',
  'name-too-long': '文件名过长',
  'link-loop': '链接循环',
  'in-use': '其他程序正在使用',
  'not-a-file': '它不是文件',
};

/** Why a file of ours cannot be used. */
export const CONTENT_REASONS: Readonly<Record<FileReason | ContentReason, string>> = {
  ...FILE_REASONS,
  'not-json': '内容不是 JSON',
  'newer-version': '由更新版本的 cert 写入',
  'wrong-value': '其中有无效的内容',
  damaged: '内容已损坏',
  missing: '文件不存在',
};

/** What to do about it. Only a file that is of no use to anybody is to be moved away. */
export function contentAdvice(reason: string): string {
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
};

/** What is wrong with a variable; anything but a reason of ours as it came. */
export const environmentReason = (reason: string, other: string): string =>
  Object.hasOwn(ENVIRONMENT_REASONS, reason) ? ENVIRONMENT_REASONS[reason as EnvironmentReason](other) : reason;

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

export const ENVIRONMENT_REASONS: Readonly<Record<EnvironmentReason, string>> = {
  'not-a-token': '不是令牌',
  incomplete: '未设置，须同时设置它和',
  'with-profile': '不能与 --profile 同用',
  'not-absolute': '不是绝对路径：',
  'no-home': '没有指明主文件夹',
};

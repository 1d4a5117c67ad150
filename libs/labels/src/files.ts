import { defineLabels } from './define-labels';

/** Files that are uploaded, whichever service keeps them. */
export const files = defineLabels({
  values: {},
  messages: {
    FILE_NAME_NOT_USABLE: [
      "缺少文件名，或文件名无法使用。请用请求头“Content-Disposition: attachment; filename*=UTF-8''…”给出文件名。",
      "The file has no name that can be used. Give it by the header “Content-Disposition: attachment; filename*=UTF-8''…”.",
    ],
    FILE_EMPTY: ['文件是空的，请重新选择。', 'The file is empty. Choose another one.'],
    FILE_TOO_LARGE: [
      '文件超过 {limitMegabytes} MB，请压缩或分成几个文件。',
      'The file is larger than {limitMegabytes} MB. Make it smaller, or send it in parts.',
    ],
    FILE_KIND_NOT_TAKEN: [
      '不接受这种文件。可以上传：{taken}。',
      'Files of this kind are not taken. These are: {taken}.',
    ],
    FILE_DISGUISED: [
      '文件“{name}”的内容与文件名或声明的类型不符，请核对后以正确的文件名上传。',
      'The content of “{name}” is not what its name or declared type says. Send it under what it is.',
    ],
    UPLOADS_WAITING: [
      '您已有 {limit} 个上传的文件尚未附到投诉中，请先使用这些文件，或等到明天。',
      '{limit} files that you have uploaded are not attached to anything yet. Use them first, or wait until tomorrow.',
    ],
    TOO_MANY_UPLOADS: [
      '您正在同时上传的文件过多（最多 {limit} 个），请等其中一个完成，{retryAfterSeconds} 秒后再试。',
      'You are uploading too many files at the same time (at most {limit}). Wait until one is done, and try again in {retryAfterSeconds} seconds.',
    ],
    UPLOADS_FULL: [
      '当前上传的人过多，请 {retryAfterSeconds} 秒后再试。',
      'Too many files are being uploaded at the moment. Try again in {retryAfterSeconds} seconds.',
    ],
  },
});

import type { CountedClass } from './case-step';

/** Of each project, as many different ones as the largest group and some more. */
export const customersOfProject = 16;

export const classes: readonly CountedClass[] = ['CLASS_1', 'CLASS_2', 'CLASS_3'];

export const tellings = ['PHONE', 'PHONE', 'IN_PERSON', 'WECHAT', 'SMS', 'LETTER'];

export const reportableFacts = [
  ...['LAWSUIT_FILED', 'MEDIA_EXPOSURE', 'LAWSUIT_LIKELY', 'LAWSUIT_LIKELY'],
  ...['MEDIA_EXPOSURE_LIKELY', 'OUTSIDE_HELP_NEEDED', 'OUTSIDE_HELP_NEEDED'],
];

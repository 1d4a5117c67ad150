import { defineLabels } from './define-labels';

export const directory = defineLabels({ values: {}, messages: {} });

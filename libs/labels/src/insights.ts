import { defineLabels } from './define-labels';

export const insights = defineLabels({ values: {}, messages: {} });

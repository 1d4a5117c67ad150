import { defineLabels } from './define-labels';

export const reception = defineLabels({ values: {}, messages: {} });

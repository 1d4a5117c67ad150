import 'reflect-metadata';
import { startCommandLine } from '@anju/demonstration';
import { oneProcess } from './one-process';

startCommandLine(process.argv.slice(2), process.env, oneProcess);

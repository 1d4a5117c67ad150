import 'reflect-metadata';
import { startCommandLine } from '@anju/demonstration';
import { manyProcesses } from './many-processes';

startCommandLine(process.argv.slice(2), process.env, manyProcesses());

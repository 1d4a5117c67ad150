import 'reflect-metadata';
import { startCommandLine } from './command-line';

startCommandLine(process.argv.slice(2), process.env);

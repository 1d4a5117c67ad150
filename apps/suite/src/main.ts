import 'reflect-metadata';
import { startCommandLine } from './command-line';

void startCommandLine(process.argv.slice(2), process.env);

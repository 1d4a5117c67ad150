import 'reflect-metadata';
import { insights } from '@anju/insights';
import { runService } from '@anju/runtime';

void runService(insights);

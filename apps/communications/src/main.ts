import 'reflect-metadata';
import { runService } from '@anju/runtime';
import { communications } from '@anju/communications-service';

void runService(communications);

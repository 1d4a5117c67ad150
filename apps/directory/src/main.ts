import 'reflect-metadata';
import { directory } from '@anju/directory-service';
import { runService } from '@anju/runtime';

void runService(directory);

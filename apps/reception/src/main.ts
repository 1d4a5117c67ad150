import 'reflect-metadata';
import { reception } from '@anju/reception-service';
import { runService } from '@anju/runtime';

void runService(reception);

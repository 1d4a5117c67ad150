import 'reflect-metadata';
import { complaints } from '@anju/complaints-service';
import { runService } from '@anju/runtime';

void runService(complaints);

import 'reflect-metadata';
import { runService } from '@anju/runtime';
import { sales } from '@anju/sales-service';

void runService(sales);

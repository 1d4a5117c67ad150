import 'reflect-metadata';
import { runService } from '@anju/runtime';
import { appraisal } from '@anju/appraisal-service';

void runService(appraisal);
